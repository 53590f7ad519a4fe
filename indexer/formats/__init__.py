"""Files that are no plain text, read into blocks of text: HTML, PDF, Word and their like."""
