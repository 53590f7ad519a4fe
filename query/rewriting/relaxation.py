"""Relaxation: answer a query on the first of five rungs on which something is found.

    exact        everything as it was asked
    all-words    the words of each text, anywhere in the paragraph
    most-words   paragraphs with most of its words by their weight: the best has at least half of it
    any-word     paragraphs with any of its words
    sounds-like  names of the same sound in place of texts that occur nowhere in the index

If no word of the query is known to the segmenter, sounds-like is tried before most-words and any-word:
a name of the same sound is better than characters that happen to be adjacent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise
from typing import Literal

from indexer.text.folding import fold, join_units, units
from query.language.segmenter import QuerySegmenter
from query.language.syntax_tree import (
    And,
    Field,
    Leaf,
    Not,
    Text,
    Tree,
    any_of,
    leaves,
    map_leaves,
    replace_near,
)
from query.matching.collector import Matches, collect
from query.matching.compiler import Compiler
from query.matching.coverage import Coverage, MinimumCoverage, measure_coverage, ranking_terms
from query.matching.filters import Filter
from query.matching.matchers import AndMatcher, Matcher
from query.matching.searcher import Searcher
from query.rewriting.expansion import Expansion

__all__ = ["Answer", "Relaxation", "Rung"]

Rung = Literal["exact", "all-words", "most-words", "any-word", "sounds-like"]
"""The rungs from the top."""

_MOST_WORDS_SHARE = 1 / 2  # of the weight of all words, that the best paragraph has on that rung
_SHARE_OF_BEST = 1 / 3  # of the weight of the best paragraph, that all others have on most-words

_MAX_LENGTH = 2_000  # characters of a text whose words are searched below exact
_MAX_WORDS = 400  # of a query, below exact
_MAX_NAME_LENGTH = 8  # characters of a text that may be a misspelt name


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found on a rung.

    `leaves` are the expanded texts to highlight, `words` the words that were searched. `unfiltered`
    counts the paragraphs that match exactly, whether the filters pass them or not.
    """

    rung: Rung
    matcher: Matcher
    matches: Matches
    leaves: tuple[Leaf, ...]
    words: tuple[str, ...]
    unfiltered: int

    @property
    def is_as_asked(self) -> bool:
        """Tell whether something was found, and on the first rung."""
        return self.rung == "exact" and self.matches.total > 0


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Answers one query; only paragraphs that pass `allowed` are found, on any rung."""

    searcher: Searcher
    segmenter: QuerySegmenter
    compiler: Compiler
    expansion: Expansion
    allowed: Filter | None

    def answer(self, tree: Tree, *, strict: bool = False) -> Answer:
        """Answer on the first rung that finds something; on exact if none does, or if `strict`.

        Raise `QueryError` for a field whose value cannot be understood.
        """
        texts = (text for leaf in leaves(tree) for text in leaf.texts)
        words = chain.from_iterable(map(self.segmenter.search_words, texts))
        exact = self.exact(tree, tuple(dict.fromkeys(words)))
        if strict or exact.matches.total:
            return exact
        lower = next((answer for answer in self._lower_rungs(tree) if answer.matches.total), exact)
        return replace(lower, unfiltered=exact.unfiltered)

    def exact(self, tree: Tree, words: tuple[str, ...] = ()) -> Answer:
        """Answer exactly as asked; `words` are those that its texts were cut into.

        Raise `QueryError` for a field whose value cannot be understood.
        """
        return self._answer("exact", tree, words)

    def missing_leaves(self, tree: Tree) -> tuple[Leaf, ...]:
        """List the leaves that occur nowhere in the index, nor does anything that they also mean."""
        return tuple(leaf for leaf in leaves(tree) if not self._occurs(self._compile_expanded(leaf)))

    def count_leaves(self, tree: Tree) -> tuple[tuple[str, int], ...]:
        """Count the paragraphs with each leaf as it was typed, unexpanded and unfiltered."""
        matchers = {leaf: self.compiler.compile(leaf) for leaf in leaves(tree)}
        return tuple(
            (leaf.text, sum(len(matcher.match(scorer).docs) for scorer in self.searcher.scorers()))
            for leaf, matcher in matchers.items()
        )

    def suggest_names(self, missing: Sequence[Leaf]) -> tuple[str, ...]:
        """List the names in the index that sound like a missing leaf, or whose pinyin it is."""
        short = (leaf for leaf in missing if len(leaf.text) <= _MAX_NAME_LENGTH or leaf.text.isascii())
        return tuple(dict.fromkeys(name for leaf in short for name in self.expansion.similar_names(leaf)))

    def _lower_rungs(self, tree: Tree) -> Iterator[Answer]:
        """Answer on the rungs below exact, one after the other, also where nothing is found."""
        words = {leaf: self._leaf_words(leaf) for leaf in leaves(tree)}
        all_words = tuple(dict.fromkeys(chain.from_iterable(words.values())))[:_MAX_WORDS]
        split = map_leaves(replace_near(tree), lambda leaf: _split(leaf, words))
        if split != tree:
            yield self._answer("all-words", split, all_words)
        parts = self._partial_words(tree)
        has_known_word = any(map(self.segmenter.is_known, all_words))
        if has_known_word:
            yield self._cover(tree, parts, all_words)
        if words:  # there are leaves to be misspelt
            yield from self._sound(tree)
        if parts and not has_known_word:
            yield self._cover(tree, parts, parts)

    def _leaf_words(self, leaf: Leaf) -> tuple[str, ...]:
        """Cut a leaf into words; one that falls into single characters has none.

        Otherwise the characters of a misspelt name would match one by one.
        """
        words = tuple(
            word for text in leaf.texts for word in self.segmenter.question_words(text[:_MAX_LENGTH])
        )
        return words if any(len(word) > 1 or leaf.texts == (word,) for word in words) else ()

    def _partial_words(self, tree: Tree) -> tuple[str, ...]:
        """Cut the leaves into known words, and pairs of the units between these.

        A name that the dictionary lacks falls into characters, or is joined with its neighbours; its
        pairs still find it.
        """
        parts: list[str] = []
        for text in _texts(tree):
            for is_known, group in groupby(self.segmenter.question_words(text), self.segmenter.is_known):
                words = list(group)
                parts += words if is_known else map(join_units, pairwise(units("".join(words))))
        return tuple(dict.fromkeys(parts))[:_MAX_WORDS]

    def _cover(self, tree: Tree, parts: Sequence[str], words: tuple[str, ...]) -> Answer:
        """Answer on most-words, or on any-word if no paragraph has most of `parts`.

        Fields and NOTs that the whole query requires still hold.
        """
        coverage = measure_coverage(self.searcher, map(self.expansion.with_synonyms, parts))
        required = [
            self._compile_expanded(part) for part in _conjuncts(tree) if isinstance(part, Field | Not)
        ]
        best = self._best_weight(coverage, required)
        has_most = best >= coverage.total * _MOST_WORDS_SHARE
        minimum = best * _SHARE_OF_BEST if has_most else 0.0
        covered = MinimumCoverage(coverage, self._ranking_terms(tree), minimum)
        highlighted = tuple(Text(text, text) for part in parts for text in self.expansion.with_synonyms(part))
        matcher = AndMatcher((covered, *required))
        return self._collect("most-words" if has_most else "any-word", matcher, highlighted, words)

    def _best_weight(self, coverage: Coverage, required: Sequence[Matcher]) -> float:
        """Find the largest weight of a paragraph that is allowed and that all `required` matchers match."""
        matches = collect(self.searcher, AndMatcher((MinimumCoverage(coverage), *required)), self.allowed)
        weights = coverage.weights
        return max(
            float(weights[segment.name][docs].max(initial=0)) for segment, docs in matches.by_segment()
        )

    def _ranking_terms(self, tree: Tree) -> tuple[tuple[str, str], ...]:
        texts = _texts(tree)
        return ranking_terms(texts, chain.from_iterable(map(self.segmenter.search_words, texts)))

    def _sound(self, tree: Tree) -> Iterator[Answer]:
        """Answer on sounds-like, if there are such names.

        Names of the same sound replace the leaves that are missing. If there are none, but the leaves
        together are the pinyin of names (zhang yan li), these replace the whole query.
        """
        similar = {
            leaf: names for leaf in self.missing_leaves(tree) if (names := self.expansion.similar_names(leaf))
        }
        if similar:
            names = tuple(dict.fromkeys(chain.from_iterable(similar.values())))
            named = map_leaves(tree, lambda leaf: _any_name(similar[leaf]) if leaf in similar else leaf)
        else:
            names = self.expansion.names_in_pinyin("".join(leaf.text for leaf in leaves(tree)))
            named = _any_name(names)
        if names:
            yield self._answer("sounds-like", named, names)

    def _answer(self, rung: Rung, tree: Tree, words: tuple[str, ...]) -> Answer:
        expanded = self.expansion.expand(tree)
        return self._collect(rung, self.compiler.compile(expanded), leaves(expanded), words)

    def _collect(
        self, rung: Rung, matcher: Matcher, highlighted: tuple[Leaf, ...], words: tuple[str, ...]
    ) -> Answer:
        matches = collect(self.searcher, matcher, self.allowed)
        return Answer(rung, matcher, matches, highlighted, words, matches.unfiltered)

    def _compile_expanded(self, tree: Tree) -> Matcher:
        return self.compiler.compile(self.expansion.expand(tree))

    def _occurs(self, matcher: Matcher) -> bool:
        """Tell whether a matcher finds anything, filters aside."""
        return any(len(matcher.match(scorer).docs) for scorer in self.searcher.scorers())


def _texts(tree: Tree) -> list[str]:
    """List the texts of the leaves, each cut off at `_MAX_LENGTH`."""
    return [text[:_MAX_LENGTH] for leaf in leaves(tree) for text in leaf.texts]


def _split(leaf: Leaf | Field, words: Mapping[Leaf, tuple[str, ...]]) -> Tree:
    """Replace a leaf by its words, joined by AND; a field and a leaf without words stay."""
    if isinstance(leaf, Field) or not words[leaf]:
        return leaf
    parts = tuple(Text(word, word) for word in words[leaf])
    return parts[0] if len(parts) == 1 else And(parts)


def _any_name(names: Sequence[str]) -> Tree:
    return any_of([Text(name, fold(name), literal=True) for name in names])


def _conjuncts(tree: Tree) -> tuple[Tree, ...]:
    return tree.parts if isinstance(tree, And) else (tree,)
