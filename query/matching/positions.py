"""Where texts and patterns stand in the paragraphs of a segment, from the positions of pairs of units.

A spot is one number: the paragraph in its upper half, the place in its lower, counted in units from
the start of the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.segments.posting_lists import concatenate_ranges
from indexer.segments.schema import MATCH
from indexer.store.arrays import Array
from indexer.text.folding import join_pair, units
from query.language.wildcards import AnyUnits, Glob, Literal, Pattern, PatternPart, Piece
from query.matching.bm25 import SegmentScorer

__all__ = ["Positions", "docs_near", "find_pattern", "find_phrase", "locate"]

_POSITION = 0xFFFFFFFF  # the half of a spot that is a place


@dataclass(frozen=True, slots=True)
class Positions:
    """Where something stands: the `starts` and `ends` of its spots, both ascending, i8, as many of each."""

    starts: Array
    ends: Array

    @property
    def docs(self) -> Array:
        """The paragraphs, ascending, each as often as it stands there."""
        return self.starts >> 32


def find_pattern(scope: SegmentScorer, pattern: Pattern) -> Positions:
    """Return where a pattern stands: the first spot of each other piece behind the one before it."""
    found: Positions | None = None
    for piece in pattern.pieces:
        starts = _piece(scope, piece)
        spots = Positions(starts, starts + sum(part.width for part in piece))
        found = spots if found is None else _chained(found, spots)
    return found or Positions(np.empty(0, "i8"), np.empty(0, "i8"))


def docs_near(left: Positions, right: Positions, within: int) -> Array:
    """Return the paragraphs where at most `within` units stand between a left and a right one."""
    least = (left.starts >> 32 << 32) + np.maximum((left.starts & _POSITION) - within, 0)
    first = np.searchsorted(right.ends, least)
    last = np.searchsorted(right.starts, left.ends + within, "right")
    return np.unique(left.docs[last > first]).astype("u4")


def _chained(left: Positions, right: Positions) -> Positions:
    """Join each left spot with the first right one behind it in the same paragraph."""
    at = np.searchsorted(right.starts, left.ends)
    keep = np.flatnonzero(at < len(right.starts))
    keep = keep[right.docs[at[keep]] == left.docs[keep]]
    return Positions(left.starts[keep], right.ends[at[keep]])


def _piece(scope: SegmentScorer, piece: Piece) -> Array:
    """Return the starts of a piece: where all of its parts stand at their positions."""
    starts: Array | None = None
    width = 0
    for part in piece:
        if not isinstance(part, AnyUnits):
            own = _part(scope, part)
            own = own[(own & _POSITION) >= width] - width
            starts = own if starts is None else starts[locate(own, starts)[1]]
        width += part.width
    if starts is None:
        raise ValueError("a piece of wildcards alone stands everywhere")
    if isinstance(piece[-1], AnyUnits):
        starts = starts[(starts & _POSITION) + width <= scope.segment.file["units"][starts >> 32]]
    return starts


def _part(scope: SegmentScorer, part: PatternPart) -> Array:
    if isinstance(part, Glob):
        return _globbed(scope, part)
    assert isinstance(part, Literal)
    return _row(scope, part.units) if len(part.units) > 1 else _unit(scope, part.units[0])


def _unit(scope: SegmentScorer, unit: str) -> Array:
    """Return where a unit stands."""
    regex = re.compile(Literal((unit,)).regex())
    return _standing_units(scope, unit, None if regex.pattern == re.escape(unit) else regex)


def _globbed(scope: SegmentScorer, glob: Glob) -> Array:
    """Return where the runs stand that a glob matches."""
    return _standing_units(scope, glob.prefix, re.compile(glob.regex()))


def _standing_units(scope: SegmentScorer, prefix: str, matching: re.Pattern[str] | None) -> Array:
    """Return where units stand that begin with `prefix`: where their pairs do, or at the end of all.

    Without `matching`, every term that begins with the prefix is the unit or one of its pairs.
    """
    postings, size = scope.segment.postings(MATCH), scope.segment.size
    first, end = (postings.lower_bound(border) for border in _range(prefix))
    chosen = np.arange(first, end)
    if matching:
        chosen = chosen[
            [_begins(postings.term(number).decode("utf-8"), matching) for number in chosen.tolist()]
        ]
    spots, counted = [np.empty(0, "i8")], np.zeros(size)
    for stretch in np.split(chosen, np.flatnonzero(np.diff(chosen) > 1) + 1):
        if len(stretch):
            run = postings.lists(int(stretch[0]), int(stretch[-1]) + 1)
            paired = np.repeat(run.position_sizes > 0, run.sizes)
            spots.append((np.repeat(run.docs[paired], run.frequencies[paired]) << 32) + run.positions)
            counted += np.bincount(run.docs[~paired], run.frequencies[~paired], size)
    starts = np.concatenate(spots)
    # The last unit of a paragraph is the left one of no pair.
    last = np.flatnonzero(counted > np.bincount(starts >> 32, minlength=size))
    ends = (last << 32) + scope.segment.file["units"][last].astype("i8") - 1
    return np.sort(np.concatenate([starts, ends]))


def _range(prefix: str) -> tuple[bytes, bytes]:
    """Return the borders of the terms that begin with a prefix; without one, of all runs."""
    return (prefix.encode("utf-8"), prefix.encode("utf-8") + b"\xff") if prefix else (b"0", b"\xe2")


def _begins(term: str, matching: re.Pattern[str]) -> bool:
    """Tell whether the first unit of a term is one that matches."""
    return matching.fullmatch(units(term)[0]) is not None


def find_phrase(scope: SegmentScorer, parts: Sequence[str]) -> tuple[Array, Mapping[str, Array | None]]:
    """Return the paragraphs in which units stand in a row.

    With them, for each term of the match field that shows it, which of its postings they are; None
    says all of them.
    """
    terms = _terms(parts)
    docs, at = _common(scope, terms)
    alive = scope.segment.live
    if len(terms) == 1 and alive is None:
        return docs, dict.fromkeys(at)
    keep = np.ones(len(docs), bool) if alive is None else alive[docs]
    if len(terms) > 1 and len(docs):
        found = np.zeros(len(docs), bool)
        found[_in_a_row(scope, terms, at) >> 32] = True
        keep &= found
    return docs[keep], {term: positions[keep] for term, positions in at.items()}


def _row(scope: SegmentScorer, parts: Sequence[str]) -> Array:
    """Return where several units stand in a row."""
    terms = _terms(parts)
    docs, at = _common(scope, terms)
    if not len(docs):
        return np.empty(0, "i8")
    starts = _in_a_row(scope, terms, at)
    spots: Array = (docs[starts >> 32].astype("i8") << 32) + (starts & _POSITION)
    return spots


def _terms(parts: Sequence[str]) -> list[tuple[str, int]]:
    """Return the terms that stand in the match field where some units do, each with its place among them.

    Pairs two apart cover every unit once, with the fewest postings; the last pair closes the end.
    """
    if len(parts) == 1:
        return [(parts[0], 0)]
    positions = sorted({*range(0, len(parts) - 1, 2), len(parts) - 2})
    return [(join_pair(parts[at], parts[at + 1]), at) for at in positions]


def _common(scope: SegmentScorer, terms: Sequence[tuple[str, int]]) -> tuple[Array, dict[str, Array]]:
    """Return the paragraphs that have all terms and, for each term, which of its postings they are."""
    postings = scope.segment.postings(MATCH)
    found = {term: scope.number(MATCH, term) for term, _ in terms}
    numbers = {term: number for term, number in found.items() if number is not None}
    if len(numbers) < len(found):
        return np.empty(0, "u4"), {}
    rarest, *others = sorted(numbers, key=lambda term: postings.document_frequency(numbers[term]))
    docs = postings.docs(numbers[rarest])
    at = {rarest: np.arange(len(docs))}
    for term in others:
        where, here = locate(postings.docs(numbers[term]), docs)
        docs = docs[here]
        at = {known: positions[here] for known, positions in at.items()} | {term: where[here]}
    return docs, at


def _in_a_row(scope: SegmentScorer, terms: Sequence[tuple[str, int]], at: Mapping[str, Array]) -> Array:
    """Return where the terms stand at their positions from one another.

    `at` tells which postings of each term are those of the paragraphs that have them all; the upper
    half of what is returned counts these paragraphs.
    """
    postings = scope.segment.postings(MATCH)
    size = len(next(iter(at.values())))
    starts: Array | None = None
    numbers = {term: number for term in at if (number := scope.number(MATCH, term)) is not None}
    for term, offset in sorted(terms, key=lambda pair: postings.document_frequency(numbers[pair[0]])):
        counts = postings.term_frequencies(numbers[term])
        first = np.cumsum(counts, dtype="i8") - counts
        own = counts[at[term]].astype("i8")
        positions = postings.positions(numbers[term])[concatenate_ranges(first[at[term]], own)]
        here = (np.repeat(np.arange(size), own) << 32) + positions - offset
        starts = here if starts is None else starts[locate(here, starts)[1]]
    assert starts is not None  # there is a term
    return starts


def locate(many: Array, few: Array) -> tuple[Array, Array]:
    """Return where in the sorted `many` each of `few` would stand, and whether it does."""
    if not len(many):
        return np.zeros(len(few), "i8"), np.zeros(len(few), bool)
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return at, many[at] == few
