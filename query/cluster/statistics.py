"""What is counted over all paragraphs of a cluster: how rare a term or a value is, how long a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from indexer.segments.reader import Segment
from indexer.store.arrays import Array
from query.cluster.clauses import term
from query.matching.bm25 import CollectionStatistics
from query.matching.filters import Filter

if TYPE_CHECKING:
    from query.cluster.finder import ClusterFinder

__all__ = ["ClusterStatistics"]


class ClusterStatistics(CollectionStatistics):
    """What is counted over the live paragraphs of a cluster, when it is asked for."""

    def __init__(self, count: int, lengths: Mapping[str, int], finder: ClusterFinder) -> None:
        """Take the number of paragraphs, and the summed lengths of each scored field."""
        super().__init__(count)
        self._lengths = lengths
        self._finder = finder

    def document_frequency(self, field: str, term_: str) -> int:
        """Count the paragraphs with a term; 0 where that is not known yet."""
        return self._finder.count_clause(term(field, term_))

    def passing(self, passes: Filter, segment: Segment, mask: Array) -> int:
        """Count the paragraphs that pass a filter, whatever segment is looked at."""
        del segment, mask
        return self._finder.count_clause(self._finder.clauses.passes(passes))

    def total_length(self, field: str) -> int:
        """Return the summed lengths of a field."""
        return self._lengths[field]

    def idf_passing(self, passes: Filter) -> float:
        """Return the idf of what passes a filter."""
        return self.idf_of(self._finder.count_clause(self._finder.clauses.passes(passes)))

    def average_length(self, field: str) -> float:
        """Return the average length of a field."""
        return self._lengths[field] / max(1, self._count) or 1.0
