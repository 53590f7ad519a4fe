"""Coverage: match paragraphs that have some of the words of a query, by the idf of those they have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field

from indexer.segments.schema import HEADING, MATCH, WORDS
from indexer.store.arrays import Array
from indexer.text.folding import holds_word, join_pair, units
from query.matching.bm25 import SegmentScorer
from query.matching.filters import docs_headed, live_only
from query.matching.positions import find_phrase
from query.matching.segment_matches import SegmentMatches

if TYPE_CHECKING:
    from query.matching.searcher import Searcher

__all__ = ["BONUS", "Coverage", "MinimumCoverage", "measure_coverage", "ranking_terms"]


_ALL = 1 - 1e-9  # of the weight of all words, which is a sum of floats
BONUS = 0.2
"""Of its score, what a paragraph with all of the words has more."""


class Coverage(Struct, frozen=True):
    """The steep idf of some words, of which each comes with its synonyms; `total` is the sum of all.

    `weights` holds by segment name the summed steep idf of the words that each paragraph has (f8).
    """

    words: tuple[tuple[str, ...], ...]
    idfs: tuple[float, ...]
    total: float
    weights: dict[str, Array]

    def weights_in(self, scorer: SegmentScorer) -> Array:
        """Sum up the steep idf of the words that each paragraph of a segment has."""
        name = scorer.segment.name
        if name not in self.weights:
            own = self.weights[name] = np.zeros(scorer.segment.size)
            for synonyms, idf in zip(self.words, self.idfs, strict=True):
                own[_docs_with_any(scorer, synonyms)] += idf
        return self.weights[name]


def measure_coverage(searcher: Searcher, words: Iterable[Sequence[str]]) -> Coverage:
    """Measure which words each paragraph, or what stands above it, has; each word comes with its synonyms."""
    weights = {segment.name: np.zeros(segment.size) for segment in searcher.segments}
    sought, idfs, total = [], [], 0.0
    for synonyms in words:
        found = {scorer.segment.name: _docs_with_any(scorer, synonyms) for scorer in searcher.scorers()}
        weight = searcher.statistics.steep_idf_of(sum(map(len, found.values())))
        total += weight
        sought.append(tuple(synonyms))
        idfs.append(weight)
        for name, docs in found.items():
            weights[name][docs] += weight
    return Coverage(tuple(sought), tuple(idfs), total, weights)


def ranking_terms(folded: Iterable[str], words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """List the terms (field, term) that score partial matches: words, and the units and pairs of texts."""
    terms = [(name, word) for word in words for name in (WORDS, HEADING)]
    for text in folded:
        parts = units(text)
        terms += [(MATCH, part) for part in parts if holds_word(part)]
        terms += [(MATCH, join_pair(*pair)) for pair in pairwise(parts) if all(map(holds_word, pair))]
    return tuple(dict.fromkeys(terms))


class MinimumCoverage(Struct, frozen=True):
    """Match paragraphs whose words weigh more than 0 and at least `minimum`, scored by `terms`.

    A term counts by its steep idf, so that rare ones count far more than common ones, times its weight in
    `terms`. A paragraph with all of the words is worth a little more.
    """

    coverage: Coverage
    terms: Mapping[tuple[str, str], float] = field(default_factory=dict)
    minimum: float = 0.0

    def match(self, scorer: SegmentScorer) -> SegmentMatches:
        """Find the paragraphs with enough of the words."""
        weights = self.coverage.weights_in(scorer)
        docs = np.flatnonzero((weights > 0) & (weights >= self.minimum)).astype("u4")
        return _CoverageMatches(scorer, docs, self.terms, weights >= self.coverage.total * _ALL)


class _CoverageMatches(Struct, frozen=True):
    """Paragraphs that are scored by those of `terms` that they have."""

    scorer: SegmentScorer
    docs: Array
    terms: Mapping[tuple[str, str], float]
    has_all: Array

    def scores(self, docs: Array) -> Array:
        scores = np.zeros(len(docs))
        self.scorer.add_terms(scores, self.terms, docs, self._weight)
        bonus = scores * np.where(self.has_all[docs], BONUS, 0.0)
        self.scorer.explain("all-words", "", bonus)
        return scores + bonus

    def _weight(self, name: str, term: str) -> float:
        return self.scorer.statistics.steep_idf(name, term) * self.terms[name, term]


def _docs_with_any(scorer: SegmentScorer, texts: Sequence[str]) -> Array:
    """Find the paragraphs in which, or in whose headings, at least one of some folded texts occurs."""
    found = [find_phrase(scorer, units(text))[0] for text in texts]
    headed = (docs_headed(scorer.segment, text) for text in texts)
    found += [docs for docs in headed if len(docs)]
    if len(found) == 1:
        return found[0]
    mask = np.zeros(scorer.segment.size, bool)
    for docs in found:
        mask[docs] = True
    return np.flatnonzero(live_only(mask, scorer.segment))
