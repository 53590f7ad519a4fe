"""Which paragraphs does a seed hold? Encodings, shapes of lines, layout, pages, JSON lines, ids."""
