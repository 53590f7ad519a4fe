"""Turn matches into the hits of a page: their paragraphs with highlights, a snippet, and what answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from indexer.models import Paragraph
from indexer.store.arrays import Array
from query.choices import Sort
from query.matched import matched_by
from query.matching.collector import Match
from query.matching.explain import explain_score
from query.matching.finder import Finder, Found
from query.results import Hit
from query.rewriting.relaxation import IN_CONTEXT, Answer
from query.snippets import densest_snippet, find_highlights

__all__ = ["HitPage"]

_SNIPPET_LENGTH = 120  # characters, unless one sentence or match is longer


class HitPage(Struct, frozen=True):
    """One page of hits: its number from 1, how many it holds, their order, and how they are shown."""

    searcher: Finder
    page: int
    limit: int
    sort: Sort
    collapse: bool
    explain: bool

    def matches(self, answer: Answer) -> Found:
        """Return what an answer found, equal texts once where they are collapsed."""
        return self._collapsed(answer.matches)

    def hits(self, answer: Answer, matches: Found) -> list[Hit]:
        """List the hits of the page."""
        first, end = (self.page - 1) * self.limit, self.page * self.limit
        return [*self._ranked(answer, matches, first, end, first + 1)]

    def near(self, answer: Answer, matches: Found, below: Iterable[Answer]) -> list[Hit]:
        """Fill what the last hits leave of the page with what the answers on lower rungs add.

        There is none on a page without hits.
        """
        room = self.page * self.limit - matches.total
        if not matches.total or not 0 < room <= self.limit:
            return []
        near: list[Hit] = []
        seen = [answer.matches]
        for lower in below:
            added = lower.matches.without(seen)
            added = added.collapse(self._source_order, seen) if self.collapse else added
            near += self._ranked(lower, added, 0, room - len(near), matches.total + len(near) + 1)
            if len(near) == room:
                break
            seen.append(lower.matches)
        return near

    def _collapsed(self, matches: Found) -> Found:
        return matches.collapse(self._source_order) if self.collapse else matches

    @property
    def _source_order(self) -> Array:
        return self.searcher.table("source").ranks

    def _ranked(self, answer: Answer, matches: Found, first: int, end: int, rank: int) -> Iterator[Hit]:
        for at, match in enumerate(matches.rank(first, end, self._source_order, self.sort), start=rank):
            yield self._hit(match, at, answer)

    def _hit(self, match: Match, rank: int, answer: Answer) -> Hit:
        """Read the paragraph of a match, and find its highlights and its snippet."""
        paragraph = match.segment.paragraph(match.number)
        highlights = find_highlights(paragraph.text, answer.leaves)
        start, end = densest_snippet(paragraph.text, highlights, _SNIPPET_LENGTH)
        return Hit(
            **{name: getattr(paragraph, name) for name in Paragraph.__struct_fields__},
            rank=rank,
            score=round(match.score, 6),
            snippet=paragraph.text[start:end],
            highlights=tuple(highlights),
            repeats=match.repeats,
            explanation=explain_score(self.searcher, answer.matcher, match) if self.explain else (),
            rung=answer.rung,
            matched=matched_by(paragraph, answer.leaves) if answer.rung in IN_CONTEXT else (),
        )
