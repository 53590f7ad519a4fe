"""Asks every segment a question, and puts what they answer together: the best, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.arrays import Array
from indexer.segment import Segment
from query.nodes import Filter, Node
from query.scope import Scope, Statistics

__all__ = ["Collected", "collect"]


@dataclass(frozen=True, slots=True)
class Collected:
    """What was found in each segment: its paragraphs, ascending, and the score of each."""

    segments: tuple[Segment, ...]
    docs: tuple[Array, ...]
    scores: tuple[Array, ...]

    @property
    def total(self) -> int:
        """The number of paragraphs found."""
        return sum(map(len, self.docs))

    def by_segment(self) -> list[tuple[Segment, Array]]:
        """Return each segment with the paragraphs that were found in it."""
        return list(zip(self.segments, self.docs, strict=True))

    def best(self, first: int, end: int, order: Array) -> list[tuple[float, Segment, int]]:
        """Return the paragraphs from rank `first` to `end`, counted from 0, each with its score.

        Equals stand in reading order: by `order`, the place of each source among all, then as printed.
        """
        scores = np.concatenate([np.zeros(0), *self.scores])
        if first >= len(scores) or first >= end:
            return []
        chosen = np.arange(len(scores))
        if end < len(scores):
            # Equals that straddle the end of the page have to be put in order before it is cut.
            least = np.partition(scores, len(scores) - end)[len(scores) - end]
            chosen = np.flatnonzero(scores >= least)
        owner = np.repeat(np.arange(len(self.docs)), [len(docs) for docs in self.docs])[chosen]
        number = np.concatenate([np.zeros(0, "u4"), *self.docs])[chosen]
        place = np.empty(len(chosen), "i8")
        for at, segment in enumerate(self.segments):
            own = owner == at
            sources = segment.file["source.ids"][number[own]]
            place[own] = (order[sources].astype("i8") << 32) + number[own]
        ranked = np.lexsort((place, -scores[chosen]))[first:end]
        return [(float(scores[chosen[at]]), self.segments[owner[at]], int(number[at])) for at in ranked]


def collect(
    segments: Sequence[Segment], statistics: Statistics, node: Node, allowed: Filter | None = None
) -> Collected:
    """Ask a question of all segments; `allowed` lets pass what a filter lets pass."""
    docs, scores = [], []
    for segment in segments:
        found = node.find(Scope(segment, statistics))
        passed = found.docs if allowed is None else found.docs[allowed(segment)[found.docs]]
        docs.append(passed)
        scores.append(found.scores(passed))
    return Collected(tuple(segments), tuple(docs), tuple(scores))
