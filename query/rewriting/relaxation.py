"""Relaxation: answer a query step by step, from what is exactly as asked to what is only close.

    exact        everything as it was asked
    in-context   each word in the paragraph, or in what is known of it: who speaks, the headline, the session
    all-words    the words of each text, anywhere in the paragraph or in what is known of it
    most-words   paragraphs with most of its words by their weight: the best has at least half of it
    any-word     paragraphs with some of its words, where none has most
    spelled-out  an abbreviation that occurs nowhere, where it is written out: 房住不炒
    sounds-like  names of the same sound in place of texts that occur nowhere in the index

The answer to a question of many words has no step all-words: most-words ranks what has all of them, too,
and the article that such a question is about need not have. A name of the same sound is better than
characters that happen to be adjacent: if no word of the query is known to the segmenter, sounds-like comes
before most-words and any-word, and if a whole text sounds like a name, before all others. Below exact, words
that only ask (说了什么) are not sought, and what stands in quotation marks is sought as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from indexer.text.folding import fold
from indexer.text.han import HAN
from query.language.syntax_tree import (
    Abbreviation,
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
from query.matching.compiler import Compiler
from query.matching.coverage import MinimumCoverage
from query.matching.filters import Filter, HasValue
from query.matching.finder import Finder, Found
from query.matching.matchers import AndMatcher, BoostSpeaker, Matcher, OrMatcher, UnscoredMatcher
from query.rewriting.expansion import Expansion
from query.rewriting.fillers import without_fillers
from query.rewriting.query_words import MAX_WORDS, QueryWords, conjuncts, excluded_leaves, split_leaf

__all__ = ["IN_CONTEXT", "Answer", "Relaxation", "Rung"]

Rung = Literal["exact", "in-context", "all-words", "spelled-out", "most-words", "any-word", "sounds-like"]
"""The rungs from the top."""

IN_CONTEXT: tuple[Rung, ...] = ("in-context", "all-words", "sounds-like")
"""The rungs on which what is known of a paragraph answers, too."""

_MOST_WORDS_SHARE = 1 / 2  # of the weight of all words, that the best paragraph has on that rung
_SHARE_OF_BEST = 1 / 5  # of the weight of the best paragraph, that all others have on these two rungs
_CLOSE = 1 / 4  # of the score of the best paragraph, that all others have on these two rungs

_MANY_WORDS = 4  # of a query, from which on its words are ranked together
_MAX_NAME_LENGTH = 8  # characters of a text that may be a misspelt name
_WHO_BOOST = 1_000.0  # for paragraphs in which somebody speaks, or attends, where the question is who
_ABBREVIATION = rf"{HAN}{{3,6}}"  # compiled when it is first looked for


class Answer(Struct, frozen=True):
    """What was found on a rung.

    `leaves` are the expanded texts to highlight, `words` the words that were searched. `unfiltered`
    counts the paragraphs that match exactly, whether the filters pass them or not; a lower rung counts none.
    """

    rung: Rung
    matcher: Matcher
    matches: Found
    leaves: tuple[Leaf, ...]
    words: tuple[str, ...]
    unfiltered: int

    @property
    def is_as_asked(self) -> bool:
        """Tell whether something was found, and on the first rung."""
        return self.rung == "exact" and self.matches.total > 0


class Relaxation(Struct, frozen=True):
    """Answers one query; only paragraphs that pass `allowed` are found, on any rung."""

    query: str
    asked_field: str | None
    searcher: Finder
    words: QueryWords
    compiler: Compiler
    expansion: Expansion
    allowed: Filter | None

    def answer(self, tree: Tree) -> tuple[Answer, Iterator[Answer]]:
        """Answer on the first rung that finds something; on exact if none does, or if it is strict.

        Return with it the answers on the rungs below, which are found when they are asked for.

        Raise `QueryError` for a field whose value cannot be understood.
        """
        strict = self.expansion.strict
        tree = tree if strict else self.expansion.exclude_speakers(tree)
        texts = (text for leaf in leaves(tree) for text in leaf.texts)
        words = chain.from_iterable(map(self.words.segmenter.search_words, texts))
        exact = self.exact(tree, tuple(dict.fromkeys(words)))
        is_found = exact.matches.total > 0
        below = iter(()) if strict else self._lower_rungs(without_fillers(tree), is_found=is_found)
        if is_found:
            return exact, below
        lower = next((answer for answer in below if answer.matches.total), exact)
        return replace(lower, unfiltered=exact.unfiltered), below

    def exact(self, tree: Tree, words: tuple[str, ...] = ()) -> Answer:
        """Answer exactly as asked; `words` are those that its texts were cut into.

        Raise `QueryError` for a field whose value cannot be understood.
        """
        return self._answer("exact", tree, words)

    def missing_leaves(self, tree: Tree) -> tuple[Leaf, ...]:
        """List the leaves that nothing in the index holds, nor anything that they also mean."""
        return tuple(filter(self._is_missing, leaves(tree)))

    def count_leaves(self, tree: Tree) -> tuple[tuple[str, int], ...]:
        """Count the paragraphs with each leaf as it was typed, unexpanded and unfiltered."""
        matchers = {leaf: self.compiler.compile(leaf) for leaf in leaves(tree)}
        return tuple((leaf.text, self.searcher.count(matcher)) for leaf, matcher in matchers.items())

    def suggest_names(self, missing: Sequence[Leaf]) -> tuple[str, ...]:
        """List the names in the index that sound like a missing leaf, or whose pinyin it is."""
        short = (leaf for leaf in missing if len(leaf.text) <= _MAX_NAME_LENGTH or leaf.text.isascii())
        return tuple(dict.fromkeys(name for leaf in short for name in self.expansion.similar_names(leaf)))

    def _lower_rungs(self, tree: Tree, *, is_found: bool) -> Iterator[Answer]:
        """Answer on the rungs below exact, one after the other, also where nothing is found.

        Where something `is_found` already, no word is taken for another.
        """
        if not excluded_leaves(tree).isdisjoint(leaves(tree)):
            return  # what is excluded is excluded everywhere
        words = {leaf: self.words.of(leaf) for leaf in leaves(tree)}
        all_words = tuple(dict.fromkeys(chain.from_iterable(words.values())))[:MAX_WORDS]
        if not is_found and len(words) < _MANY_WORDS and self._names_wrongly(tree):
            yield from self._sound(tree)
        for answer in self._whole(tree, words, all_words):
            is_found = is_found or answer.matches.total > 0
            yield answer
        parts = self.words.parts(tree)
        has_known_word = any(map(self.words.segmenter.is_known, all_words))
        if parts and (has_known_word or is_found):
            yield self._cover(tree, parts, all_words)
        if words and not is_found:  # there are leaves to be misspelt
            yield from self._sound(tree)
        if parts and not has_known_word and not is_found:
            yield self._cover(tree, parts, parts)
        unquoted = map_leaves(tree, _unquoted)
        if unquoted != tree and len(parts) >= _MANY_WORDS:
            yield from self._lower_rungs(unquoted, is_found=is_found)  # a pasted sentence

    def _whole(
        self, tree: Tree, words: Mapping[Leaf, tuple[str, ...]], all_words: tuple[str, ...]
    ) -> Iterator[Answer]:
        """Answer on the rungs on which every word of the query is there."""
        is_name = len(words) == 1 and all(map(self._is_speaker, words))
        if is_name or 1 < len(words) < _MANY_WORDS:
            yield self._in_context("in-context", tree, tuple(leaf.text for leaf in words))
        split = map_leaves(replace_near(tree), lambda leaf: split_leaf(leaf, words))
        if split != tree and len(all_words) < _MANY_WORDS:
            yield self._in_context("all-words", split, all_words)
        yield from self._spelled_out(tree, words)

    def _is_speaker(self, leaf: Leaf) -> bool:
        table = self.searcher.table("speaker")
        return any(len(table.equal(text)) for text in leaf.texts)

    def _in_context(
        self, rung: Rung, tree: Tree, words: tuple[str, ...], names: Sequence[str] = ()
    ) -> Answer:
        """Answer by the paragraphs and what is known of them; at least one text is in the paragraph itself.

        What somebody says answers a query of the name alone, too, or of `names`; a headline does not.
        """
        expanded = self.expansion.expand(tree)
        texts = leaves(expanded)
        inside = [self.compiler.compile(text) for text in texts]
        if len(leaves(tree)) == 1:
            names = [*names, *(text.folded for text in texts if isinstance(text, Text))]
        inside += [self.compiler.said_by(fold(name)) for name in names]
        matcher = self.compiler.compile(expanded, known=True)
        if inside:
            matcher = AndMatcher((matcher, UnscoredMatcher(OrMatcher(tuple(inside)))))
        return self._collect(rung, matcher, texts, words)

    def _cover(self, tree: Tree, parts: Sequence[str], words: tuple[str, ...]) -> Answer:
        """Answer on most-words, or on any-word if no paragraph has most of `parts`.

        Fields, phrases and NOTs that the whole query requires still hold.
        """
        coverage = self.searcher.measure(map(self.expansion.with_synonyms, parts))
        required = [self._compile_expanded(part) for part in conjuncts(tree) if _is_required(part)]
        covering = MinimumCoverage(coverage, self.words.ranking_terms(tree, self.query))
        best = self.searcher.best_weight(covering, required, self.allowed)
        highlighted = tuple(Text(text, text) for part in parts for text in self.expansion.with_synonyms(part))
        matcher = AndMatcher((replace(covering, minimum=best * _SHARE_OF_BEST), *required))
        rung: Rung = "most-words" if best >= coverage.total * _MOST_WORDS_SHARE else "any-word"
        answer = self._collect(rung, matcher, highlighted, words)
        return replace(answer, matches=answer.matches.close_to_best(_CLOSE))

    def _spelled_out(self, tree: Tree, words: Mapping[Leaf, tuple[str, ...]]) -> Iterator[Answer]:
        """Answer on spelled-out, if a text that occurs nowhere and holds no known word may be abbreviated."""
        missing = self.missing_leaves(tree) if any(map(self._may_be_short, words)) else ()
        if any(map(self._may_be_short, missing)):
            written = map_leaves(tree, self._written_out)
            yield self._answer("spelled-out", written, tuple(leaf.text for leaf in missing))

    def _written_out(self, leaf: Leaf | Field) -> Tree:
        is_short = not isinstance(leaf, Field) and self._may_be_short(leaf) and self._is_missing(leaf)
        return Abbreviation(leaf.text, fold(leaf.text)) if is_short else leaf

    def _is_missing(self, leaf: Leaf) -> bool:
        known = not self.expansion.strict
        return not self._occurs(self.compiler.compile(self.expansion.expand(leaf), known=known))

    def _may_be_short(self, leaf: Leaf) -> bool:
        """Tell whether a text can be an abbreviation: a few Chinese characters."""
        plain = isinstance(leaf, Text) and not leaf.literal
        return plain and re.fullmatch(_ABBREVIATION, leaf.texts[0]) is not None

    def _sound(self, tree: Tree) -> Iterator[Answer]:
        """Answer on sounds-like, if there are such names.

        Names of the same sound replace the leaves that are missing. If there are none, but the leaves
        together are the pinyin of names (zhang yan li), these replace the whole query.
        """
        alike = {leaf: self.expansion.similar_names(leaf) for leaf in self.missing_leaves(tree)}
        similar = {leaf: names for leaf, names in alike.items() if names}
        if similar:
            names = tuple(dict.fromkeys(chain.from_iterable(similar.values())))
            named = map_leaves(tree, lambda leaf: _any_name(similar[leaf]) if leaf in similar else leaf)
        else:
            names = self.expansion.names_in_pinyin("".join(leaf.text for leaf in leaves(tree)))
            named = _any_name(names)
        if names:
            yield self._in_context("sounds-like", named, names, names)

    def _names_wrongly(self, tree: Tree) -> bool:
        """Tell whether a text that is missing sounds, as a whole, like a name."""
        short = (leaf for leaf in leaves(tree) if len(leaf.text) <= _MAX_NAME_LENGTH)
        missing = filter(self._is_missing, short)
        named = ((leaf.text, name) for leaf in missing for name in self.expansion.similar_names(leaf))
        return any(len(name) == len(text) for text, name in named)

    def _answer(self, rung: Rung, tree: Tree, words: tuple[str, ...]) -> Answer:
        expanded = self.expansion.expand(tree)
        return self._collect(rung, self.compiler.compile(expanded), leaves(expanded), words)

    def _collect(
        self, rung: Rung, matcher: Matcher, highlighted: tuple[Leaf, ...], words: tuple[str, ...]
    ) -> Answer:
        if self.asked_field and rung != "exact" and len(words) < _MANY_WORDS + 2:
            matcher = BoostSpeaker(matcher, HasValue(self.asked_field), _WHO_BOOST)
        matches = self.searcher.collect(matcher, self.allowed)
        unfiltered = matches.unfiltered if rung == "exact" else 0
        return Answer(rung, matcher, matches, highlighted, words, unfiltered)

    def _compile_expanded(self, tree: Tree) -> Matcher:
        return self.compiler.compile(self.expansion.expand(tree))

    def _occurs(self, matcher: Matcher) -> bool:
        """Tell whether a matcher finds anything, filters aside."""
        return self.searcher.count(matcher) > 0


def _unquoted(leaf: Leaf | Field) -> Tree:
    return replace(leaf, literal=False) if isinstance(leaf, Text) else leaf


def _is_required(part: Tree) -> bool:
    return isinstance(part, Field | Not) or (isinstance(part, Text) and part.literal)


def _any_name(names: Sequence[str]) -> Tree:
    return any_of([Text(name, fold(name)) for name in names])
