"""Which paragraphs have this term, this value, this id? Postings, norms, values, records."""
