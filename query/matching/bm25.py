"""A segment with what scoring has to know of the whole index: how common a term is, how long a text."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from indexer.segments.norms import NORM_LENGTHS
from indexer.segments.reader import Segment
from indexer.segments.schema import MATCH
from indexer.store.arrays import Array
from query.results import ScorePart

__all__ = ["CollectionStatistics", "SegmentScorer"]

# BM25 with the constants that Whoosh takes, and its inverse document frequency.
_B = 0.75
_K1 = 1.2

# What a question says beside its matter (什么, 哪些, 是) has to weigh next to nothing.
_STEEPNESS = 1.5

_MANY = 16  # so many times more postings than paragraphs: then each paragraph is looked up
_own = threading.local()


class CollectionStatistics:
    """What is counted over all segments of an index."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Count."""
        self._segments = segments
        self._count = sum(segment.live_count for segment in segments)
        self._norms: dict[str, Array] = {}
        self._worths: dict[str, Array] = {}

    def idf(self, name: str, term: str) -> float:
        """Return the inverse document frequency of a term."""
        frequency = sum(_frequency(segment, name, term) for segment in self._segments)
        return math.log(self._count / (frequency + 1)) + 1

    def weight(self, name: str, term: str) -> float:
        """Return the rarity of a term for what is only sought loosely: common words weigh next to nothing."""
        frequency = sum(_frequency(segment, name, term) for segment in self._segments)
        return self.steep_idf_of(frequency)

    def steep_idf_of(self, frequency: int) -> float:
        """Return the weight of what stands in so many paragraphs."""
        rarity = math.log(1 + (self._count - frequency + 0.5) / (frequency + 0.5))
        return float(rarity**_STEEPNESS)

    def term_frequency_scores(self, name: str, counts: Array, lengths: Array) -> Array:
        """Return what BM25 makes of counts, and of lengths as their bytes, for a term of rarity 1."""
        if name not in self._norms:
            self._norms[name] = self._norm(name)
            self._worths[name] = _bm25(np.arange(256)[:, None], self._norms[name]).ravel()
        if counts.itemsize > 1:  # hardly ever does a term stand 256 times in one paragraph
            return _bm25(counts, self._norms[name][lengths])
        # A look-up takes a third of the time of working it out for each posting.
        return self._worths[name].take((counts.astype("u2") << 8) | lengths)

    def _norm(self, name: str) -> Array:
        """Return what the length of a field, as its byte, adds under the fraction of BM25."""
        lengths = sum(np.bincount(segment.norms(name), minlength=256) for segment in self._segments)
        average = float((lengths * NORM_LENGTHS).sum()) / max(1, self._count) or 1.0
        norm: Array = _K1 * ((1 - _B) + _B * np.maximum(NORM_LENGTHS, 1) / average)
        return norm


def _bm25(counts: Array, norm: Array) -> Array:
    worth: Array = counts * (_K1 + 1) / (counts + norm)
    return worth


def _frequency(segment: Segment, name: str, term: str) -> int:
    """Return how many paragraphs of a segment a term stands in."""
    postings, alive = segment.postings(name), segment.live
    number = postings.find(term.encode("utf-8"))
    if number is None:
        return 0
    return postings.document_frequency(number) if alive is None else int(alive[postings.docs(number)].sum())


@dataclass(slots=True)
class SegmentScorer:
    """One segment, asked one question; `parts` takes down what the score of one paragraph is made of."""

    segment: Segment
    statistics: CollectionStatistics
    parts: list[ScorePart] | None = None

    def number(self, name: str, term: str) -> int | None:
        """Return the number of a term in this segment."""
        return self.segment.postings(name).find(term.encode("utf-8"))

    def scored(
        self, name: str, term: str, docs: Array, where: Array | None, rarity: float | None = None
    ) -> Array:
        """Return what a term adds to the scores of `docs`; `where` are its postings, None all of them.

        Raise `KeyError` for a term that this segment does not have.
        """
        number = self.number(name, term)
        if number is None:
            raise KeyError(term)
        postings = self.segment.postings(name)
        counts = postings.term_frequencies(number)
        if where is not None:
            counts = counts.take(where)
        worth = self.statistics.term_frequency_scores(name, counts, postings.norms.take(docs))
        worth *= self.statistics.idf(name, term) if rarity is None else rarity
        self.note(name, term, worth)
        return worth

    def counted(self, term: str, counts: Array, docs: Array) -> Array:
        """Return what it is worth that something stands `counts` times in the texts of `docs`."""
        lengths = self.segment.postings(MATCH).norms.take(docs)
        worth = self.statistics.term_frequency_scores(MATCH, np.minimum(counts, 255).astype("u1"), lengths)
        self.note(MATCH, term, worth)
        return worth

    def note(self, name: str, term: str, worth: Array) -> None:
        """Take down what a term adds, where that is asked for: of one paragraph."""
        if self.parts is not None and len(worth):
            self.parts.append(ScorePart(name, term, float(worth[0])))

    def add(
        self,
        scores: Array,
        terms: Iterable[tuple[str, str]],
        docs: Array,
        rarity: Callable[[str, str], float] | None = None,
    ) -> None:
        """Add to the scores of `docs`, where one of some terms of fields stands, what it is worth."""
        if not len(docs):
            return
        with _slots(docs, self.segment.size) as slots:
            for name, term in terms:
                number = self.number(name, term)
                if number is None:
                    continue
                own = self.segment.postings(name).docs(number)
                if len(own) > _MANY * len(docs):
                    where = np.minimum(np.searchsorted(own, docs), len(own) - 1)
                    at = np.flatnonzero(own[where] == docs)
                    where = where[at]
                else:
                    at = slots.take(own)
                    where = np.flatnonzero(at >= 0)
                    at = at.take(where)
                weight = rarity(name, term) if rarity else None
                scores[at] += self.scored(name, term, docs.take(at), where, weight)


@contextmanager
def _slots(docs: Array, size: int) -> Iterator[Array]:
    """Lend an array that tells of every paragraph of a segment which of `docs` it is, or -1.

    It is kept for the thread: to make one for each question would take longer than the question.
    """
    slots: Array | None = getattr(_own, "slots", None)
    if slots is None or len(slots) < size:
        slots = _own.slots = np.full(size, -1, "i4")
    slots[docs] = np.arange(len(docs), dtype="i4")
    try:
        yield slots
    finally:
        slots[docs] = -1
