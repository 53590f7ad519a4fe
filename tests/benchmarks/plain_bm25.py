"""A plain BM25 to compare with: words, pairs and single characters of headline and text, and no ladder.

k1 is 1.2, b is .75, idf is ln(1 + (N - n + .5) / (n + .5)). The terms are the words of rjieba's search mode
and the pairs of characters, both with weight 1, and single characters with .2, all folded.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import rjieba

from indexer.text.folding import fold

__all__ = ["PlainBM25"]

K1, B = 1.2, 0.75
WEIGHTS = {"word": 1.0, "pair": 1.0, "character": 0.2}

Term = tuple[str, str]


class PlainBM25:
    """An inverted index in memory; `documents` are texts by id."""

    def __init__(self, documents: Mapping[str, str]) -> None:
        """Index the documents."""
        self._ids = [*documents]
        counts = [Counter(terms(text)) for text in documents.values()]
        self._postings: defaultdict[Term, list[tuple[int, int]]] = defaultdict(list)
        lengths: dict[str, list[int]] = {kind: [0] * len(counts) for kind in WEIGHTS}
        for number, count in enumerate(counts):
            for term, frequency in count.items():
                self._postings[term].append((number, frequency))
                lengths[term[0]][number] += frequency
        self._norms = {kind: norms(own) for kind, own in lengths.items()}

    def search(self, question: str, limit: int) -> list[str]:
        """List the ids of the best documents, best first."""
        scores: defaultdict[int, float] = defaultdict(float)
        for term in set(terms(question)) & self._postings.keys():
            postings, norm = self._postings[term], self._norms[term[0]]
            idf = math.log(1 + (len(self._ids) - len(postings) + 0.5) / (len(postings) + 0.5))
            for number, frequency in postings:
                part = frequency * (K1 + 1) / (frequency + K1 * norm[number])
                scores[number] += WEIGHTS[term[0]] * idf * part
        best = sorted(scores, key=lambda number: (-scores[number], number))
        return [self._ids[number] for number in best[:limit]]


def terms(text: str) -> Iterator[Term]:
    """Yield the terms of a text, each as often as it occurs."""
    folded = fold(text)
    yield from (("word", word) for word in rjieba.cut_for_search(folded) if any(map(str.isalnum, word)))
    yield from (("pair", left + right) for left, right in pairwise(folded) if (left + right).isalnum())
    yield from (("character", char) for char in folded if char.isalnum())


def norms(lengths: Sequence[int]) -> list[float]:
    """Compute 1 - b + b * length / average for each document."""
    average = sum(lengths) / len(lengths)
    return [1 - B + B * length / average for length in lengths]
