"""Equal texts shown once: what was found is read through, and the best of each text is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct

from indexer.errors import LianghuiError
from indexer.segments.schema import FACETS
from indexer.store.arrays import Array
from query.choices import Sort
from query.cluster.fetched import FetchedSegment
from query.matching.bm25 import SegmentScorer
from query.matching.collector import Match
from query.matching.matchers import Matcher

if TYPE_CHECKING:
    from query.cluster.finder import ClusterFinder

__all__ = ["COLLAPSED_FIELDS", "CollapsedFound", "best_of_each"]

COLLAPSED_FIELDS = ["digest", "date", *FACETS]
"""What is read of each paragraph to collapse equal texts."""

_MOST = 100_000  # paragraphs that are read through
_SHOWN = 1_000  # that are fetched for a page


class Kept(Struct, frozen=True):
    """The best paragraph of a text: its key, score and place in reading order, and how many it stands for."""

    key: str
    score: float
    place: int
    repeats: int
    stored: Mapping[str, Any]


def best_of_each(hits: Iterable[Mapping[str, Any]], others: set[int]) -> list[Kept]:
    """Keep the best of all hits of the same text, the first in reading order among equals.

    Hits come in reading order; texts whose digests are among `others` are left out. Raise `LianghuiError`
    for more hits than can be read through.
    """
    best: dict[int, tuple[int, Mapping[str, Any]]] = {}
    repeats: dict[int, int] = {}
    for place, hit in enumerate(hits):
        if place >= _MOST:
            raise LianghuiError(
                f"an index in a cluster collapses equal texts among {_MOST} paragraphs; ask for fewer, "
                "or leave --collapse out"
            )
        digest = hit["_source"]["digest"]
        repeats[digest] = repeats.get(digest, 0) + 1
        if digest not in best or hit["_score"] > best[digest][1]["_score"]:
            best[digest] = (place, hit)
    return [
        Kept(hit["_id"], hit["_score"], place, repeats[digest], hit["_source"])
        for digest, (place, hit) in best.items()
        if digest not in others
    ]


class CollapsedFound(Struct, frozen=True):
    """What was found, of equal texts the best."""

    finder: ClusterFinder
    matcher: Matcher
    kept: Sequence[Kept]

    @property
    def total(self) -> int:
        """The number of texts."""
        return len(self.kept)

    @property
    def unfiltered(self) -> int:
        """The number of paragraphs that the matcher finds."""
        return self.finder.count(self.matcher)

    def rank(self, first: int, end: int, source_order: Array, sort: Sort = "score") -> list[Match]:
        """List the matches from rank `first` up to `end`, counted from 0; ties are in reading order."""
        del source_order
        chosen = sorted(self.kept, key=lambda kept: _key(kept, sort))[first:end]
        return [
            match
            for start in range(0, len(chosen), _SHOWN)
            for match in self._matches(chosen[start : start + _SHOWN])
        ]

    def _matches(self, chosen: Sequence[Kept]) -> list[Match]:
        query = {"ids": {"values": [kept.key for kept in chosen]}}
        hits = self.finder.asking.now({"query": query, "size": len(chosen)})["hits"]["hits"]
        by_key = {hit["_id"]: hit["_source"] for hit in hits}
        segment = FetchedSegment([by_key[kept.key] for kept in chosen])
        found = self.matcher.match(SegmentScorer(segment, self.finder.statistics))
        scores = np.zeros(segment.size)
        scores[found.docs] = found.scores(found.docs)
        return [
            Match(float(score), segment, number, kept.repeats)
            for number, (score, kept) in enumerate(zip(scores.tolist(), chosen, strict=True))
        ]

    def count_values(self, sizes: Mapping[str, int]) -> dict[str, Array]:
        """Count the values of some fields, by how many values each has."""
        counts = {field: np.zeros(size, "i8") for field, size in sizes.items()}
        for kept in self.kept:
            for field, own in counts.items():
                for value in kept.stored.get(field, ()):
                    own[int(value)] += 1
        return counts

    def close_to_best(self, share: float) -> CollapsedFound:
        """Keep those whose score is at least this share of the best one."""
        least = share * max((kept.score for kept in self.kept), default=0.0)
        return CollapsedFound(self.finder, self.matcher, [kept for kept in self.kept if kept.score >= least])

    def without(self, others: Sequence[Any]) -> CollapsedFound:
        """Leave nothing out: equal texts are collapsed after what is shown already was left out."""
        del others
        return self

    def collapse(self, source_order: Array, shown: Sequence[Any] = ()) -> CollapsedFound:
        """Return itself: it is collapsed."""
        del source_order, shown
        return self


def _key(kept: Kept, sort: Sort) -> tuple[float, ...]:
    date = kept.stored.get("date", 0)
    match sort:
        case "source":
            return (kept.place,)
        case "date":
            return (-date, -kept.score, kept.place)
        case "oldest":
            return (date or np.inf, -kept.score, kept.place)
    return (-kept.score, kept.place)
