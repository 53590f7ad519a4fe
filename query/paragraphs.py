"""Reads paragraphs: by id, with neighbours, all in reading order, the first that contains a text."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.models import Paragraph
from indexer.segments.reader import Segment
from indexer.text.folding import fold
from query.matching.collector import collect
from query.matching.matchers import MatchAll, NotMatcher, TextMatcher
from query.matching.searcher import Searcher

__all__ = ["find_paragraph", "first_containing", "neighbours", "paragraphs_in_order"]


def find_paragraph(searcher: Searcher, id_: str) -> Paragraph | None:
    """Find the paragraph with an id; None when there is none."""
    found = _locate(searcher, id_)
    return found[0].paragraph(found[1]) if found else None


def neighbours(searcher: Searcher, id_: str, context: int) -> list[Paragraph]:
    """Find the paragraph with an id and `context` neighbours on either side of it, all of one seed.

    Return [] when there is no such id.
    """
    found = _locate(searcher, id_)
    if found is None:
        return []
    segment, number = found
    source = segment.file["source.ids"]
    near = range(max(0, number - context), min(segment.size, number + context + 1))
    return [segment.paragraph(other) for other in near if source[other] == source[number]]


def paragraphs_in_order(searcher: Searcher) -> Iterator[Paragraph]:
    """Iterate over every live paragraph, headings and bylines included, in the order of the seeds."""
    everything = collect(searcher, MatchAll())
    for match in everything.rank(0, everything.total, searcher.table("source").ranks):
        yield match.segment.paragraph(match.number)


def first_containing(searcher: Searcher, text: str) -> Paragraph | None:
    """Find the first paragraph in reading order that contains a text; None when none does."""
    folded = fold(text)
    if not folded:
        return None
    # A double negation is not scored, so that all scores are equal and the reading order decides.
    unranked = collect(searcher, NotMatcher(NotMatcher(TextMatcher(folded))))
    found = unranked.rank(0, 1, searcher.table("source").ranks)
    return found[0].segment.paragraph(found[0].number) if found else None


def _locate(searcher: Searcher, id_: str) -> tuple[Segment, int] | None:
    """Find the segment that has an id, and the number of the paragraph in it; None when none has."""
    for segment in searcher.segments:
        number = segment.find(id_)
        if number is not None:
            return segment, number
    return None
