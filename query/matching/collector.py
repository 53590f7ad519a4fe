"""Collector: run a matcher over all segments, then rank what was found, or collapse equal texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from indexer.segments.reader import Segment
from indexer.store.arrays import Array
from query.choices import Sort
from query.matching.filters import Filter
from query.matching.matchers import Matcher

if TYPE_CHECKING:
    from query.matching.searcher import Searcher

__all__ = ["Match", "Matches", "collect"]


class Match(Struct, frozen=True):
    """A paragraph that was found: its segment and its number there.

    `repeats` counts the paragraphs of the same text that it stands for, itself among them.
    """

    score: float
    segment: Segment
    number: int
    repeats: int = 1


class Matches(Struct, frozen=True):
    """The paragraphs found in each segment: their numbers, ascending (u4), and their scores (f8).

    `unfiltered` counts those found before filtering. `repeats` (i8) is filled by `collapse`: how many
    paragraphs each stands for.
    """

    segments: tuple[Segment, ...]
    docs: tuple[Array, ...]
    scores: tuple[Array, ...]
    unfiltered: int
    repeats: tuple[Array, ...] = ()

    @property
    def total(self) -> int:
        """The number of paragraphs found."""
        return sum(map(len, self.docs))

    def by_segment(self) -> list[tuple[Segment, Array]]:
        """List the segments, each with the paragraphs found in it."""
        return list(zip(self.segments, self.docs, strict=True))

    def rank(self, first: int, end: int, source_order: Array, sort: Sort = "score") -> list[Match]:
        """List the matches from rank `first` up to `end`, counted from 0.

        Ties are in reading order: `source_order` holds the rank of each source, by its number.
        """
        if first >= min(end, self.total):
            return []
        scores = _concatenate(self.scores, "f8")
        chosen = _reaching(scores, end) if sort == "score" else np.arange(len(scores))
        owners = self._owners()[chosen]
        numbers = _concatenate(self.docs, "u4")[chosen]
        keys = [self._reading_order(owners, numbers, source_order)]  # the last key is the primary one
        if sort != "source":
            keys.append(-scores[chosen])
        if sort == "date":
            keys.append(-self._gather("date", owners, numbers).astype("i8"))
        if sort == "oldest":
            dates = self._gather("date", owners, numbers)
            keys.append(np.where(dates, dates, np.iinfo("u8").max))
        repeats = _concatenate(self.repeats, "i8")[chosen] if self.repeats else np.ones(len(chosen), "i8")
        return [
            Match(float(scores[chosen[at]]), self.segments[owners[at]], int(numbers[at]), int(repeats[at]))
            for at in np.lexsort(keys)[first:end]
        ]

    def close_to_best(self, share: float) -> Matches:
        """Keep those whose score is at least this share of the best one."""
        scores = _concatenate(self.scores, "f8")
        return self._select(scores >= scores.max(initial=0) * share, np.ones(len(scores), "i8"))

    def without(self, others: Sequence[Matches]) -> Matches:
        """Leave out the paragraphs that are among `others`, of the same index."""
        kept = []
        for at, docs in enumerate(self.docs):
            mask = np.zeros(self.segments[at].size, bool)
            for other in others:
                mask[other.docs[at]] = True
            kept.append(~mask[docs])
        return self._select(np.concatenate([np.empty(0, bool), *kept]), np.ones(sum(map(len, kept)), "i8"))

    def collapse(self, source_order: Array, shown: Sequence[Matches] = ()) -> Matches:
        """Keep the best of all paragraphs of the same text, the first in reading order among equals.

        Texts that are among those `shown` are left out.
        """
        owners, numbers = self._owners(), _concatenate(self.docs, "u4")
        digests = self._gather("digest", owners, numbers)
        reading_order = self._reading_order(owners, numbers, source_order)
        ranked = np.lexsort((reading_order, -_concatenate(self.scores, "f8")))
        _, first, counts = np.unique(digests[ranked], return_index=True, return_counts=True)
        keep, repeats = np.zeros(len(owners), bool), np.ones(len(owners), "i8")
        keep[ranked[first]], repeats[ranked[first]] = True, counts
        for other in shown:
            keep &= ~np.isin(digests, other.digests())
        return self._select(keep, repeats)

    def digests(self) -> Array:
        """Gather the digests of the texts found (u8)."""
        return self._gather("digest", self._owners(), _concatenate(self.docs, "u4"))

    def _select(self, keep: Array, repeats: Array) -> Matches:
        """Keep those for which the mask `keep` is set; both arrays run over all segments."""
        ends = np.cumsum([len(docs) for docs in self.docs])[:-1]
        masks = np.split(keep, ends)
        return Matches(
            self.segments,
            tuple(docs[mask] for docs, mask in zip(self.docs, masks, strict=True)),
            tuple(scores[mask] for scores, mask in zip(self.scores, masks, strict=True)),
            self.unfiltered,
            tuple(own[mask] for own, mask in zip(np.split(repeats, ends), masks, strict=True)),
        )

    def _owners(self) -> Array:
        """Return for each paragraph found the index of its segment."""
        return np.repeat(np.arange(len(self.docs)), [len(docs) for docs in self.docs])

    def _reading_order(self, owners: Array, numbers: Array, source_order: Array) -> Array:
        """Compute sort keys (i8): the rank of the source above 32 bits, the number of the paragraph below."""
        sources = self._gather("source.ids", owners, numbers)
        return (source_order[sources].astype("i8") << 32) + numbers

    def _gather(self, name: str, owners: Array, numbers: Array) -> Array:
        """Gather the entries of paragraphs in an array that each segment has (u8)."""
        values = np.empty(len(numbers), "u8")
        for at, segment in enumerate(self.segments):
            own = owners == at
            values[own] = segment.file[name][numbers[own]]
        return values


def collect(searcher: Searcher, matcher: Matcher, allowed: Filter | None = None) -> Matches:
    """Match and score all segments, without the paragraphs that a filter does not pass."""
    docs, scores, unfiltered = [], [], 0
    for scorer in searcher.scorers():
        matches = matcher.match(scorer)
        passed = matches.docs if allowed is None else matches.docs[allowed(scorer.segment)[matches.docs]]
        docs.append(passed)
        scores.append(matches.scores(passed) * searcher.weights(scorer.segment, passed))
        unfiltered += len(matches.docs)
    return Matches(tuple(searcher.segments), tuple(docs), tuple(scores), unfiltered)


def _concatenate(parts: Sequence[Array], dtype: str) -> Array:
    """Concatenate arrays, also none at all."""
    return np.concatenate([np.empty(0, dtype), *parts])


def _reaching(scores: Array, rank: int) -> Array:
    """Return the indices of the `rank` best scores and of all that equal the last of them.

    Only these have to be sorted for a page that ends at `rank`.
    """
    if rank >= len(scores):
        return np.arange(len(scores))
    least = np.partition(scores, len(scores) - rank)[len(scores) - rank]
    return np.flatnonzero(scores >= least)
