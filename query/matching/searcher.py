"""The opened segments of an index, with what a query needs of them: statistics, scorers, value tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TypeVar

import numpy as np

from indexer.models import Paragraph
from indexer.segments.reader import Segment, count_live_values
from indexer.segments.values import ValueTable
from indexer.store.arrays import Array, ArrayFile
from indexer.store.strings import read_strings
from query.matching.bm25 import SegmentScorer, SegmentStatistics
from query.matching.collector import Matches, collect
from query.matching.coverage import Coverage, MinimumCoverage, measure_coverage
from query.matching.facets import count_facet, count_facet_within
from query.matching.filters import Filter
from query.matching.finder import Located
from query.matching.matchers import AndMatcher, MatchAll, Matcher
from query.matching.surroundings import kinds_around, weights_of
from query.results import Facet

__all__ = ["Searcher"]

_Answer = TypeVar("_Answer")


class Searcher:
    """The segments of one generation, the statistics over all of them, and the value table of each field.

    It is the `Finder` of an index in a folder.
    """

    def __init__(self, segments: Sequence[Segment], values: ArrayFile) -> None:
        """Collect the statistics of the segments; `values` is the file of their value tables."""
        self.segments = segments
        self.statistics = SegmentStatistics(segments)
        self._values = values
        self._tables: dict[str, ValueTable] = {}
        self._live: dict[str, Array] = {}

    def __len__(self) -> int:
        """Return the number of live paragraphs."""
        return sum(segment.live_count for segment in self.segments)

    def table(self, field: str) -> ValueTable:
        """Return the value table of a field, read when it is first asked for."""
        if field not in self._tables:
            self._tables[field] = ValueTable(self._values, field)
        return self._tables[field]

    def live_values(self, field: str) -> list[int]:
        """List the numbers of the values of a field that a live paragraph has, ascending."""
        return np.flatnonzero(self.live(field)).tolist()

    def live(self, field: str) -> Array:
        """Compute a mask (bool) of the values of a field that a live paragraph has, when first asked for."""
        if field not in self._live:
            mask = np.zeros(len(self.table(field)), bool)
            for segment in self.segments:
                docs, values = segment.column(field)
                mask[values if segment.live is None else values[segment.live[docs]]] = True
            self._live[field] = mask
        return self._live[field]

    def weights(self, segment: Segment, docs: Array) -> Array | float:
        """Return what the scores of paragraphs count, see `query.matching.surroundings`."""
        return weights_of(docs, segment, self._around)

    @cached_property
    def _around(self) -> tuple[int, ...]:
        return kinds_around(self.table("kind"))

    def live_counts(self, field: str) -> Array:
        """Count the live paragraphs that have each value of a field (i8)."""
        return count_live_values(self.segments, field, len(self.table(field)))

    def scorers(self) -> Iterator[SegmentScorer]:
        """Yield a scorer for each segment."""
        return (SegmentScorer(segment, self.statistics) for segment in self.segments)

    def ask(self, answer: Callable[[], _Answer]) -> _Answer:
        """Return what `answer` returns: the arrays know everything at once."""
        return answer()

    def collect(self, matcher: Matcher, allowed: Filter | None = None) -> Matches:
        """Find what a matcher matches and a filter passes, and score it."""
        return collect(self, matcher, allowed)

    def count(self, matcher: Matcher) -> int:
        """Count the live paragraphs that a matcher matches."""
        return sum(len(matcher.match(scorer).docs) for scorer in self.scorers())

    def measure(self, words: Iterable[Sequence[str]]) -> Coverage:
        """Weigh words, each with its synonyms, by how few paragraphs have them in text or headings."""
        return measure_coverage(self, words)

    def best_weight(
        self, covering: MinimumCoverage, required: Sequence[Matcher], allowed: Filter | None
    ) -> float:
        """Find the largest weight of a paragraph that is allowed and that all `required` matchers match."""
        matches = collect(self, AndMatcher((MinimumCoverage(covering.coverage), *required)), allowed)
        return max(
            float(covering.coverage.weights[segment.name][docs].max(initial=0))
            for segment, docs in matches.by_segment()
        )

    @contextmanager
    def complete(self) -> Iterator[Callable[[], bool]]:
        """Tell, at the end of the block, that all that was asked for in it is known."""
        yield lambda: True

    def facets(
        self, found: Matches, fields: Sequence[str], limit: int | None = None, containing: str = ""
    ) -> dict[str, tuple[tuple[Facet, ...], int]]:
        """Count the values of each of some fields, see `Finder.facets`."""
        docs = found.by_segment()
        return {field: count_facet(docs, field, self.table(field), limit, containing) for field in fields}

    def facets_within(
        self, found: Matches, field: str, inner: str, limit: int | None = None, containing: str = ""
    ) -> tuple[tuple[Facet, ...], int]:
        """Count the values of a field, and within each those of a second one, see `Finder.facets_within`."""
        docs, table, inner_table = found.by_segment(), self.table(field), self.table(inner)
        return count_facet_within(docs, field, table, inner, inner_table, limit, containing)

    def ids(self, found: Matches) -> set[str]:
        """Return the ids of all paragraphs found."""
        return {
            self._ids[segment.name][number]
            for segment, docs in found.by_segment()
            for number in docs.tolist()
        }

    @cached_property
    def _ids(self) -> dict[str, list[str]]:
        """The ids of the paragraphs of each segment, by its name."""
        return {segment.name: read_strings(segment.file, "id") for segment in self.segments}

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield every live paragraph, headings and bylines included, in the order of the seeds."""
        everything = collect(self, MatchAll())
        for match in everything.rank(0, everything.total, self.table("source").ranks):
            yield match.segment.paragraph(match.number)

    def days(self) -> tuple[int, int, int]:
        """Return the first and the last day of all paragraphs as numbers, 0 without any, and the undated."""
        bounds: list[int] = []
        undated = 0
        for segment in self.segments:
            own = segment.dates if segment.live is None else segment.dates[segment.live]
            dated = own[own > 0]
            bounds += [int(dated.min()), int(dated.max())] if len(dated) else []
            undated += len(own) - len(dated)
        return min(bounds, default=0), max(bounds, default=0), undated

    def find(self, id_: str) -> Located | None:
        """Find the paragraph with an id; None when there is none."""
        for segment in self.segments:
            number = segment.find(id_)
            if number is not None:
                return segment, number
        return None

    def starting_with(self, beginning: str) -> list[Located]:
        """Find the paragraphs whose ids begin with a text, in the order of the ids."""
        return [(segment, number) for segment in self.segments for number in segment.starting_with(beginning)]

    def of_source(self, source: int) -> list[tuple[Segment, Array]]:
        """Find the live paragraphs of a source by its number, in reading order."""
        return [(segment, segment.of_source(source)) for segment in self.segments]
