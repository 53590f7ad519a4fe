"""What a search goes through: the segments of an index, their statistics, and the tables of their values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.segments.reader import Segment
from indexer.segments.values import ValueTable
from indexer.store.arrays import ArrayFile
from query.matching.bm25 import CollectionStatistics, SegmentScorer

__all__ = ["Searcher"]


class Searcher:
    """The segments of one generation, the statistics over all of them, and a table of values a field."""

    def __init__(self, segments: Sequence[Segment], values: ArrayFile) -> None:
        """Count the paragraphs of the segments; `values` is the file that their columns refer to."""
        self.segments = segments
        self.statistics = CollectionStatistics(segments)
        self._values = values
        self._tables: dict[str, ValueTable] = {}

    def table(self, field: str) -> ValueTable:
        """Return the table of the values of a field."""
        if field not in self._tables:
            self._tables[field] = ValueTable(self._values, field)
        return self._tables[field]

    def scopes(self) -> Iterator[SegmentScorer]:
        """Yield each segment to be asked a question."""
        return (SegmentScorer(segment, self.statistics) for segment in self.segments)
