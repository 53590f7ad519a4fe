"""What a matcher and a filter find in a cluster: counted, ranked and fetched when that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from indexer.cluster.paging import READING_ORDER
from indexer.store.arrays import Array
from query.choices import Sort
from query.cluster.clauses import ALL, NOTHING, SLACK, Clause, all_of, at_least, none_of
from query.cluster.collapsed import COLLAPSED_FIELDS, CollapsedFound, best_of_each
from query.cluster.fetched import FetchedSegment
from query.matching.bm25 import SegmentScorer
from query.matching.collector import Match
from query.matching.coverage import MinimumCoverage
from query.matching.filters import Filter
from query.matching.matchers import AndMatcher, BoostSpeaker, Matcher, OrMatcher, SpelledOutMatcher
from query.matching.surroundings import AROUND_WEIGHT

if TYPE_CHECKING:
    from query.cluster.finder import ClusterFinder

__all__ = ["ClusterFound"]

_LEAST = 10  # hits that are fetched, so that a page and its first hit are one request
_SPELLED_OUT = 200  # of what is written out, whose occurrences the cluster counts otherwise than we do
_CANDIDATES = 40  # hits fetched by their words before it is known how many words they must have
_SLACK = 12  # hits more than are wanted, among which ours, computed with eight bytes, may be in another order
_MANY = 1_000  # hits, of which as many are asked for as there are
_SORTS: dict[str, list[Any]] = {
    "score": ["_score", *READING_ORDER],
    "date": [{"date": {"order": "desc", "missing": "_last"}}, "_score", *READING_ORDER],
    "oldest": [{"date": {"order": "asc", "missing": "_last"}}, "_score", *READING_ORDER],
    "source": READING_ORDER,
}


class ClusterFound(Struct, frozen=True):
    """The paragraphs that a matcher matches and a filter passes, without those of `others`.

    With a `share`, only those whose score is at least that share of the best.
    """

    finder: ClusterFinder
    matcher: Matcher
    allowed: Filter | None
    others: tuple[ClusterFound, ...] = ()
    share: float = 0.0
    _known: dict[str, Any] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The number of paragraphs found."""
        if self.share:
            # Where it is not known yet: what depends on there being some is asked for at once.
            return self.finder.facet_counter.total(self.clause) or int((self._best() or 0) > 0)
        with self.finder.complete() as is_complete:
            counted = self.finder.count_clause(self.clause)
        if not is_complete():
            self.finder.clauses.score(self.matcher)  # asks for what a rank will need
        return counted

    @property
    def unfiltered(self) -> int:
        """The number of paragraphs that the matcher finds, whether the filter passes them or not."""
        return self.finder.count(self.matcher)

    @property
    def clause(self) -> Clause | None:
        """What matches exactly these paragraphs; None where what that depends on is not known yet."""
        if "clause" not in self._known:
            self._known["clause"] = self._clause()
        return self._known["clause"]  # type: ignore[no-any-return]

    def _clause(self) -> Clause | None:
        with self.finder.complete() as is_complete:
            parts = [self.finder.clauses.filter(self.matcher), *self._limits()]
            scored = self.finder.clauses.score(self.matcher) if self.share else ALL
        if not is_complete():
            return None
        if self.share:
            best = self._best()
            if best is None:
                return None
            parts.append(at_least(scored, self.share * best) if best else NOTHING)
        return all_of(parts)

    def _limits(self) -> list[Clause]:
        """List the clauses of the filter, and of what is left out."""
        limits = [] if self.allowed is None else [self.finder.clauses.passes(self.allowed)]
        others = [clause for other in self.others if (clause := other.clause)]
        return [*limits, none_of(others)] if others else limits

    def rank(self, first: int, end: int, source_order: Array, sort: Sort = "score") -> list[Match]:
        """List the matches from rank `first` up to `end`, counted from 0; ties are in reading order."""
        del source_order  # the cluster sorts by the paths themselves
        if end > _MANY:
            end = min(end, self.total)
        if first >= end:
            return []
        least = self.share * (self._best() or 0.0) if self.share else 0.0  # asked for with the first ones
        return [match for match in self._top(end, sort) if match.score >= least][first:end]

    def _best(self) -> float | None:
        """Return the best score, before others are left out.

        Where it is not known yet, take the best of what is promising for it; None where there is none.
        """
        if "best" not in self._known:
            with self.finder.complete() as is_complete:
                top = replace(self, share=0.0, others=(), _known={})._top(1, "score")  # noqa: SLF001
            if not is_complete():
                promising = self._promising()
                if promising is None:
                    return None
                top = self._passing(promising, "score")
            self._known["best"] = max((match.score for match in top), default=0.0)
        return self._known["best"]  # type: ignore[no-any-return]

    def _promising(self) -> FetchedSegment | None:
        matcher = self.matcher.matcher if isinstance(self.matcher, BoostSpeaker) else self.matcher
        loose = without_minimum(matcher)
        return self.finder.promising(loose, self.allowed) if loose else None

    def _top(self, end: int, sort: Sort) -> list[Match]:
        """Fetch the first matches in an order, at least `end` of them where there are so many."""
        loose = without_minimum(self.matcher)
        if sort == "score" and end <= _CANDIDATES and loose and self._promising() is None:
            candidates = self._fetched(loose, _CANDIDATES, sort)
            if candidates is None:
                return []
            passing = self._passing(candidates, sort)
            if len(passing) >= end or candidates.size < _CANDIDATES:
                return passing
        least = _SPELLED_OUT if _is_spelled_out(self.matcher) else _LEAST
        fetched = self._fetched(self.matcher, max(end, least) + _SLACK, sort)
        return [] if fetched is None else self._passing(fetched, sort)

    def _fetched(self, matcher: Matcher, size: int, sort: Sort) -> FetchedSegment | None:
        query = replace(self, matcher=matcher, _known={})._scored()  # noqa: SLF001
        return self.finder.fetch(query, _SORTS[sort], size) if query else None

    def _scored(self) -> Clause | None:
        """Say what matches, and how well; None where what that depends on is not known yet."""
        with self.finder.complete() as is_complete:
            query = {"bool": {"must": [self.finder.clauses.score(self.matcher)], "filter": self._limits()}}
        return self._behind(query) if is_complete() else None

    def _behind(self, query: Clause) -> Clause:
        """Put what stands around articles behind all else."""
        around = [{"terms": {"kind": [*map(str, self.finder.around)]}}] if self.finder.around else []
        functions = [{"filter": each, "weight": AROUND_WEIGHT} for each in around]
        return {"function_score": {"query": query, "functions": functions}} if around else query

    def _passing(self, segment: FetchedSegment, sort: Sort) -> list[Match]:
        """Match and score what was fetched as the arrays do, and put it in order."""
        found = self.matcher.match(SegmentScorer(segment, self.finder.statistics))
        docs = found.docs
        scores = found.scores(docs) * self.finder.weights(segment, docs)
        keys = [docs]  # as it was fetched
        if sort == "score":
            keys = [segment.reading_order()[docs], -scores]
        order = np.lexsort(keys)
        ranked = zip(scores[order].tolist(), docs[order].tolist(), strict=True)
        return [Match(score, segment, number) for score, number in ranked]

    def close_to_best(self, share: float) -> ClusterFound:
        """Keep those whose score is at least this share of the best one."""
        return replace(self, share=share, _known={})

    def without(self, others: Sequence[ClusterFound]) -> ClusterFound:
        """Leave out the paragraphs that are among `others`."""
        return replace(self, others=(*self.others, *others), _known={})

    def collapse(self, source_order: Array, shown: Sequence[ClusterFound] = ()) -> CollapsedFound:
        """Keep the best of all paragraphs of the same text; those of texts among `shown` are left out."""
        del source_order
        query, known = self._scored(), [other.clause for other in shown]
        best = self._best() if self.share else 0.0
        if query is None or best is None or None in known or not self.finder.asking.is_settled:
            self.finder.asking.miss()
            return CollapsedFound(self.finder, self.matcher, [])
        least = self.share * best * (1 - SLACK)
        hits = (hit for hit in self.finder.scan(query, COLLAPSED_FIELDS) if hit["_score"] >= least)
        others = {
            hit["_source"]["digest"]
            for clause in known
            if clause
            for hit in self.finder.scan(clause, ["digest"])
        }
        return CollapsedFound(self.finder, self.matcher, best_of_each(hits, others))


def _is_spelled_out(matcher: Matcher) -> bool:
    match matcher:
        case SpelledOutMatcher():
            return True
        case AndMatcher() | OrMatcher():
            return any(map(_is_spelled_out, matcher.matchers))
        case BoostSpeaker():
            return _is_spelled_out(matcher.matcher)
    return False


def without_minimum(matcher: Matcher) -> Matcher | None:
    """Return a matcher by the words that a paragraph has without asking how many; None for any other."""
    match matcher:
        case MinimumCoverage():
            return replace(matcher, minimum=0.0)
        case BoostSpeaker():
            loose = without_minimum(matcher.matcher)
            return loose and replace(matcher, matcher=loose)
        case AndMatcher(matchers=(first, *others)):
            loose = without_minimum(first)
            return loose and AndMatcher((loose, *others))
    return None
