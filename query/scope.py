"""A segment with what scoring has to know of the whole index: how common a term is, how long a text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.lengths import LENGTH_OF
from indexer.segment import Segment

__all__ = ["Scope", "Statistics"]

Array = npt.NDArray[Any]

# BM25 with the constants that Whoosh takes, and its inverse document frequency.
_B = 0.75
_K1 = 1.2


class Statistics:
    """What is counted over all segments of an index."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Count."""
        self._segments = segments
        self._count = sum(segment.count for segment in segments)
        self._norms: dict[str, Array] = {}

    def rarity(self, name: str, term: str) -> float:
        """Return the inverse document frequency of a term."""
        frequency = sum(_frequency(segment, name, term) for segment in self._segments)
        return math.log(self._count / (frequency + 1)) + 1

    def norm(self, name: str) -> Array:
        """Return what the length of a field, as its byte, adds under the fraction of BM25."""
        if name not in self._norms:
            counts = sum(np.bincount(segment.lengths(name), minlength=256) for segment in self._segments)
            average = float((counts * LENGTH_OF).sum()) / max(1, self._count) or 1.0
            self._norms[name] = _K1 * ((1 - _B) + _B * np.maximum(LENGTH_OF, 1) / average)
        return self._norms[name]


def _frequency(segment: Segment, name: str, term: str) -> int:
    """Return how many paragraphs of a segment a term stands in."""
    postings, alive = segment.field(name), segment.alive
    number = postings.find(term.encode("utf-8"))
    if number is None:
        return 0
    return postings.frequency(number) if alive is None else int(alive[postings.docs(number)].sum())


@dataclass(slots=True)
class Scope:
    """One segment, asked one question."""

    segment: Segment
    statistics: Statistics

    def number(self, name: str, term: str) -> int | None:
        """Return the number of a term in this segment."""
        return self.segment.field(name).find(term.encode("utf-8"))

    def scored(self, name: str, term: str, docs: Array, where: Array) -> Array:
        """Return what a term adds to the scores of `docs`, of which `where` tells its postings.

        Raise `KeyError` for a term that this segment does not have.
        """
        number = self.number(name, term)
        if number is None:
            raise KeyError(term)
        postings = self.segment.field(name)
        counts = postings.counts(number)[where].astype("f8")
        norm = self.statistics.norm(name)[postings.lengths[docs]]
        worth: Array = self.statistics.rarity(name, term) * (counts * (_K1 + 1) / (counts + norm))
        return worth

    def add(self, scores: Array, name: str, term: str, docs: Array) -> None:
        """Add to the scores of those of `docs` in which a term stands what it is worth."""
        number = self.number(name, term)
        if number is None or not len(docs):
            return
        own = self.segment.field(name).docs(number)
        if len(own) < len(docs):
            at = np.minimum(np.searchsorted(docs, own), len(docs) - 1)
            where = np.flatnonzero(docs[at] == own)
            at = at[where]
        else:
            where = np.minimum(np.searchsorted(own, docs), len(own) - 1)
            at = np.flatnonzero(own[where] == docs)
            where = where[at]
        scores[at] += self.scored(name, term, docs[at], where)
