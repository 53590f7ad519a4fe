"""What can be asked: a tree of nodes, each of which finds and scores paragraphs on arrays.

A node is asked segment by segment. It answers with what it found, and scores that only when it is
asked to: what another node or a filter throws out costs nothing more. Another kind of question is
another kind of node, and nothing else changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Protocol

import numpy as np

from indexer.segments.reader import Segment
from indexer.segments.schema import HEADING, MATCH, WORDS
from indexer.store.arrays import Array
from indexer.text.folding import units
from query.language.wildcards import Pattern, Plain
from query.matching.bm25 import Scope
from query.matching.positions import Spots, found_in, near, spots_of, standing

__all__ = ["All", "Every", "Filter", "Found", "Having", "Like", "Near", "Node", "Not", "Said", "Some", "Text"]


_SAID = 100.0  # more than the terms of a name are worth in any text

Filter = Callable[[Segment], Array]
"""Returns a mask of the paragraphs of a segment that pass."""


class Found(Protocol):
    """What a node found in a segment."""

    @property
    def docs(self) -> Array:
        """The paragraphs, ascending."""
        ...

    def scores(self, docs: Array) -> Array:
        """Return the scores of some of the paragraphs found."""
        ...


class Node(Protocol):
    """A question."""

    def find(self, scope: Scope) -> Found:
        """Return what matches in the segment of `scope`."""
        ...


@dataclass(frozen=True, slots=True)
class Every:
    """Every paragraph, none better than another."""

    def find(self, scope: Scope) -> Found:
        """Return all paragraphs that are there."""
        return _Plain(scope.segment.numbers().astype("u4"))


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs in whose folded text `folded` occurs; `words` it was cut into add to the score.

    The match field decides and the rank fields only add: joined at the top of the query, a second
    field would match more.
    """

    folded: str
    words: tuple[str, ...] = ()

    def find(self, scope: Scope) -> Found:
        """Return the paragraphs in which the terms of the text stand at their places."""
        docs, at = standing(scope, units(self.folded))
        return _FoundText(self, scope, docs, at)

    def spots(self, scope: Scope) -> Spots:
        """Return where the text stands."""
        return spots_of(scope, Pattern(((Plain(tuple(units(self.folded))),),)))


@dataclass(frozen=True, slots=True)
class Said:
    """What a node matches; the paragraphs that pass a filter come before the others."""

    node: Node
    passes: Filter

    def find(self, scope: Scope) -> Found:
        """Return what the node matches."""
        return _FoundSaid(self.node.find(scope), self.passes, scope)


@dataclass(frozen=True, slots=True)
class Like:
    """Paragraphs in which a pattern stands; one of them is better where it stands more often."""

    pattern: Pattern
    text: str = ""

    def find(self, scope: Scope) -> Found:
        """Return the paragraphs in which the pattern stands."""
        docs, counts = np.unique(self.spots(scope).docs, return_counts=True)
        docs = docs.astype("u4")
        if scope.segment.alive is not None:
            alive = scope.segment.alive[docs]
            docs, counts = docs[alive], counts[alive]
        return _FoundLike(self, scope, docs, counts)

    def spots(self, scope: Scope) -> Spots:
        """Return where the pattern stands."""
        return spots_of(scope, self.pattern)


@dataclass(frozen=True, slots=True)
class Near:
    """Paragraphs in which one of `left` and one of `right` stand near, with the scores of both."""

    left: tuple[Text | Like, ...]
    right: tuple[Text | Like, ...]
    within: int

    def find(self, scope: Scope) -> Found:
        """Return the paragraphs in which at most `within` units stand between the two."""
        both = All((Some(self.left), Some(self.right))).find(scope)
        if not len(both.docs):
            return both
        left, right = ([node.spots(scope) for node in side] for side in (self.left, self.right))
        matched = np.zeros(scope.segment.size, bool)
        for one, other in product(left, right):
            matched[near(one, other, self.within)] = True
        return _FoundAll(both.docs[matched[both.docs]], [both])


@dataclass(frozen=True, slots=True)
class All:
    """Paragraphs that match every node, all of them if there is none; their scores are added up."""

    nodes: tuple[Node, ...]

    def find(self, scope: Scope) -> Found:
        """Return what all nodes have in common."""
        if not self.nodes:
            return Every().find(scope)
        found = [node.find(scope) for node in self.nodes]
        fewest, *others = sorted((each.docs for each in found), key=len)
        for other in others:
            fewest = fewest[found_in(other, fewest)[1]]
        return _FoundAll(fewest, found)


@dataclass(frozen=True, slots=True)
class Some:
    """Paragraphs that match at least one node; the scores of those that do are added up."""

    nodes: tuple[Node, ...]

    def find(self, scope: Scope) -> Found:
        """Return what any node matches."""
        found = [node.find(scope) for node in self.nodes]
        matched = np.zeros(scope.segment.size, bool)
        for each in found:
            matched[each.docs] = True
        return _FoundSome(np.flatnonzero(matched).astype("u4"), found, scope.segment.size)


@dataclass(frozen=True, slots=True)
class Not:
    """Paragraphs that do not match a node; none is better than another."""

    node: Node

    def find(self, scope: Scope) -> Found:
        """Return the paragraphs that are there and that the node does not match."""
        others = np.ones(scope.segment.size, bool)
        others[self.node.find(scope).docs] = False
        if scope.segment.alive is not None:
            others &= scope.segment.alive
        return _Plain(np.flatnonzero(others).astype("u4"))


@dataclass(frozen=True, slots=True)
class Having:
    """Paragraphs that pass a filter, none better than another."""

    passes: Filter

    def find(self, scope: Scope) -> Found:
        """Return the paragraphs that pass."""
        mask = self.passes(scope.segment)
        if scope.segment.alive is not None:
            mask = mask & scope.segment.alive
        return _Plain(np.flatnonzero(mask).astype("u4"))


@dataclass(frozen=True, slots=True)
class _Plain:
    """Paragraphs that are all alike."""

    docs: Array

    def scores(self, docs: Array) -> Array:
        return np.zeros(len(docs))


@dataclass(frozen=True, slots=True)
class _FoundText:
    """`at` tells for each term of the text which of its postings the paragraphs are; None says all."""

    text: Text
    scope: Scope
    docs: Array
    at: Mapping[str, Array | None]

    def scores(self, docs: Array) -> Array:
        scores = np.zeros(len(docs))
        own = None if docs is self.docs else np.searchsorted(self.docs, docs)
        for term, all_at in self.at.items():
            at = own if all_at is None else all_at if own is None else all_at[own]
            scores += self.scope.scored(MATCH, term, docs, at)
        words = dict.fromkeys((*self.text.words, self.text.folded))
        self.scope.add(scores, product((WORDS, HEADING), words), docs)
        return scores


@dataclass(frozen=True, slots=True)
class _FoundLike:
    like: Like
    scope: Scope
    docs: Array
    counts: Array

    def scores(self, docs: Array) -> Array:
        counts = self.counts if docs is self.docs else self.counts[np.searchsorted(self.docs, docs)]
        return self.scope.counted(self.like.text, counts, docs)


@dataclass(frozen=True, slots=True)
class _FoundSaid:
    found: Found
    passes: Filter
    scope: Scope

    @property
    def docs(self) -> Array:
        return self.found.docs

    def scores(self, docs: Array) -> Array:
        said = self.passes(self.scope.segment)[docs] * _SAID
        self.scope.note("speaker", "", said)
        return self.found.scores(docs) + said


@dataclass(frozen=True, slots=True)
class _FoundAll:
    docs: Array
    found: Sequence[Found]

    def scores(self, docs: Array) -> Array:
        return np.sum([each.scores(docs) for each in self.found], axis=0)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class _FoundSome:
    docs: Array
    found: Sequence[Found]
    size: int

    def scores(self, docs: Array) -> Array:
        scores = np.zeros(self.size)
        wanted = np.zeros(self.size, bool)
        wanted[docs] = True
        for each in self.found:
            own = each.docs if docs is self.docs else each.docs[wanted[each.docs]]
            scores[own] += each.scores(own)
        return scores[docs]
