"""Relaxation: answer a query step by step, from what is exactly as asked to what is only close.

    exact        everything as it was asked
    in-context   each word in the paragraph, or in what is known of it: who speaks, the headline, the session
    all-words    the words of each text, anywhere in the paragraph or in what is known of it
    most-words   paragraphs with most of its words by their weight: the best has at least half of it
    any-word     paragraphs with some of its words
    sounds-like  names of the same sound in place of texts that occur nowhere in the index

The answer to a question of many words has no step all-words: most-words ranks what has all of them, too,
and the article that such a question is about need not have. If no word of the query is known to the
segmenter, sounds-like is tried before most-words and any-word: a name of the same sound is better than
characters that happen to be adjacent. Below exact, words that only ask (说了什么) are not sought, and what
stands in quotation marks is sought as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise
from typing import Literal

from indexer.segments.schema import HEADING
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
from query.matching.matchers import AndMatcher, Matcher, OrMatcher, UnscoredMatcher
from query.matching.searcher import Searcher
from query.rewriting.expansion import Expansion
from query.rewriting.fillers import without_fillers

__all__ = ["IN_CONTEXT", "Answer", "Relaxation", "Rung"]

Rung = Literal["exact", "in-context", "all-words", "most-words", "any-word", "sounds-like"]
"""The rungs from the top."""

IN_CONTEXT: tuple[Rung, ...] = ("in-context", "all-words")
"""The rungs on which what is known of a paragraph answers, too."""

_MOST_WORDS_SHARE = 1 / 2  # of the weight of all words, that the best paragraph has on that rung
_SHARE_OF_BEST = 1 / 5  # of the weight of the best paragraph, that all others have on most-words

_MAX_LENGTH = 2_000  # characters of a text whose words are searched below exact
_MAX_WORDS = 400  # of a query, below exact
_MANY_WORDS = 4  # of a query, from which on its words are ranked together
_MAX_NAME_LENGTH = 8  # characters of a text that may be a misspelt name
_HEADING_WEIGHT = 1.1  # of a word of the headline, as against one of the text
_ASIDE = re.compile(r"[（(【][^（()）【】]*[）)】]")
_ASIDE_WEIGHT = 0.6  # of what stands in brackets in a headline: a remark, the name of a column


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

    query: str
    searcher: Searcher
    segmenter: QuerySegmenter
    compiler: Compiler
    expansion: Expansion
    allowed: Filter | None

    def answer(self, tree: Tree, *, strict: bool = False) -> tuple[Answer, Iterator[Answer]]:
        """Answer on the first rung that finds something; on exact if none does, or if `strict`.

        Return with it the answers on the rungs below, which are found when they are asked for.

        Raise `QueryError` for a field whose value cannot be understood.
        """
        texts = (text for leaf in leaves(tree) for text in leaf.texts)
        words = chain.from_iterable(map(self.segmenter.search_words, texts))
        exact = self.exact(tree, tuple(dict.fromkeys(words)))
        below = iter(()) if strict else self._lower_rungs(without_fillers(tree))
        if exact.matches.total:
            return exact, below
        lower = next((answer for answer in below if answer.matches.total), exact)
        return replace(lower, unfiltered=exact.unfiltered), below

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
        parts = self._partial_words(tree)
        if 0 < len(words) < _MANY_WORDS:
            yield self._in_context("in-context", tree, all_words)
        split = map_leaves(replace_near(tree), lambda leaf: _split(leaf, words))
        if split != tree and len(all_words) < _MANY_WORDS:
            yield self._in_context("all-words", split, all_words)
        has_known_word = any(map(self.segmenter.is_known, all_words))
        if has_known_word and parts:
            yield from self._cover(tree, parts, all_words)
        if words:  # there are leaves to be misspelt
            yield from self._sound(tree)
        if parts and not has_known_word:
            yield from self._cover(tree, parts, parts)
        unquoted = map_leaves(tree, _unquoted)
        if unquoted != tree and len(self._partial_words(unquoted)) >= _MANY_WORDS:
            yield from self._lower_rungs(unquoted)  # a pasted sentence: its marks are no operators

    def _in_context(self, rung: Rung, tree: Tree, words: tuple[str, ...]) -> Answer:
        """Answer by the paragraphs and what is known of them; at least one text is in the paragraph itself.

        What somebody says answers a query of the name alone, too; a headline does not.
        """
        expanded = self.expansion.expand(tree)
        texts = leaves(expanded)
        inside = [self.compiler.compile(text) for text in texts]
        if len(leaves(tree)) == 1:
            inside += [self.compiler.said_by(text.folded) for text in texts if isinstance(text, Text)]
        matcher = self.compiler.compile(expanded, known=True)
        if inside:
            matcher = AndMatcher((matcher, UnscoredMatcher(OrMatcher(tuple(inside)))))
        return self._collect(rung, matcher, texts, words)

    def _leaf_words(self, leaf: Leaf) -> tuple[str, ...]:
        """Cut a leaf into words; one that falls into single characters has none.

        Otherwise the characters of a misspelt name would match one by one. Nor has a phrase in quotation
        marks, which is sought as it stands.
        """
        if isinstance(leaf, Text) and leaf.literal:
            return ()
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
        for text in _plain_texts(tree):
            for is_known, group in groupby(self.segmenter.question_words(text), self.segmenter.is_known):
                words = list(group)
                parts += words if is_known else map(join_units, pairwise(units("".join(words))))
        return tuple(dict.fromkeys(parts))[:_MAX_WORDS]

    def _cover(self, tree: Tree, parts: Sequence[str], words: tuple[str, ...]) -> Iterator[Answer]:
        """Answer on most-words, if a paragraph has most of `parts`, and on any-word.

        Fields, phrases and NOTs that the whole query requires still hold.
        """
        coverage = measure_coverage(self.searcher, map(self.expansion.with_synonyms, parts))
        required = [self._compile_expanded(part) for part in _conjuncts(tree) if _is_required(part)]
        best = self._best_weight(coverage, required)
        terms = self._ranking_terms(tree)
        highlighted = tuple(Text(text, text) for part in parts for text in self.expansion.with_synonyms(part))
        if best >= coverage.total * _MOST_WORDS_SHARE:
            most = MinimumCoverage(coverage, terms, best * _SHARE_OF_BEST)
            yield self._collect("most-words", AndMatcher((most, *required)), highlighted, words)
        some = MinimumCoverage(coverage, terms)
        yield self._collect("any-word", AndMatcher((some, *required)), highlighted, words)

    def _best_weight(self, coverage: Coverage, required: Sequence[Matcher]) -> float:
        """Find the largest weight of a paragraph that is allowed and that all `required` matchers match."""
        matches = collect(self.searcher, AndMatcher((MinimumCoverage(coverage), *required)), self.allowed)
        weights = coverage.weights
        return max(
            float(weights[segment.name][docs].max(initial=0)) for segment, docs in matches.by_segment()
        )

    def _ranking_terms(self, tree: Tree) -> dict[tuple[str, str], float]:
        """List the terms that rank partial matches, with their weights."""
        texts = _texts(tree)
        terms = ranking_terms(texts, chain.from_iterable(map(self.segmenter.search_words, texts)))
        main = fold(_ASIDE.sub("\n", self.query)) if _is_plain(tree) else None
        weights = {
            (name, term): 1.0 if main is None or term in main else _ASIDE_WEIGHT for name, term in terms
        }
        return {
            key: weight * (_HEADING_WEIGHT if key[0] == HEADING else 1.0) for key, weight in weights.items()
        }

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


def _unquoted(leaf: Leaf | Field) -> Tree:
    return replace(leaf, literal=False) if isinstance(leaf, Text) else leaf


def _plain_texts(tree: Tree) -> list[str]:
    """List the texts of the leaves that are not in quotation marks, each cut off at `_MAX_LENGTH`."""
    return [
        text[:_MAX_LENGTH]
        for leaf in leaves(tree)
        if not (isinstance(leaf, Text) and leaf.literal)
        for text in leaf.texts
    ]


def _is_plain(tree: Tree) -> bool:
    """Tell whether a query is only words and phrases, so that its brackets are those of a headline."""
    return all(isinstance(part, Text) for part in _conjuncts(tree))


def _is_required(part: Tree) -> bool:
    return isinstance(part, Field | Not) or (isinstance(part, Text) and part.literal)


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
