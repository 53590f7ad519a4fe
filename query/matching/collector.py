"""Asks every segment a question, and puts what they answer together: the best, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from indexer.segments.reader import Segment
from indexer.store.arrays import Array
from query.matching.matchers import Filter, Matcher
from query.matching.searcher import Searcher

__all__ = ["Match", "Matches", "Sort", "collect"]


Sort = Literal["score", "date", "source"]
"""Orders of hits: best first, newest first, or as they stand in the seeds."""


@dataclass(frozen=True, slots=True)
class Match:
    """One paragraph that was found; `repeats` counts those of the same text, itself among them."""

    score: float
    segment: Segment
    number: int
    repeats: int = 1


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found in each segment: its paragraphs, ascending, and the score of each.

    `unfiltered` is how many there were before a filter. `repeats` counts for each, where equal texts
    are collapsed, how many there were.
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
        """Return each segment with the paragraphs that were found in it."""
        return list(zip(self.segments, self.docs, strict=True))

    def best(self, first: int, end: int, order: Array, sort: Sort = "score") -> list[Match]:
        """Return the paragraphs from rank `first` to `end`, counted from 0.

        Equals stand in reading order: by `order`, the place of each source among all, then as printed.
        """
        scores = _joined(self.scores, "f8")
        if first >= len(scores) or first >= end:
            return []
        chosen = np.arange(len(scores))
        if end < len(scores) and sort == "score":
            # Equals that straddle the end of the page have to be put in order before it is cut.
            least = np.partition(scores, len(scores) - end)[len(scores) - end]
            chosen = np.flatnonzero(scores >= least)
        owner = self._owners()[chosen]
        number = _joined(self.docs, "u4")[chosen]
        keys = [self._places(owner, number, order)]
        if sort != "source":
            keys.append(-scores[chosen])
        if sort == "date":
            keys.append(-self._column("date", owner, number).astype("i8"))
        ranked = np.lexsort(keys)[first:end]
        repeats = _joined(self.repeats, "i8")[chosen] if self.repeats else np.ones(len(chosen), "i8")
        return [
            Match(float(scores[chosen[at]]), self.segments[owner[at]], int(number[at]), int(repeats[at]))
            for at in ranked
        ]

    def collapsed(self, order: Array) -> Matches:
        """Return of all paragraphs of the same text the best one."""
        owner, number = self._owners(), _joined(self.docs, "u4")
        digests = self._column("digest", owner, number)
        ranked = np.lexsort((self._places(owner, number, order), -_joined(self.scores, "f8")))
        _, first, counts = np.unique(digests[ranked], return_index=True, return_counts=True)
        keep, repeats = np.zeros(len(owner), bool), np.ones(len(owner), "i8")
        keep[ranked[first]], repeats[ranked[first]] = True, counts
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
        """Return the segment of each paragraph, by its number."""
        return np.repeat(np.arange(len(self.docs)), [len(docs) for docs in self.docs])

    def _places(self, owner: Array, number: Array, order: Array) -> Array:
        """Return numbers that sort as the paragraphs stand in the seeds."""
        sources = self._column("source.ids", owner, number)
        return (order[sources].astype("i8") << 32) + number

    def _column(self, name: str, owner: Array, number: Array) -> Array:
        """Return what an array of each segment has for some paragraphs."""
        values = np.empty(len(number), "u8")
        for at, segment in enumerate(self.segments):
            own = owner == at
            values[own] = segment.file[name][number[own]]
        return values


def _joined(parts: Sequence[Array], dtype: str) -> Array:
    return np.concatenate([np.empty(0, dtype), *parts])


def collect(searcher: Searcher, node: Matcher, allowed: Filter | None = None) -> Matches:
    """Ask a question of all segments; `allowed` lets pass what a filter lets pass."""
    docs, scores, unfiltered = [], [], 0
    for scope in searcher.scopes():
        found = node.find(scope)
        passed = found.docs if allowed is None else found.docs[allowed(scope.segment)[found.docs]]
        docs.append(passed)
        scores.append(found.scores(passed))
        unfiltered += len(found.docs)
    return Matches(tuple(searcher.segments), tuple(docs), tuple(scores), unfiltered)
