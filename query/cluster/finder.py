"""Finds the paragraphs of a generation that lies in a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

import numpy as np

from indexer.cluster.paging import READING_ORDER, hits_of
from indexer.models import Paragraph
from indexer.segments.reader import Segment
from indexer.segments.values import ValueTable
from indexer.store.arrays import Array, ArrayFile
from query.cluster.asking import Asking, Reply
from query.cluster.clauses import Clause, all_of, covered, values_of, words_of
from query.cluster.collapsed import CollapsedFound
from query.cluster.dsl import Clauses
from query.cluster.facets import FacetCounter
from query.cluster.fetched import FetchedSegment
from query.cluster.found import ClusterFound
from query.cluster.source_segment import SourceSegment
from query.cluster.statistics import ClusterStatistics, ShardWeights
from query.matching.bm25 import SegmentScorer
from query.matching.coverage import Coverage, MinimumCoverage
from query.matching.facets import facet_of_counts, facets_of_pairs, rank_values
from query.matching.filters import Filter
from query.matching.finder import Located
from query.matching.matchers import AndMatcher, Matcher
from query.matching.surroundings import kinds_around, weights_of
from query.results import Facet

__all__ = ["ClusterFinder"]

_Answer = TypeVar("_Answer")

_PAGE = 10_000  # hits that a cluster hands out at once
_READ = 1_000  # paragraphs that are read at once
_PROMISING = 40  # paragraphs, of which one is most often the best
_FEW = 5_000  # values of a field, which are told to the cluster so that it counts no others


class ClusterFinder:
    """The `Finder` of an index in a cluster: it writes clauses, and reads what comes back."""

    def __init__(
        self,
        send: Callable[[list[bytes]], list[Reply]],
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
        self.statistics = ClusterStatistics(facts, self.asking)

    def __len__(self) -> int:
        """Return the number of paragraphs."""
        return int(self._facts["count"])

    @cached_property
    def clauses(self) -> Clauses:
        """What writes matchers as clauses."""
        return self.statistics.clauses

    @cached_property
    def rough_clauses(self) -> Clauses:
        """What writes matchers as clauses that are scored by the idf of each shard."""
        return Clauses(ShardWeights(self.statistics), self.clauses.days)

    @property
    def facet_counter(self) -> FacetCounter:
        """What counts the values of what was found."""
        return FacetCounter(self.asking, self.table)

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

    def weights(self, segment: Segment, docs: Array) -> Array | float:
        """Return what the scores of paragraphs count, see `query.matching.surroundings`."""
        return weights_of(docs, segment, self.around)

    @cached_property
    def around(self) -> tuple[int, ...]:
        """The kinds that belong to no article."""
        return kinds_around(self.table("kind"))

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

    def best_weight(
        self, covering: MinimumCoverage, required: Sequence[Matcher], allowed: Filter | None
    ) -> float:
        """Find the largest weight of a paragraph that is allowed and that all `required` matchers match."""
        coverage = covering.coverage
        promising = self._promising(AndMatcher((covering, *required)), allowed)
        if not coverage.total:
            self.asking.reply(promising)
            self.asking.miss()
            return 0.0
        filters = [*map(self.clauses.filter, required)]
        filters += [] if allowed is None else [self.clauses.passes(allowed)]
        query = {"bool": {"must": [covered(coverage)], "filter": filters}}
        fetched = self.fetch(query, ["_score"], 1) or self._replied(promising)
        if fetched is None:
            return 0.0
        return float(coverage.weights_in(SegmentScorer(fetched, self.statistics)).max(initial=0))

    def promising(self, matcher: Matcher, allowed: Filter | None) -> FetchedSegment | None:
        """Return what was fetched before it was known how rare the words of a query are, if it was.

        Its best paragraph is most often the best of all: what depends on that one is asked for with it.
        """
        return self._replied(self._promising(matcher, allowed))

    def _promising(self, matcher: Matcher, allowed: Filter | None) -> dict[str, Any]:
        """Write the search for the paragraphs that score best by the idf of their shards."""
        filters = [] if allowed is None else [self.clauses.passes(allowed)]
        query = {"bool": {"must": [self.rough_clauses.score(matcher)], "filter": filters}}
        return {"query": query, "size": _PROMISING, "track_total_hits": True}

    def _replied(self, request: dict[str, Any]) -> FetchedSegment | None:
        reply = self.asking.replied(request)
        return None if reply is None else self.asking.parsed(reply, _segment)

    def fetch(self, query: Clause, sort: Sequence[Any], size: int) -> FetchedSegment | None:
        """Fetch the first paragraphs that a query matches; None where they are not known yet.

        All of them are scored: a similarity that reads frequency and norm from one number lets the cluster
        skip none.
        """
        if size <= _READ:
            request = {"query": query, "sort": sort, "size": size, "track_total_hits": True}
            return self.asking.read(request, _segment)
        if not self.asking.is_settled:
            self.asking.miss()
            return None
        request = {"query": query, "sort": sort, "size": _READ}
        request |= {"track_scores": True, "track_total_hits": True}
        return FetchedSegment([hit["_source"] for hit in islice(hits_of(self.asking.now, request), size)])

    def facets(
        self,
        found: ClusterFound | CollapsedFound,
        fields: Sequence[str],
        limit: int | None = None,
        containing: str = "",
    ) -> dict[str, tuple[tuple[Facet, ...], int]]:
        """Count the values of each of some fields, see `Finder.facets`."""
        if isinstance(found, CollapsedFound):
            counts = found.count_values({field: len(self.table(field)) for field in fields})
        else:
            counts = self.facet_counter.values(found.clause, fields)
        return {
            field: facet_of_counts(own, self.table(field), limit, containing) for field, own in counts.items()
        }

    def facets_within(
        self, found: ClusterFound, field: str, inner: str, limit: int | None = None, containing: str = ""
    ) -> tuple[tuple[Facet, ...], int]:
        """Count the values of a field, and within each those of a second one, see `Finder.facets_within`."""
        clause, table = found.clause, self.table(field)
        counts = self.facet_counter.values(clause, (field,))[field]
        ranked, size = rank_values(counts, table, limit, containing)
        pairs: Iterable[tuple[int, int]] = ()
        if clause is None or not self.asking.is_settled:
            self.asking.miss()
        elif ranked:
            few = [values_of(field, ranked)] if len(ranked) <= _FEW else []
            pairs = self.facet_counter.pairs(all_of([clause, *few]), field, inner)
        return facets_of_pairs(counts, ranked, table, pairs, self.table(inner)), size

    def scan(self, query: Clause, source: Sequence[str] | bool, size: int = _PAGE) -> Iterator[Any]:  # noqa: FBT001
        """Yield all hits of a query in reading order, `size` at a time, with some of what is kept of each."""
        request = {"query": query, "sort": READING_ORDER, "size": size, "_source": source}
        return hits_of(self.asking.now, request | {"track_scores": True, "track_total_hits": False})

    def ids(self, found: ClusterFound) -> set[str]:
        """Return the ids of all paragraphs found."""
        clause = found.clause
        if clause is None or not self.asking.is_settled:
            self.asking.miss()
            return set()
        return {hit["_source"]["id"] for hit in self.scan(clause, ["id"])}

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield every paragraph in the order of the seeds."""
        for hit in self.scan({"match_all": {}}, ["record"], _READ):
            yield Paragraph.from_dict(hit["_source"]["record"])

    def find(self, id_: str) -> Located | None:
        """Find the paragraph with an id; None when there is none."""
        if any("\ud800" <= char <= "\udfff" for char in id_):
            return None  # half of a character, which no id in a cluster has
        found = self._located({"term": {"id": id_}}, 1)
        return found[0] if found else None

    def starting_with(self, beginning: str) -> list[Located]:
        """Find the paragraphs whose ids begin with a text, in the order of the ids."""
        return self._located({"prefix": {"id": beginning}}, _PAGE)

    def _located(self, clause: Clause, size: int) -> list[Located]:
        request = {"query": clause, "sort": ["id"], "size": size, "_source": ["id", "path", "number"]}
        hits = [hit["_source"] for hit in self.asking.now(request)["hits"]["hits"]]
        return [(SourceSegment(self.asking.now, hit["path"]), hit["number"]) for hit in hits]

    def of_source(self, source: int) -> list[tuple[Segment, Array]]:
        """Find the paragraphs of a source by its number, in reading order."""
        segment = SourceSegment(self.asking.now, self.table("source").shown(source))
        return [(segment, np.arange(segment.size))]

    def days(self) -> tuple[int, int, int]:
        """Return the first and the last day of all paragraphs as numbers, 0 without any, and the undated."""
        return self._facts["first"], self._facts["latest"], self._facts["undated"]


def _segment(reply: Reply) -> FetchedSegment:
    return FetchedSegment([hit["_source"] for hit in reply["hits"]["hits"]])
