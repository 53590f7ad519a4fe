"""Which characters are equal? Folding, Han characters, numerals, and the columns a text takes."""
