"""Which paragraphs does a PDF hold? Streams, fonts, lines, furniture, layout, paragraphs, headings."""

from indexer.formats.pdf.reader import read_pdf

__all__ = ["read_pdf"]
