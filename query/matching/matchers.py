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
from query.language.wildcards import Literal, Pattern
from query.matching.bm25 import SegmentScorer
from query.matching.positions import Positions, docs_near, find_pattern, find_phrase, locate

__all__ = [
    "AndMatcher",
    "BoostSpeaker",
    "Filter",
    "FilterMatcher",
    "MatchAll",
    "Matcher",
    "NearMatcher",
    "NotMatcher",
    "OrMatcher",
    "SegmentMatches",
    "TextMatcher",
    "WildcardMatcher",
]


_SPEAKER_BOOST = 100.0  # more than the terms of a name are worth in any text

Filter = Callable[[Segment], Array]
"""Returns a mask of the paragraphs of a segment that pass."""


class SegmentMatches(Protocol):
    """What a node found in a segment."""

    @property
    def docs(self) -> Array:
        """The paragraphs, ascending."""
        ...

    def scores(self, docs: Array) -> Array:
        """Return the scores of some of the paragraphs found."""
        ...


class Matcher(Protocol):
    """A question."""

    def find(self, scope: SegmentScorer) -> SegmentMatches:
        """Return what matches in the segment of `scope`."""
        ...


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Every paragraph, none better than another."""

    def find(self, scope: SegmentScorer) -> SegmentMatches:
        """Return all paragraphs that are there."""
        return _UnscoredMatches(scope.segment.live_numbers().astype("u4"))


@dataclass(frozen=True, slots=True)
class TextMatcher:
    """Paragraphs in whose folded text `folded` occurs; `words` it was cut into add to the score.

    The match field decides and the rank fields only add: joined at the top of the query, a second
    field would match more.
    """

    folded: str
    words: tuple[str, ...] = ()

    def find(self, scope: SegmentScorer) -> SegmentMatches:
        """Return the paragraphs in which the terms of the text stand at their places."""
        docs, at = find_phrase(scope, units(self.folded))
        return _TextMatches(self, scope, docs, at)

    def positions(self, scope: SegmentScorer) -> Positions:
        """Return where the text stands."""
        return find_pattern(scope, Pattern(((Literal(tuple(units(self.folded))),),)))


@dataclass(frozen=True, slots=True)
class BoostSpeaker:
    """What a node matches; the paragraphs that pass a filter come before the others."""

    node: Matcher
    passes: Filter

    def find(self, scope: SegmentScorer) -> SegmentMatches:
        """Return what the node matches."""
        return _BoostedMatches(self.node.find(scope), self.passes, scope)


@dataclass(frozen=True, slots=True)
class WildcardMatcher:
    """Paragraphs in which a pattern stands; one of them is better where it stands more often."""

    pattern: Pattern
    text: str = ""

    def find(self, scope: SegmentScorer) -> SegmentMatches:
        """Return the paragraphs in which the pattern stands."""
        docs, counts = np.unique(self.positions(scope).docs, return_counts=True)
        docs = docs.astype("u4")
        if scope.segment.live is not None:
            alive = scope.segment.live[docs]
            docs, counts = docs[alive], counts[alive]
        return _WildcardMatches(self, scope, docs, counts)

    def positions(self, scope: SegmentScorer) -> Positions:
        """Return where the pattern stands."""
        return find_pattern(scope, self.pattern)


@dataclass(frozen=True, slots=True)
class NearMatcher:
    """Paragraphs in which one of `left` and one of `right` stand near, with the scores of both."""

    left: tuple[TextMatcher | WildcardMatcher, ...]
    right: tuple[TextMatcher | WildcardMatcher, ...]
    within: int

    def find(self, scope: SegmentScorer) -> SegmentMatches:
        """Return the paragraphs in which at most `within` units stand between the two."""
        both = AndMatcher((OrMatcher(self.left), OrMatcher(self.right))).find(scope)
        if not len(both.docs):
            return both
        left, right = ([node.positions(scope) for node in side] for side in (self.left, self.right))
        matched = np.zeros(scope.segment.size, bool)
        for one, other in product(left, right):
            matched[docs_near(one, other, self.within)] = True
        return _AndMatches(both.docs[matched[both.docs]], [both])


@dataclass(frozen=True, slots=True)
class AndMatcher:
    """Paragraphs that match every node, all of them if there is none; their scores are added up."""

    nodes: tuple[Matcher, ...]

    def find(self, scope: SegmentScorer) -> SegmentMatches:
        """Return what all nodes have in common."""
        if not self.nodes:
            return MatchAll().find(scope)
        found = [node.find(scope) for node in self.nodes]
        fewest, *others = sorted((each.docs for each in found), key=len)
        for other in others:
            fewest = fewest[locate(other, fewest)[1]]
        return _AndMatches(fewest, found)


@dataclass(frozen=True, slots=True)
class OrMatcher:
    """Paragraphs that match at least one node; the scores of those that do are added up."""

    nodes: tuple[Matcher, ...]

    def find(self, scope: SegmentScorer) -> SegmentMatches:
        """Return what any node matches."""
        found = [node.find(scope) for node in self.nodes]
        matched = np.zeros(scope.segment.size, bool)
        for each in found:
            matched[each.docs] = True
        return _OrMatches(np.flatnonzero(matched).astype("u4"), found, scope.segment.size)


@dataclass(frozen=True, slots=True)
class NotMatcher:
    """Paragraphs that do not match a node; none is better than another."""

    node: Matcher

    def find(self, scope: SegmentScorer) -> SegmentMatches:
        """Return the paragraphs that are there and that the node does not match."""
        others = np.ones(scope.segment.size, bool)
        others[self.node.find(scope).docs] = False
        if scope.segment.live is not None:
            others &= scope.segment.live
        return _UnscoredMatches(np.flatnonzero(others).astype("u4"))


@dataclass(frozen=True, slots=True)
class FilterMatcher:
    """Paragraphs that pass a filter, none better than another."""

    passes: Filter

    def find(self, scope: SegmentScorer) -> SegmentMatches:
        """Return the paragraphs that pass."""
        mask = self.passes(scope.segment)
        if scope.segment.live is not None:
            mask = mask & scope.segment.live
        return _UnscoredMatches(np.flatnonzero(mask).astype("u4"))


@dataclass(frozen=True, slots=True)
class _UnscoredMatches:
    """Paragraphs that are all alike."""

    docs: Array

    def scores(self, docs: Array) -> Array:
        return np.zeros(len(docs))


@dataclass(frozen=True, slots=True)
class _TextMatches:
    """`at` tells for each term of the text which of its postings the paragraphs are; None says all."""

    text: TextMatcher
    scope: SegmentScorer
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
class _WildcardMatches:
    like: WildcardMatcher
    scope: SegmentScorer
    docs: Array
    counts: Array

    def scores(self, docs: Array) -> Array:
        counts = self.counts if docs is self.docs else self.counts[np.searchsorted(self.docs, docs)]
        return self.scope.counted(self.like.text, counts, docs)


@dataclass(frozen=True, slots=True)
class _BoostedMatches:
    found: SegmentMatches
    passes: Filter
    scope: SegmentScorer

    @property
    def docs(self) -> Array:
        return self.found.docs

    def scores(self, docs: Array) -> Array:
        said = self.passes(self.scope.segment)[docs] * _SPEAKER_BOOST
        self.scope.note("speaker", "", said)
        return self.found.scores(docs) + said


@dataclass(frozen=True, slots=True)
class _AndMatches:
    docs: Array
    found: Sequence[SegmentMatches]

    def scores(self, docs: Array) -> Array:
        return np.sum([each.scores(docs) for each in self.found], axis=0)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class _OrMatches:
    docs: Array
    found: Sequence[SegmentMatches]
    size: int

    def scores(self, docs: Array) -> Array:
        scores = np.zeros(self.size)
        wanted = np.zeros(self.size, bool)
        wanted[docs] = True
        for each in self.found:
            own = each.docs if docs is self.docs else each.docs[wanted[each.docs]]
            scores[own] += each.scores(own)
        return scores[docs]
