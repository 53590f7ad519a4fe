"""Which paragraphs does a seed hold? Encodings, layout, articles, JSON lines, ids."""
