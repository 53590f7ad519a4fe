"""What is counted over all paragraphs of a cluster: how rare a term or a value is, how long a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.cluster.mapping import SHARD_IDF
from indexer.segments.reader import Segment
from indexer.store.arrays import Array
from query.cluster.asking import Asking
from query.cluster.clauses import Clause, term
from query.cluster.dsl import Clauses
from query.matching.bm25 import CollectionStatistics
from query.matching.filters import Filter

__all__ = ["ClusterStatistics", "ShardWeights"]


class ClusterStatistics(CollectionStatistics):
    """What is counted over the live paragraphs of a cluster, when it is asked for."""

    def __init__(self, facts: Mapping[str, Any], asking: Asking) -> None:
        """Take the number of paragraphs, the summed lengths of each scored field, and the days."""
        super().__init__(facts["count"])
        self._facts = facts
        self._asking = asking

    @property
    def clauses(self) -> Clauses:
        """What writes matchers as clauses that are scored by these statistics."""
        return Clauses(self, (self._facts["first"], self._facts["last"]))

    def document_frequency(self, field: str, term_: str) -> int:
        """Count the paragraphs with a term; 0 where that is not known yet."""
        return self._matching(term(field, term_))

    def passing(self, passes: Filter, segment: Segment, mask: Array) -> int:
        """Count the paragraphs that pass a filter, whatever segment is looked at."""
        del segment, mask
        return self._matching(self.clauses.passes(passes))

    def total_length(self, field: str) -> int:
        """Return the summed lengths of a field."""
        return int(self._facts["lengths"][field])

    def idf_passing(self, passes: Filter) -> float:
        """Return the idf of what passes a filter."""
        return self.idf_of(self._matching(self.clauses.passes(passes)))

    def _matching(self, clause: Clause) -> int:
        """Count the paragraphs that a clause matches; 0 where that is not known yet."""
        return self._asking.count(clause) or 0


class ShardWeights:
    """Weights for a search before the document frequencies are known: each shard takes its own."""

    def __init__(self, statistics: ClusterStatistics) -> None:
        """Take the average lengths from `statistics`."""
        self._statistics = statistics

    def idf(self, field: str, term_: str) -> float:
        """Return what stands for the idf of a term."""
        del field, term_
        return SHARD_IDF

    def steep_idf(self, field: str, term_: str) -> float:
        """Return what stands for the steep idf of a term."""
        return self.idf(field, term_)

    def idf_passing(self, passes: Filter) -> float:
        """Return the idf of what passes any filter."""
        del passes
        return 1.0

    def average_length(self, field: str) -> float:
        """Return the average length of a field."""
        return self._statistics.average_length(field)
