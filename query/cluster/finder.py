"""Finds the paragraphs of a generation that lies in a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from indexer.segments.reader import Segment
from indexer.segments.values import ValueTable
from indexer.store.arrays import Array, ArrayFile
from query.cluster.asking import Asking, Reply, Request
from query.cluster.dsl import Clause, Clauses, covered, term, words_of
from query.cluster.fetched import FetchedSegment
from query.cluster.found import ClusterFound
from query.matching.bm25 import CollectionStatistics, SegmentScorer
from query.matching.coverage import Coverage
from query.matching.facets import facet_of_counts
from query.matching.filters import Filter
from query.matching.matchers import Matcher
from query.results import Facet

__all__ = ["ClusterFinder"]

_Answer = TypeVar("_Answer")

_PAGE = 10_000  # hits that a cluster hands out at once
_PARTITION = 5_000  # values that are counted at once


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


class ClusterFinder:
    """The `Finder` of an index in a cluster: it writes clauses, and reads what comes back."""

    def __init__(
        self,
        send: Callable[[list[Request]], list[Reply]],
        values: ArrayFile,
        counts: ArrayFile,
        facts: Mapping[str, Any],
    ) -> None:
        """Ask by `send`; `values` are the tables of the value fields, `counts` how often each is there.

        `facts` are the number of paragraphs, the summed lengths of each field, and the days.
        """
        self.asking = Asking(send)
        self._values, self._counts = values, counts
        self._facts = facts
        self._tables: dict[str, ValueTable] = {}
        self.statistics = ClusterStatistics(facts["count"], facts["lengths"], self)

    def __len__(self) -> int:
        """Return the number of paragraphs."""
        return int(self._facts["count"])

    @cached_property
    def clauses(self) -> Clauses:
        """What writes matchers as clauses."""
        return Clauses(self.statistics, (self._facts["first"], self._facts["last"]))

    def table(self, field: str) -> ValueTable:
        """Return the value table of a field, read when it is first asked for."""
        if field not in self._tables:
            self._tables[field] = ValueTable(self._values, field)
        return self._tables[field]

    def live_counts(self, field: str) -> Array:
        """Count the paragraphs that have each value of a field."""
        return self._counts[field].astype("i8")

    def live(self, field: str) -> Array:
        """Compute a mask (bool) of the values of a field that a paragraph has."""
        mask: Array = self._counts[field] > 0
        return mask

    def live_values(self, field: str) -> list[int]:
        """List the numbers of the values of a field that a paragraph has, ascending."""
        return np.flatnonzero(self._counts[field]).tolist()

    def ask(self, answer: Callable[[], _Answer]) -> _Answer:
        """Return what `answer` returns once all that it asks for is known."""
        return self.asking.ask(answer)

    @contextmanager
    def complete(self) -> Iterator[Callable[[], bool]]:
        """Tell, at the end of the block, whether all that was asked for in it is known."""
        before = self.asking.unknown
        yield lambda: self.asking.unknown == before

    def collect(self, matcher: Matcher, allowed: Filter | None = None) -> ClusterFound:
        """Find what a matcher matches and a filter passes."""
        return ClusterFound(self, matcher, allowed)

    def count(self, matcher: Matcher) -> int:
        """Count the paragraphs that a matcher matches; 0 where that is not known yet."""
        return self.count_clause(self.clauses.filter(matcher))

    def count_clause(self, clause: Clause | None) -> int:
        """Count the paragraphs that a clause matches; 0 where that is not known yet."""
        return (self.asking.count(clause) or 0) if clause else 0

    def measure(self, words: Iterable[Sequence[str]]) -> Coverage:
        """Weigh words, each with its synonyms; a total of 0 says that not all are known yet."""
        sought = tuple(map(tuple, words))
        with self.complete() as is_complete:
            counts = [self.count_clause(words_of(synonyms)) for synonyms in sought]
        idfs = tuple(map(self.statistics.steep_idf_of, counts))
        return Coverage(sought, idfs, sum(idfs) if is_complete() else 0.0, {})

    def best_weight(self, coverage: Coverage, required: Sequence[Matcher], allowed: Filter | None) -> float:
        """Find the largest weight of a paragraph that is allowed and that all `required` matchers match."""
        if not coverage.total:
            self.asking.miss()
            return 0.0
        filters = [*map(self.clauses.filter, required)]
        filters += [] if allowed is None else [self.clauses.passes(allowed)]
        fetched = self.fetch({"bool": {"must": [covered(coverage)], "filter": filters}}, ["_score"], 1)
        if fetched is None or not fetched.size:
            return 0.0
        return float(coverage.weights_in(SegmentScorer(fetched, self.statistics))[0])

    def fetch(self, query: Clause, sort: Sequence[Any], size: int) -> FetchedSegment | None:
        """Fetch the first paragraphs that a query matches; None where they are not known yet.

        All of them are scored: a similarity that reads frequency and norm from one number lets the cluster
        skip none.
        """
        request = {"query": query, "sort": sort, "size": min(size, _PAGE), "track_total_hits": True}
        return self.asking.read(request, _segment)

    def facets(
        self, found: ClusterFound, fields: Sequence[str], limit: int | None = None
    ) -> dict[str, tuple[tuple[Facet, ...], int]]:
        """Count the values of each of some fields: the `limit` most frequent, and how many there are."""
        counts = {field: np.zeros(len(self.table(field)), "i8") for field in fields}
        clause = found.clause
        parts = max(-(-len(own) // _PARTITION) for own in counts.values())
        for part in range(parts) if clause else ():
            aggs = {field: _values(field, len(own), part) for field, own in counts.items()}
            asked = {field: terms for field, terms in aggs.items() if terms}
            reply = self.asking.reply({"size": 0, "query": clause, "aggs": asked})
            for field in asked if reply is not None else ():
                for bucket in (reply or {})["aggregations"][field]["buckets"]:
                    counts[field][int(bucket["key"])] = bucket["doc_count"]
        return {field: facet_of_counts(own, self.table(field), limit) for field, own in counts.items()}

    def days(self) -> tuple[int, int, int]:
        """Return the first and the last day of all paragraphs as numbers, 0 without any, and the undated."""
        return self._facts["first"], self._facts["latest"], self._facts["undated"]


def _segment(reply: Reply) -> FetchedSegment:
    return FetchedSegment([hit["_source"] for hit in reply["hits"]["hits"]])


def _values(field: str, size: int, part: int) -> Clause | None:
    """Count the values of a field, of which there are `size`; of many, one part at a time."""
    parts = max(1, -(-size // _PARTITION))
    terms: Clause = {"field": field, "size": max(1, min(size, 2 * _PARTITION))}
    if parts > 1:
        terms["include"] = {"partition": part, "num_partitions": parts}
    return {"terms": terms} if part < parts else None
