"""Reads paragraphs of an index: one by its id, its neighbours, all of them, the first that holds a text."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.models import Paragraph
from indexer.segments.reader import Segment
from indexer.text.folding import fold
from query.matching.collector import collect
from query.matching.matchers import MatchAll, NotMatcher, TextMatcher
from query.matching.searcher import Searcher

__all__ = ["first_holding", "in_reading_order", "paragraphs_around", "with_id"]


def with_id(searcher: Searcher, id_: str) -> Paragraph | None:
    """Find the paragraph with an id, None where there is none."""
    found = _place(searcher, id_)
    return found[0].paragraph(found[1]) if found else None


def paragraphs_around(searcher: Searcher, id_: str, context: int) -> list[Paragraph]:
    """Find the paragraph with an id and its neighbours in the same seed, `context` on either side."""
    found = _place(searcher, id_)
    if found is None:
        return []
    segment, number = found
    source = segment.file["source.ids"]
    near = range(max(0, number - context), min(segment.size, number + context + 1))
    return [segment.paragraph(other) for other in near if source[other] == source[number]]


def in_reading_order(searcher: Searcher) -> Iterator[Paragraph]:
    """Yield every paragraph, headings and bylines among them, as they stand in the seeds."""
    everything = collect(searcher, MatchAll())
    for found in everything.best(0, everything.total, searcher.table("source").ranks):
        yield found.segment.paragraph(found.number)


def first_holding(searcher: Searcher, text: str) -> Paragraph | None:
    """Find the first paragraph in reading order in which a text occurs, None where there is none."""
    folded = fold(text)
    if not folded:
        return None
    unranked = collect(searcher, NotMatcher(NotMatcher(TextMatcher(folded))))
    found = unranked.best(0, 1, searcher.table("source").ranks)
    return found[0].segment.paragraph(found[0].number) if found else None


def _place(searcher: Searcher, id_: str) -> tuple[Segment, int] | None:
    """Find the segment of the paragraph with an id, and its number there."""
    for segment in searcher.segments:
        number = segment.find(id_)
        if number is not None:
            return segment, number
    return None
