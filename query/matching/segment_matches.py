"""What a matcher found in a segment: the paragraphs, and their scores when they are asked for.

Paragraphs are given by their numbers in the segment, ascending (u4), and scores as f8.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Protocol

import numpy as np
from msgspec import Struct

from indexer.segments.schema import HEADING, MATCH, WORDS
from indexer.store.arrays import Array
from query.matching.bm25 import SegmentScorer
from query.matching.filters import Filter

__all__ = [
    "NAME_BOOST",
    "AndMatches",
    "BoostedMatches",
    "OrMatches",
    "SegmentMatches",
    "TextMatches",
    "UnscoredMatches",
    "WildcardMatches",
]

NAME_BOOST = 100.0
"""For what the speaker of the name asked for says: larger than the score of a name in any text."""


class SegmentMatches(Protocol):
    """The matches of one segment."""

    @property
    def docs(self) -> Array:
        """The paragraphs found, live documents only."""
        ...

    def scores(self, docs: Array) -> Array:
        """Compute the scores of some of the paragraphs found."""
        ...


class UnscoredMatches(Struct, frozen=True):
    """Paragraphs that all score 0."""

    docs: Array

    def scores(self, docs: Array) -> Array:
        """Return zeros."""
        return np.zeros(len(docs))


class TextMatches(Struct, frozen=True):
    """Paragraphs with a phrase, scored by the terms that matched it and by `words`.

    `indices` are those of `docs` into the postings of each term; None where they are all its postings.
    """

    scorer: SegmentScorer
    docs: Array
    indices: Mapping[str, Array | None]
    words: Sequence[str]

    def scores(self, docs: Array) -> Array:
        """Add the scores of the matched terms, and those of the words in text and headings."""
        scores = np.zeros(len(docs))
        subset = None if docs is self.docs else np.searchsorted(self.docs, docs)
        for term, own in self.indices.items():
            indices = subset if own is None else own if subset is None else own[subset]
            scores += self.scorer.score_term(MATCH, term, docs, indices)
        self.scorer.add_terms(scores, product((WORDS, HEADING), self.words), docs)
        return scores


class WildcardMatches(Struct, frozen=True):
    """Paragraphs with a pattern, scored by its `frequencies`; `text` is the pattern as typed."""

    scorer: SegmentScorer
    docs: Array
    frequencies: Array
    text: str

    def scores(self, docs: Array) -> Array:
        """Score the pattern as a term with an idf of 1."""
        frequencies = self.frequencies
        if docs is not self.docs:
            frequencies = frequencies[np.searchsorted(self.docs, docs)]
        return self.scorer.score_frequencies(self.text, docs, frequencies)


class BoostedMatches(Struct, frozen=True):
    """Other matches, of which the paragraphs of some speakers are boosted."""

    scorer: SegmentScorer
    matches: SegmentMatches
    speakers: Filter
    boost: float

    @property
    def docs(self) -> Array:
        """The paragraphs of the other matches."""
        return self.matches.docs

    def scores(self, docs: Array) -> Array:
        """Add the boost to the scores of the other matches."""
        boosts = self.speakers(self.scorer.segment)[docs] * self.boost
        self.scorer.explain("speaker", "", boosts)
        return self.matches.scores(docs) + boosts


class AndMatches(Struct, frozen=True):
    """Paragraphs that are in all `parts`."""

    docs: Array
    parts: Sequence[SegmentMatches]

    def scores(self, docs: Array) -> Array:
        """Add the scores of all parts."""
        return np.sum([part.scores(docs) for part in self.parts], axis=0)  # type: ignore[no-any-return]


class OrMatches(Struct, frozen=True):
    """Paragraphs that are in at least one of `parts`, in a segment of `size` paragraphs."""

    docs: Array
    parts: Sequence[SegmentMatches]
    size: int

    def scores(self, docs: Array) -> Array:
        """Add the scores of the parts that a paragraph is in."""
        scores = np.zeros(self.size)
        wanted = np.zeros(self.size, bool)
        wanted[docs] = True
        for part in self.parts:
            own = part.docs if docs is self.docs else part.docs[wanted[part.docs]]
            scores[own] += part.scores(own)
        return scores[docs]
