"""What does a web page say, and which of it is its article? Encodings, trees, passages, articles."""
