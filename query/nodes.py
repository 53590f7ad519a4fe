"""What can be asked: a tree of nodes, each of which finds and scores paragraphs on arrays.

A node is asked segment by segment, and answers with `Matches`. Another kind of question is another
kind of node: it needs `matches`, and nothing else changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from indexer.folding import pair, units
from indexer.postings import Postings, expanded
from query.scope import Scope

__all__ = ["All", "Every", "Matches", "Node", "Not", "Some", "Text"]

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Matches:
    """The paragraphs of a segment that match, ascending, and the score of each."""

    docs: Array
    scores: Array


class Node(Protocol):
    """A question."""

    def matches(self, scope: Scope) -> Matches:
        """Return what matches in the segment of `scope`."""
        ...


@dataclass(frozen=True, slots=True)
class Every:
    """Every paragraph, none better than another."""

    def matches(self, scope: Scope) -> Matches:
        """Return all paragraphs that are there."""
        docs = scope.segment.numbers().astype("u4")
        return Matches(docs, np.zeros(len(docs)))


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs in whose folded text `folded` occurs; `words` it was cut into add to the score.

    The match field decides and the rank fields only add: joined at the top of the query, a second
    field would match more.
    """

    folded: str
    words: tuple[str, ...] = ()

    def matches(self, scope: Scope) -> Matches:
        """Return the paragraphs in which the terms of the text stand at their places."""
        terms = _terms(self.folded)
        docs, at = _standing(scope, terms)
        scores = np.zeros(len(docs))
        for term, where in at.items():
            scores += scope.scored("match", term, docs, where)
        words = dict.fromkeys((*self.words, self.folded))
        scope.add(scores, product(("words", "heading"), words), docs)
        return Matches(docs, scores)


@dataclass(frozen=True, slots=True)
class All:
    """Paragraphs that match every node; their scores are added up."""

    nodes: tuple[Node, ...]

    def matches(self, scope: Scope) -> Matches:
        """Return what all nodes have in common."""
        found = sorted((node.matches(scope) for node in self.nodes), key=lambda each: len(each.docs))
        docs, scores = found[0].docs, found[0].scores
        for other in found[1:]:
            at, here = _found_in(other.docs, docs)
            docs, scores = docs[here], scores[here] + other.scores[at[here]]
        return Matches(docs, scores)


@dataclass(frozen=True, slots=True)
class Some:
    """Paragraphs that match at least one node; the scores of those that do are added up."""

    nodes: tuple[Node, ...]

    def matches(self, scope: Scope) -> Matches:
        """Return what any node matches."""
        found = [node.matches(scope) for node in self.nodes]
        scores = np.zeros(scope.segment.size)
        matched = np.zeros(scope.segment.size, bool)
        for each in found:
            scores[each.docs] += each.scores
            matched[each.docs] = True
        docs = np.flatnonzero(matched).astype("u4")
        return Matches(docs, scores[docs])


@dataclass(frozen=True, slots=True)
class Not:
    """Paragraphs that do not match a node; none is better than another."""

    node: Node

    def matches(self, scope: Scope) -> Matches:
        """Return the paragraphs that are there and that the node does not match."""
        others = np.ones(scope.segment.size, bool)
        others[self.node.matches(scope).docs] = False
        if scope.segment.alive is not None:
            others &= scope.segment.alive
        docs = np.flatnonzero(others).astype("u4")
        return Matches(docs, np.zeros(len(docs)))


def _terms(folded: str) -> list[tuple[str, int]]:
    """Return the terms that stand in the match field where a text occurs, each with its place in it.

    Pairs two apart cover every unit once, with the fewest postings; the last pair closes the end.
    """
    parts = units(folded)
    if len(parts) == 1:
        return [(parts[0], 0)]
    places = sorted({*range(0, len(parts) - 1, 2), len(parts) - 2})
    return [(pair(parts[at], parts[at + 1]), at) for at in places]


def _standing(scope: Scope, terms: Sequence[tuple[str, int]]) -> tuple[Array, dict[str, Array]]:
    """Return the paragraphs in which the terms stand at their places from one another.

    With them, for each term, which of its postings these are.
    """
    postings = scope.segment.field("match")
    found = {term: scope.number("match", term) for term, _ in terms}
    numbers = {term: number for term, number in found.items() if number is not None}
    if len(numbers) < len(found):
        return np.empty(0, "u4"), {}
    rarest_first = sorted(numbers, key=lambda term: postings.frequency(numbers[term]))
    docs = postings.docs(numbers[rarest_first[0]])
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
