"""What are the words? The segmenter, and the dictionaries that it cuts by."""
