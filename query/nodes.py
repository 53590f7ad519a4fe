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

from indexer.arrays import Array
from indexer.folding import pair, units
from indexer.postings import Postings, expanded
from indexer.segment import Segment
from query.scope import Scope

__all__ = ["All", "Every", "Filter", "Found", "Having", "Node", "Not", "Some", "Text"]


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
        docs, at = _standing(scope, _terms(self.folded))
        return _FoundText(self, scope, docs, at)


@dataclass(frozen=True, slots=True)
class All:
    """Paragraphs that match every node; their scores are added up."""

    nodes: tuple[Node, ...]

    def find(self, scope: Scope) -> Found:
        """Return what all nodes have in common."""
        found = [node.find(scope) for node in self.nodes]
        fewest, *others = sorted((each.docs for each in found), key=len)
        for other in others:
            fewest = fewest[_found_in(other, fewest)[1]]
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
            scores += self.scope.scored("match", term, docs, at)
        words = dict.fromkeys((*self.text.words, self.text.folded))
        self.scope.add(scores, product(("words", "heading"), words), docs)
        return scores


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


def _terms(folded: str) -> list[tuple[str, int]]:
    """Return the terms that stand in the match field where a text occurs, each with its place in it.

    Pairs two apart cover every unit once, with the fewest postings; the last pair closes the end.
    """
    parts = units(folded)
    if len(parts) == 1:
        return [(parts[0], 0)]
    places = sorted({*range(0, len(parts) - 1, 2), len(parts) - 2})
    return [(pair(parts[at], parts[at + 1]), at) for at in places]


def _standing(scope: Scope, terms: Sequence[tuple[str, int]]) -> tuple[Array, Mapping[str, Array | None]]:
    """Return the paragraphs in which the terms stand at their places from one another.

    With them, for each term, which of its postings these are; None says all of them.
    """
    postings = scope.segment.field("match")
    found = {term: scope.number("match", term) for term, _ in terms}
    numbers = {term: number for term, number in found.items() if number is not None}
    if len(numbers) < len(found):
        return np.empty(0, "u4"), {}
    rarest_first = sorted(numbers, key=lambda term: postings.frequency(numbers[term]))
    docs = postings.docs(numbers[rarest_first[0]])
    if len(terms) == 1 and scope.segment.alive is None:
        return docs, {rarest_first[0]: None}
    at = {rarest_first[0]: np.arange(len(docs))}
    for term in rarest_first[1:]:
        where, here = _found_in(postings.docs(numbers[term]), docs)
        docs = docs[here]
        at = {known: places[here] for known, places in at.items()} | {term: where[here]}
    keep = _in_a_row(postings, terms, numbers, at) if len(terms) > 1 and len(docs) else None
    if scope.segment.alive is not None:
        alive = scope.segment.alive[docs]
        keep = alive if keep is None else keep & alive
    if keep is None:
        return docs, at
    return docs[keep], {term: places[keep] for term, places in at.items()}


def _in_a_row(
    postings: Postings, terms: Sequence[tuple[str, int]], numbers: dict[str, int], at: dict[str, Array]
) -> Array:
    """Tell for each common paragraph whether the terms stand at their places somewhere in it.

    A place of a paragraph is one number: the paragraph in its upper half, the place in its lower.
    """
    size = len(next(iter(at.values())))
    starts: Array | None = None
    for term, offset in sorted(terms, key=lambda pair: postings.frequency(numbers[pair[0]])):
        counts = postings.counts(numbers[term])
        first = np.cumsum(counts, dtype="i8") - counts
        own = counts[at[term]].astype("i8")
        places = postings.places(numbers[term])[expanded(first[at[term]], own)]
        here = (np.repeat(np.arange(size), own) << 32) + places - offset
        starts = here if starts is None else starts[_found_in(here, starts)[1]]
        if not len(starts):
            break
    standing = np.zeros(size, bool)
    standing[np.asarray(starts) >> 32] = True
    return standing


def _found_in(many: Array, few: Array) -> tuple[Array, Array]:
    """Return where in the sorted `many` each of `few` would stand, and whether it does."""
    if not len(many):
        return np.zeros(len(few), "i8"), np.zeros(len(few), bool)
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return at, many[at] == few
