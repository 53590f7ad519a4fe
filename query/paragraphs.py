"""Reads paragraphs: by id, with neighbours or their article, the first that contains a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.models import Paragraph
from indexer.seeds.suffixes import is_jsonl
from indexer.segments.reader import Segment
from indexer.text.folding import fold
from query.matching.finder import Finder, Located
from query.matching.matchers import NotMatcher, TextMatcher

__all__ = ["article_around", "find_paragraph", "first_containing", "neighbours"]


def find_paragraph(searcher: Finder, id_: str) -> Paragraph | None:
    """Find the paragraph with an id; None when there is none."""
    found = searcher.find(id_)
    return found[0].paragraph(found[1]) if found else None


def neighbours(located: Located, context: int) -> list[Paragraph]:
    """Read a paragraph and `context` neighbours on either side of it, all of one seed."""
    segment, number = located
    near = range(max(0, number - context), min(segment.size, number + context + 1))
    return [segment.paragraph(other) for other in near if segment.have_one_source(other, number)]


def article_around(located: Located) -> list[Paragraph]:
    """Read the article that a paragraph stands in: what its seed has around it under the same headline.

    A record without a headline stands alone.
    """
    segment, number = located
    asked = segment.paragraph(number)
    if asked.title is None and is_jsonl(asked.source):
        return [asked]
    before = _same_article(segment, asked, range(number - 1, -1, -1))
    behind = _same_article(segment, asked, range(number + 1, segment.size))
    return [*reversed([*before]), asked, *behind]


def _same_article(segment: Segment, asked: Paragraph, numbers: Iterable[int]) -> Iterator[Paragraph]:
    """Read paragraphs one after the other, as long as they are of the same article."""
    for paragraph in map(segment.paragraph, numbers):
        if (paragraph.source, paragraph.title) != (asked.source, asked.title):
            return
        yield paragraph


def first_containing(searcher: Finder, text: str) -> Paragraph | None:
    """Find the first paragraph in reading order that contains a text; None when none does."""
    folded = fold(text)
    if not folded:
        return None
    # A double negation is not scored, so that all scores are equal and the reading order decides.
    unranked = searcher.collect(NotMatcher(NotMatcher(TextMatcher(folded))))
    found = unranked.rank(0, 1, searcher.table("source").ranks)
    return found[0].segment.paragraph(found[0].number) if found else None
