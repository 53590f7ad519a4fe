"""Matchers: find the paragraphs of a segment that match a part of a query.

A matcher answers for one segment at a time with its matches, which compute scores on demand: a
paragraph that another matcher or a filter excludes is never scored. A new kind of query is a new
matcher here and a case in `query.matching.compiler`.
"""

from __future__ import annotations

from itertools import product
from typing import Protocol

import numpy as np
from msgspec import Struct

from indexer.store.arrays import Array
from indexer.text.folding import units
from query.language.wildcards import Literal, Pattern
from query.matching.bm25 import SegmentScorer
from query.matching.filters import Filter, live_only
from query.matching.positions import Positions, docs_near, find_pattern, find_phrase, locate, unpack
from query.matching.segment_matches import (
    NAME_BOOST,
    AndMatches,
    BoostedMatches,
    OrMatches,
    SegmentMatches,
    TextMatches,
    UnscoredMatches,
    WildcardMatches,
)

__all__ = [
    "AndMatcher",
    "BoostSpeaker",
    "FilterMatcher",
    "MatchAll",
    "Matcher",
    "NearMatcher",
    "NotMatcher",
    "NumeralMatcher",
    "OrMatcher",
    "SpelledOutMatcher",
    "TextMatcher",
    "UnscoredMatcher",
    "WildcardMatcher",
]


class Matcher(Protocol):
    """A part of a query that can be matched."""

    def match(self, scorer: SegmentScorer) -> SegmentMatches:
        """Find the live documents that match in the segment of `scorer`."""
        ...


class MatchAll(Struct, frozen=True):
    """Match every paragraph with a score of 0."""

    def match(self, scorer: SegmentScorer) -> SegmentMatches:
        """Find all live documents."""
        return UnscoredMatches(scorer.segment.live_numbers().astype("u4"))


class TextMatcher(Struct, frozen=True):
    """Match paragraphs in whose folded text `folded` occurs; `words`, into which it is cut, add to the score.

    Only the match field decides what matches; the fields of words only score. A query that searched
    these, too, would match more.
    """

    folded: str
    words: tuple[str, ...] = ()

    def match(self, scorer: SegmentScorer) -> SegmentMatches:
        """Find the paragraphs in which the units of the text are adjacent."""
        docs, indices = find_phrase(scorer, units(self.folded))
        words = tuple(dict.fromkeys((*self.words, self.folded)))
        return TextMatches(scorer, docs, indices, words)

    def positions(self, scorer: SegmentScorer) -> Positions:
        """Find the occurrences of the text."""
        return find_pattern(scorer, Pattern(((Literal(tuple(units(self.folded))),),)))


class WildcardMatcher(Struct, frozen=True):
    """Match paragraphs in which a pattern occurs, scored by how often; `text` is the pattern as typed."""

    pattern: Pattern
    text: str = ""

    def match(self, scorer: SegmentScorer) -> SegmentMatches:
        """Find the paragraphs in which the pattern occurs."""
        return _counted(scorer, self.positions(scorer).docs, self.text)

    def positions(self, scorer: SegmentScorer) -> Positions:
        """Find the occurrences of the pattern."""
        return find_pattern(scorer, self.pattern)


class NumeralMatcher(Struct, frozen=True):
    """Match a folded text where no character of `before` stands before it, and none of `behind` behind."""

    folded: str
    before: str
    behind: str

    def match(self, scorer: SegmentScorer) -> SegmentMatches:
        """Find the paragraphs in which the text is no part of a larger number."""
        starts = _starts(scorer, self.folded)
        longer = [
            *(_starts(scorer, char + self.folded) + 1 for char in self.before),
            *(_starts(scorer, self.folded + char) for char in self.behind),
        ]
        alone = starts[~np.isin(starts, np.concatenate([*longer, np.empty(0, "i8")]))]
        return _counted(scorer, unpack(alone)[0], self.folded)


def _starts(scorer: SegmentScorer, folded: str) -> Array:
    return TextMatcher(folded).positions(scorer).starts


class SpelledOutMatcher(Struct, frozen=True):
    """Match paragraphs in which the characters of an abbreviation stand in order, in `within` units."""

    pattern: Pattern
    text: str
    within: int

    def match(self, scorer: SegmentScorer) -> SegmentMatches:
        """Find the paragraphs in which the abbreviation is written out."""
        found = find_pattern(scorer, self.pattern)
        close = found.ends - found.starts <= self.within
        return _counted(scorer, found.docs[close], self.text)


class BoostSpeaker(Struct, frozen=True):
    """Match what `matcher` matches; paragraphs of the `speakers` come before all others."""

    matcher: Matcher
    speakers: Filter
    boost: float = NAME_BOOST

    def match(self, scorer: SegmentScorer) -> SegmentMatches:
        """Find what the matcher finds."""
        return BoostedMatches(scorer, self.matcher.match(scorer), self.speakers, self.boost)


class UnscoredMatcher(Struct, frozen=True):
    """Match what `matcher` matches, with a score of 0."""

    matcher: Matcher

    def match(self, scorer: SegmentScorer) -> SegmentMatches:
        """Find what the matcher finds."""
        return UnscoredMatches(self.matcher.match(scorer).docs)


class NearMatcher(Struct, frozen=True):
    """Match paragraphs with one of `left` near one of `right`; the scores of both sides are added."""

    left: tuple[TextMatcher | WildcardMatcher, ...]
    right: tuple[TextMatcher | WildcardMatcher, ...]
    within: int

    def match(self, scorer: SegmentScorer) -> SegmentMatches:
        """Find the paragraphs with at most `within` units between the two sides, in either order."""
        both = AndMatcher((OrMatcher(self.left), OrMatcher(self.right))).match(scorer)
        if not len(both.docs):
            return both
        left, right = ([text.positions(scorer) for text in side] for side in (self.left, self.right))
        matched = np.zeros(scorer.segment.size, bool)
        for one, other in product(left, right):
            matched[docs_near(one, other, self.within)] = True
        return AndMatches(both.docs[matched[both.docs]], [both])


class AndMatcher(Struct, frozen=True):
    """Match paragraphs that all `matchers` match, or all if there are none; their scores are added."""

    matchers: tuple[Matcher, ...]

    def match(self, scorer: SegmentScorer) -> SegmentMatches:
        """Intersect what the matchers find."""
        if not self.matchers:
            return MatchAll().match(scorer)
        parts = [matcher.match(scorer) for matcher in self.matchers]
        docs, *others = sorted((part.docs for part in parts), key=len)
        for other in others:
            docs = docs[locate(other, docs)[1]]
        return AndMatches(docs, parts)


class OrMatcher(Struct, frozen=True):
    """Match paragraphs that at least one of `matchers` matches; the scores of those that do are added."""

    matchers: tuple[Matcher, ...]

    def match(self, scorer: SegmentScorer) -> SegmentMatches:
        """Unite what the matchers find."""
        parts = [matcher.match(scorer) for matcher in self.matchers]
        matched = np.zeros(scorer.segment.size, bool)
        for part in parts:
            matched[part.docs] = True
        return OrMatches(np.flatnonzero(matched).astype("u4"), parts, scorer.segment.size)


class NotMatcher(Struct, frozen=True):
    """Match paragraphs that `matcher` does not match, with a score of 0."""

    matcher: Matcher

    def match(self, scorer: SegmentScorer) -> SegmentMatches:
        """Find the live documents that the matcher does not find."""
        mask = np.ones(scorer.segment.size, bool)
        mask[self.matcher.match(scorer).docs] = False
        return UnscoredMatches(np.flatnonzero(live_only(mask, scorer.segment)).astype("u4"))


class FilterMatcher(Struct, frozen=True):
    """Match paragraphs that pass a filter, with a score of 0."""

    passes: Filter

    def match(self, scorer: SegmentScorer) -> SegmentMatches:
        """Find the live documents that pass."""
        mask = live_only(self.passes(scorer.segment), scorer.segment)
        return UnscoredMatches(np.flatnonzero(mask).astype("u4"))


def _counted(scorer: SegmentScorer, occurrences: Array, text: str) -> WildcardMatches:
    """Match the live documents among those of all occurrences of a text, by how often each is there."""
    docs, frequencies = np.unique(occurrences, return_counts=True)
    docs, live = docs.astype("u4"), scorer.segment.live
    if live is not None:
        docs, frequencies = docs[live[docs]], frequencies[live[docs]]
    return WildcardMatches(scorer, docs, frequencies, text)
