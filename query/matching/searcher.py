"""The opened segments of an index, with what a query needs of them: statistics, scorers, value tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from indexer.models import AROUND_KINDS
from indexer.segments.reader import Segment
from indexer.segments.values import ValueTable
from indexer.store.arrays import Array, ArrayFile
from query.matching.bm25 import CollectionStatistics, SegmentScorer

__all__ = ["Searcher"]

_AROUND_WEIGHT = 1 / 4096  # of what stands around articles, so that it comes behind all that stands in one


class Searcher:
    """The segments of one generation, the statistics over all of them, and the value table of each field."""

    def __init__(self, segments: Sequence[Segment], values: ArrayFile) -> None:
        """Collect the statistics of the segments; `values` is the file of their value tables."""
        self.segments = segments
        self.statistics = CollectionStatistics(segments)
        self._values = values
        self._tables: dict[str, ValueTable] = {}
        self._live: dict[str, Array] = {}
        self._around: list[int] | None = None

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
        """Return what the scores of paragraphs count: next to nothing for those that are of no article.

        It is one number (f8) a paragraph, or 1 for all.
        """
        if self._around is None:
            kinds = self.table("kind")
            self._around = [number for number in range(len(kinds)) if kinds.shown(number) in AROUND_KINDS]
        if not self._around:
            return 1.0
        _, kinds_of = segment.column("kind")
        return np.where(np.isin(kinds_of[docs], self._around), _AROUND_WEIGHT, 1.0)

    def scorers(self) -> Iterator[SegmentScorer]:
        """Yield a scorer for each segment."""
        return (SegmentScorer(segment, self.statistics) for segment in self.segments)
