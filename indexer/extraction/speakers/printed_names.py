"""Names as the page prints them."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.extraction.speakers.page_text import PageParagraph, PageText
from indexer.extraction.speakers.split_names import without_blanks

__all__ = ["printed"]


def printed(page: PageText) -> dict[str, str]:
    """Spell everybody as the page first prints the whole name, without titles inside.

    Blanks stay between words in Latin letters alone.
    """
    found: dict[str, str] = {}
    for paragraph in page.paragraphs:
        for who, name in _names(paragraph):
            if len(without_blanks(name)) == len(who):
                found.setdefault(who, name)
    return found


def _names(paragraph: PageParagraph) -> Iterator[tuple[str, str]]:
    for place in paragraph.name_positions:
        shown = paragraph.text[place.start : place.end]
        yield place.name, shown if shown.isascii() else without_blanks(shown)
    for split in paragraph.split_names:
        yield split.name, split.without_title(paragraph.text)
