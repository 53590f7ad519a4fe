"""Names as the page prints them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from indexer.extraction.speakers.page_text import PageParagraph, PageText
from indexer.extraction.speakers.split_names import split_names_in, without_blanks

__all__ = ["printed"]


def printed(page: PageText, people: Collection[str]) -> dict[str, str]:
    """Spell people as the page first prints their whole names, without blanks and titles inside."""
    found: dict[str, str] = {}
    for paragraph in page.paragraphs:
        for who, name in _names(paragraph):
            if who in people and len(name) == len(who):
                found.setdefault(who, name)
    return found


def _names(paragraph: PageParagraph) -> Iterator[tuple[str, str]]:
    for place in paragraph.name_positions:
        yield place.name, without_blanks(paragraph.text[place.start : place.end])
    for split in split_names_in(paragraph.normalised):
        at = paragraph.normalised.index(split.title, split.start + 1)
        yield split.name, paragraph.text[split.start : at] + paragraph.text[at + len(split.title) : split.end]
