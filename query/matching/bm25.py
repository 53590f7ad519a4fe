"""BM25: the statistics of the whole index, and the scores of terms in one segment.

A term adds to the score of a paragraph idf · tf, with the constants and the idf of Whoosh:

    idf = ln(N / (df + 1)) + 1
    tf  = f · (k1 + 1) / (f + k1 · (1 − b + b · dl / avgdl))

where N is the number of live documents (paragraphs), df the document frequency of the term, f its
frequency in the paragraph, dl the length of the paragraph, rounded to its norm, and avgdl the average
length, each in one field.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from indexer.segments.norms import NORM_LENGTHS
from indexer.segments.reader import Segment
from indexer.segments.schema import MATCH
from indexer.store.arrays import Array
from query.results import ScorePart

if TYPE_CHECKING:
    from query.matching.filters import Filter

__all__ = ["CollectionStatistics", "SegmentScorer", "SegmentStatistics"]

_K1 = 1.2
_B = 0.75

_IDF_STEEPNESS = 1.25  # words that only frame a question (什么, 哪些, 是) have to weigh next to nothing
_SEARCH_RATIO = 16  # from so many times more postings than paragraphs on, binary search is faster

_thread = threading.local()


class CollectionStatistics:
    """Statistics over the live documents of an index, whoever counts them."""

    def __init__(self, count: int) -> None:
        """Take the number of live documents."""
        self._count = count
        self._length_factors: dict[str, Array] = {}
        self._score_tables: dict[str, Array] = {}

    def document_frequency(self, field: str, term: str) -> int:
        """Count the live documents with a term."""
        raise NotImplementedError

    def passing(self, passes: Filter, segment: Segment, mask: Array) -> int:
        """Count the live documents that pass a filter; `mask` are those of one segment."""
        raise NotImplementedError

    def total_length(self, field: str) -> int:
        """Sum the lengths of a field in all live documents, each rounded to its norm."""
        raise NotImplementedError

    def average_length(self, field: str) -> float:
        """Return the average length of a field in all live documents."""
        return self.total_length(field) / max(1, self._count) or 1.0

    def idf(self, field: str, term: str) -> float:
        """Compute the inverse document frequency of a term, see `idf_of`."""
        return self.idf_of(self.document_frequency(field, term))

    def idf_of(self, frequency: int) -> float:
        """Compute ln(N / (df + 1)) + 1 for a document frequency."""
        return math.log(self._count / (frequency + 1)) + 1

    def steep_idf(self, field: str, term: str) -> float:
        """Compute the steep idf of a term, see `steep_idf_of`."""
        return self.steep_idf_of(self.document_frequency(field, term))

    def steep_idf_of(self, frequency: int) -> float:
        """Compute ln(1 + (N − df + 0.5) / (df + 0.5)) ^ 1.25 for a document frequency.

        It is the idf of words of which not all have to match: common words weigh next to nothing.
        """
        idf = math.log(1 + (self._count - frequency + 0.5) / (frequency + 0.5))
        return float(idf**_IDF_STEEPNESS)

    def term_frequency_scores(self, field: str, frequencies: Array, norms: Array) -> Array:
        """Compute the term frequency part of BM25, f8: f · (k1 + 1) / (f + k1 · (1 − b + b · dl / avgdl)).

        `frequencies` are u1, or wider where one is larger, and `norms` u1, one of each a paragraph.
        """
        if field not in self._length_factors:
            factors = self._length_factors[field] = self._compute_length_factors(field)
            self._score_tables[field] = _term_frequency_part(np.arange(256)[:, None], factors).ravel()
        if frequencies.itemsize > 1:  # hardly any term occurs more than 255 times in one paragraph
            return _term_frequency_part(frequencies, self._length_factors[field][norms])
        # Looking a score up takes a third of the time of computing it.
        return self._score_tables[field].take((frequencies.astype("u2") << 8) | norms)

    def _compute_length_factors(self, field: str) -> Array:
        """Compute k1 · (1 − b + b · dl / avgdl) for the length of each of the 256 norms."""
        average = self.average_length(field)
        factors: Array = _K1 * ((1 - _B) + _B * np.maximum(NORM_LENGTHS, 1) / average)
        return factors


class SegmentStatistics(CollectionStatistics):
    """Statistics over the live documents of some segments."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Count the live documents of the segments."""
        super().__init__(sum(segment.live_count for segment in segments))
        self._segments = segments

    def document_frequency(self, field: str, term: str) -> int:
        """Count the live documents with a term."""
        return sum(_document_frequency(segment, field, term) for segment in self._segments)

    def passing(self, passes: Filter, segment: Segment, mask: Array) -> int:
        """Count the live documents that pass a filter; `mask` are those of one segment."""
        others = (each for each in self._segments if each is not segment)
        return int(mask.sum()) + sum(_count_live(passes(each), each) for each in others)

    def total_length(self, field: str) -> int:
        """Sum the lengths of a field in all live documents, each rounded to its norm."""
        counts = sum(np.bincount(segment.norms(field), minlength=256) for segment in self._segments)
        return int((counts * NORM_LENGTHS).sum())


class SegmentScorer(Struct):
    """Scores the paragraphs of one segment for one query; a list of `parts` receives an explanation."""

    segment: Segment
    statistics: CollectionStatistics
    parts: list[ScorePart] | None = None

    def term_number(self, field: str, term: str) -> int | None:
        """Return the number of a term in the segment, None for a term that it does not have."""
        return self.segment.postings(field).find(term.encode("utf-8"))

    def score_term(
        self, field: str, term: str, docs: Array, indices: Array | None, idf: float | None = None
    ) -> Array:
        """Compute the scores of `docs` for a term that all of them have.

        `indices` are the indices of `docs` into the postings of the term; None where `docs` are all of
        them. `idf` replaces the idf of the term. Raise `KeyError` for a term that the segment does not
        have.
        """
        number = self.term_number(field, term)
        if number is None:
            raise KeyError(term)
        postings = self.segment.postings(field)
        frequencies = postings.term_frequencies(number)
        if indices is not None:
            frequencies = frequencies.take(indices)
        norms = postings.norms.take(docs)
        scores = self.statistics.term_frequency_scores(field, frequencies, norms)
        scores *= self.statistics.idf(field, term) if idf is None else idf
        self.explain(field, term, scores)
        return scores

    def score_frequencies(self, text: str, docs: Array, frequencies: Array) -> Array:
        """Compute the scores of `docs` for a `text` that is no term, by how often it occurs in each.

        Its idf counts as 1.
        """
        norms = self.segment.postings(MATCH).norms.take(docs)
        capped = np.minimum(frequencies, 255).astype("u1")
        scores = self.statistics.term_frequency_scores(MATCH, capped, norms)
        self.explain(MATCH, text, scores)
        return scores

    def add_terms(
        self,
        scores: Array,
        terms: Iterable[tuple[str, str]],
        docs: Array,
        idf: Callable[[str, str], float] | None = None,
    ) -> None:
        """Add to `scores` of `docs` those of each of the `terms` (field, term) where a paragraph has it.

        `idf` replaces the idf of a field and term.
        """
        if not len(docs):
            return
        with _borrow_slots(docs, self.segment.size) as slots:
            for field, term in terms:
                number = self.term_number(field, term)
                if number is None:
                    continue
                postings = self.segment.postings(field).docs(number)
                indices, slot = _intersect(postings, docs, slots)
                weight = idf(field, term) if idf else None
                scores[slot] += self.score_term(field, term, docs.take(slot), indices, weight)

    def explain(self, field: str, term: str, scores: Array) -> None:
        """Append the score of the first paragraph to `parts`, if there are any of both."""
        if self.parts is not None and len(scores):
            self.parts.append(ScorePart(field, term, float(scores[0])))


def _term_frequency_part(frequencies: Array, length_factors: Array) -> Array:
    scores: Array = frequencies * (_K1 + 1) / (frequencies + length_factors)
    return scores


def _document_frequency(segment: Segment, field: str, term: str) -> int:
    """Count the live documents of a segment with a term."""
    postings, live = segment.postings(field), segment.live
    number = postings.find(term.encode("utf-8"))
    if number is None:
        return 0
    return postings.document_frequency(number) if live is None else int(live[postings.docs(number)].sum())


def _count_live(mask: Array, segment: Segment) -> int:
    return int((mask if segment.live is None else mask & segment.live).sum())


def _intersect(postings: Array, docs: Array, slots: Array) -> tuple[Array, Array]:
    """Find the paragraphs that are in both: their indices into `postings`, and those into `docs`."""
    if len(postings) > _SEARCH_RATIO * len(docs):
        indices = np.minimum(np.searchsorted(postings, docs), len(postings) - 1)
        found = np.flatnonzero(postings[indices] == docs)
        return indices[found], found
    found = slots.take(postings)
    indices = np.flatnonzero(found >= 0)
    return indices, found.take(indices)


@contextmanager
def _borrow_slots(docs: Array, size: int) -> Iterator[Array]:
    """Lend an array (i4) that holds for each paragraph of a segment its index into `docs`, or -1.

    The array belongs to the thread and is reused: allocating it would take longer than a query.
    """
    slots: Array | None = getattr(_thread, "slots", None)
    if slots is None or len(slots) < size:
        slots = _thread.slots = np.full(size, -1, "i4")
    slots[docs] = np.arange(len(docs), dtype="i4")
    try:
        yield slots
    finally:
        slots[docs] = -1
