"""The opened segments of an index, with what a query needs of them: statistics, scorers, value tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from indexer.segments.reader import Segment
from indexer.segments.values import ValueTable
from indexer.store.arrays import Array, ArrayFile
from indexer.store.strings import read_strings
from query.matching.bm25 import CollectionStatistics, SegmentScorer

__all__ = ["Searcher"]


class Searcher:
    """The segments of one generation, the statistics over all of them, and the value table of each field."""

    def __init__(self, segments: Sequence[Segment], values: ArrayFile) -> None:
        """Collect the statistics of the segments; `values` is the file of their value tables."""
        self.segments = segments
        self.statistics = CollectionStatistics(segments)
        self._values = values
        self._tables: dict[str, ValueTable] = {}
        self._live: dict[str, Array] = {}
        self._ids: dict[str, list[str]] = {}

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

    def ids(self, segment: Segment) -> list[str]:
        """Return the ids of all paragraphs of a segment, also deleted ones, read when first asked for."""
        if segment.name not in self._ids:
            self._ids[segment.name] = read_strings(segment.file, "id")
        return self._ids[segment.name]

    def scorers(self) -> Iterator[SegmentScorer]:
        """Yield a scorer for each segment."""
        return (SegmentScorer(segment, self.statistics) for segment in self.segments)
