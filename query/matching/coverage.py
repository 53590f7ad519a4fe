"""What is only sought loosely: paragraphs with some of the words of a query, the weightiest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from indexer.segments.schema import HEADING, MATCH, WORDS
from indexer.store.arrays import Array
from indexer.text.folding import holds_word, join_pair, units
from query.matching.bm25 import SegmentScorer
from query.matching.matchers import SegmentMatches
from query.matching.positions import find_phrase
from query.matching.searcher import Searcher

__all__ = ["Coverage", "MinimumCoverage", "measure_coverage", "ranking_terms"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much each paragraph has of some words, by segment, and how much all of them weigh."""

    weights: Mapping[str, Array]
    whole: float


def measure_coverage(searcher: Searcher, words: Iterable[Sequence[str]]) -> Coverage:
    """Weigh the words that each paragraph has; of words that mean the same, any will do."""
    weights = {segment.name: np.zeros(segment.size) for segment in searcher.segments}
    whole = 0.0
    for synonyms in words:
        holding = {scope.segment.name: _holding(scope, synonyms) for scope in searcher.scopes()}
        weight = searcher.statistics.steep_idf_of(sum(map(len, holding.values())))
        whole += weight
        for name, docs in holding.items():
            weights[name][docs] += weight
    return Coverage(weights, whole)


def ranking_terms(folded: Iterable[str], words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the terms that rank what has something of some texts: words, pairs and units."""
    terms = [(name, word) for word in words for name in (WORDS, HEADING)]
    for text in folded:
        parts = units(text)
        terms += [(MATCH, part) for part in parts if holds_word(part)]
        terms += [(MATCH, join_pair(*two)) for two in pairwise(parts) if all(map(holds_word, two))]
    return tuple(dict.fromkeys(terms))


@dataclass(frozen=True, slots=True)
class MinimumCoverage:
    """Paragraphs whose words weigh at least `least`, ranked by `terms`, the rare ones far before others."""

    coverage: Coverage
    terms: tuple[tuple[str, str], ...] = ()
    least: float = 0.0

    def find(self, scope: SegmentScorer) -> SegmentMatches:
        """Return the paragraphs that have enough of the words."""
        weights = self.coverage.weights[scope.segment.name]
        docs = np.flatnonzero((weights > 0) & (weights >= self.least)).astype("u4")
        return _CoverageMatches(self, scope, docs)


@dataclass(frozen=True, slots=True)
class _CoverageMatches:
    loose: MinimumCoverage
    scope: SegmentScorer
    docs: Array

    def scores(self, docs: Array) -> Array:
        scores = np.zeros(len(docs))
        self.scope.add(scores, self.loose.terms, docs, self.scope.statistics.weight)
        return scores


def _holding(scope: SegmentScorer, synonyms: Sequence[str]) -> Array:
    found = [find_phrase(scope, units(text))[0] for text in synonyms]
    return found[0] if len(found) == 1 else np.unique(np.concatenate(found))
