"""What did the user give? The seeds in a folder, and the files beside them that say how to read them."""
