"""Step by step down to an answer: as asked, all words, most words, any word, the same sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise

from indexer.text.folding import fold, join_units, units
from query.language.segmenter import QuerySegmenter
from query.language.syntax_tree import And, Field, Not, Text, Tree, Wanted, either, leaves, loosen, map_wanted
from query.matching.collector import Matches, collect
from query.matching.compiler import Compiler
from query.matching.matchers import AndMatcher, Filter, Matcher
from query.matching.searcher import Searcher
from query.rewriting.expansion import Expansion

__all__ = ["RUNGS", "Answer", "Relaxation"]

RUNGS = ("exact", "all-words", "most-words", "any-word", "sounds-like")
"""The steps, from what was asked down."""

_MOST = 1 / 2
"""The share of the weight of all words that one paragraph has to have for its rung to be most-words."""

_BESIDE = 1 / 3
"""The share of what the best paragraph has that the others have to have beside it on that rung."""

_LONGEST = 2_000  # characters of a query that are sought loosely
_MOST_WORDS = 400
_SUGGESTED = 8  # characters of a text that may be a name misspelt as a whole


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found on a rung: `leaves` is what stands in the text, `words` what was asked there.

    `unfiltered` counts the paragraphs that are exactly as asked, whether a filter lets them pass or not.
    """

    rung: str
    node: Matcher
    found: Matches
    leaves: tuple[Wanted, ...]
    words: tuple[str, ...]
    unfiltered: int

    @property
    def is_as_asked(self) -> bool:
        """Tell whether something was found, and on the first rung."""
        return self.rung == "exact" and self.found.total > 0


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One query on its way down; `allowed` lets pass what its filters do."""

    searcher: Searcher
    segmenter: QuerySegmenter
    planner: Compiler
    meaning: Expansion
    allowed: Filter | None

    def answer(self, tree: Tree, *, strict: bool = False) -> Answer:
        """Return the first answer that is not empty, the one as asked if there is none or if `strict`."""
        texts = (text for leaf in leaves(tree) for text in leaf.texts)
        cut = chain.from_iterable(map(self.segmenter.search_words, texts))
        asked = self.exact(tree, tuple(dict.fromkeys(cut)))
        if strict or asked.found.total:
            return asked
        below = next((answer for answer in self._below(tree) if answer.found.total), asked)
        return replace(below, unfiltered=asked.unfiltered)

    def exact(self, tree: Tree, words: tuple[str, ...] = ()) -> Answer:
        """Return the answer as asked, empty or not; `words` are what its texts were cut into."""
        return self._asked("exact", tree, words)

    def missing(self, tree: Tree) -> tuple[Wanted, ...]:
        """Return the texts wanted that occur nowhere in the index, whatever they may also mean."""
        return tuple(leaf for leaf in leaves(tree) if not self._occurs(self._node(leaf)))

    def counts(self, tree: Tree) -> tuple[tuple[str, int], ...]:
        """Count the paragraphs that hold each of the texts wanted, whatever else it may also mean."""
        nodes = {leaf: self.planner.node(leaf) for leaf in leaves(tree)}
        return tuple(
            (leaf.text, sum(len(node.find(scope).docs) for scope in self.searcher.scopes()))
            for leaf, node in nodes.items()
        )

    def suggestions(self, missing: Sequence[Wanted]) -> tuple[str, ...]:
        """Return the names of the index that sound like a text that is missing, or are spelt by it."""
        short = (leaf for leaf in missing if len(leaf.text) <= _SUGGESTED or leaf.text.isascii())
        return tuple(dict.fromkeys(name for leaf in short for name in self.meaning.named(leaf)))

    def _below(self, tree: Tree) -> Iterator[Answer]:
        words = {leaf: self._words(leaf) for leaf in leaves(tree)}
        together = tuple(dict.fromkeys(word for own in words.values() for word in own))[:_MOST_WORDS]
        apart = map_wanted(loosen(tree), lambda asked: _apart(asked, words))
        if apart != tree:
            yield self._asked("all-words", apart, together)
        telling = self._telling(tree)
        if any(map(self.segmenter.is_known, together)):
            yield from self._loose(tree, telling, together)
            telling = ()
        if words:  # fields and what is excluded have none
            yield from self._named(tree)
        if telling:  # characters side by side are less than a name of the same sound
            yield from self._loose(tree, telling, telling)

    def _words(self, wanted: Wanted) -> tuple[str, ...]:
        """Cut a text into words; what falls into characters has none, or every name would be some."""
        words = tuple(
            word for text in wanted.texts for word in self.segmenter.question_words(text[:_LONGEST])
        )
        return words if any(len(word) > 1 or wanted.texts == (word,) for word in words) else ()

    def _telling(self, tree: Tree) -> tuple[str, ...]:
        """Return what tells most of the texts: their words, and pairs of characters where no word is known.

        A name that the dictionary lacks falls into characters, or grows together with what is beside it.
        """
        found: list[str] = []
        for text in (text[:_LONGEST] for leaf in leaves(tree) for text in leaf.texts):
            for known, group in groupby(self.segmenter.question_words(text), self.segmenter.is_known):
                words = list(group)
                found += words if known else map(join_units, pairwise(units("".join(words))))
        return tuple(dict.fromkeys(found))[:_MOST_WORDS]

    def _asked(self, rung: str, tree: Tree, words: tuple[str, ...]) -> Answer:
        meant = self.meaning.of(tree)
        node = self.planner.node(meant)
        found = collect(self.searcher, node, self.allowed)
        return Answer(rung, node, found, leaves(meant), words, found.unfiltered)

    def _loose(self, tree: Tree, telling: Sequence[str], words: tuple[str, ...]) -> Iterator[Answer]:
        """Yield the paragraphs that hold most of what tells or, if none does, any of it."""
        from query.matching.coverage import MinimumCoverage, measure_coverage, ranking_terms  # noqa: PLC0415 - most answers are as asked

        covered = measure_coverage(self.searcher, map(self.meaning.folded, telling))
        bound = [self._node(part) for part in _parts(tree) if isinstance(part, Field | Not)]
        held = collect(self.searcher, AndMatcher((MinimumCoverage(covered), *bound)), self.allowed)
        best = max(
            float(covered.weights[segment.name][docs].max(initial=0)) for segment, docs in held.by_segment()
        )
        most = best >= covered.whole * _MOST
        texts = [text[:_LONGEST] for leaf in leaves(tree) for text in leaf.texts]
        terms = ranking_terms(texts, chain.from_iterable(map(self.segmenter.search_words, texts)))
        node = AndMatcher((MinimumCoverage(covered, terms, best * _BESIDE if most else 0.0), *bound))
        lit = tuple(Text(text, text) for word in telling for text in self.meaning.folded(word))
        found = collect(self.searcher, node, self.allowed)
        yield Answer("most-words" if most else "any-word", node, found, lit, words, found.unfiltered)

    def _named(self, tree: Tree) -> Iterator[Answer]:
        """Yield what is found with names of the same sound in place of what is missing."""
        named = {leaf: names for leaf in self.missing(tree) if (names := self.meaning.named(leaf))}
        if named:
            meant = map_wanted(tree, lambda asked: _any_of(named[asked]) if asked in named else asked)
        else:  # zhang yan li
            names = self.meaning.spelt("".join(leaf.text for leaf in leaves(tree)))
            named, meant = {leaves(tree)[0]: names}, _any_of(names)
        words = tuple(dict.fromkeys(name for names in named.values() for name in names))
        if words:
            yield self._asked("sounds-like", meant, words)

    def _node(self, tree: Tree) -> Matcher:
        return self.planner.node(self.meaning.of(tree))

    def _occurs(self, node: Matcher) -> bool:
        return any(len(node.find(scope).docs) for scope in self.searcher.scopes())


def _apart(asked: Wanted | Field, words: Mapping[Wanted, tuple[str, ...]]) -> Tree:
    """Return a text as its words, which may stand anywhere in a paragraph."""
    if isinstance(asked, Field) or not words[asked]:
        return asked
    parts = tuple(Text(word, word) for word in words[asked])
    return parts[0] if len(parts) == 1 else And(parts)


def _any_of(names: Sequence[str]) -> Tree:
    return either([Text(name, fold(name), literal=True) for name in names])


def _parts(tree: Tree) -> tuple[Tree, ...]:
    return tree.parts if isinstance(tree, And) else (tree,)
