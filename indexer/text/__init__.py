"""What are equal characters? Folding, Han characters, numerals, the width of a text in columns."""
