"""Which paragraphs match, and how well? Matchers, positions, BM25, filters, coverage, collector, facets."""
