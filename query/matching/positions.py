"""Find phrases and patterns in the paragraphs of a segment by positions.

The `match` field has a term for each unit and for each pair of neighbouring units of a text; only pairs
have positions. A packed position (i8) holds the paragraph in its upper 32 bits and in its lower ones
the position, counted in units from the start of the paragraph, so that sorting and comparing packed
positions is sorting and comparing numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from indexer.segments.posting_lists import concatenate_ranges
from indexer.segments.schema import MATCH
from indexer.store.arrays import Array
from indexer.text.folding import join_pair, units
from query.language.wildcards import AnyUnits, Glob, Literal, Pattern, PatternPart, Piece
from query.matching.bm25 import SegmentScorer

__all__ = [
    "Positions",
    "docs_near",
    "find_pattern",
    "find_phrase",
    "locate",
    "pack",
    "phrase_terms",
    "unpack",
]

PhraseTerms = Sequence[tuple[str, int]]
"""Terms of the match field, each with its offset from the start of a phrase in units."""


class Positions(Struct, frozen=True):
    """Occurrences in a segment: the packed positions of their `starts` and `ends`, both ascending."""

    starts: Array
    ends: Array

    @property
    def docs(self) -> Array:
        """The paragraph of each occurrence, ascending (i8)."""
        return unpack(self.starts)[0]


def pack(docs: Array, positions: Array) -> Array:
    """Pack paragraphs and positions in them into one number each (i8)."""
    packed: Array = (docs.astype("i8") << 32) + positions
    return packed


def unpack(packed: Array) -> tuple[Array, Array]:
    """Split packed positions into paragraphs and positions (both i8)."""
    return packed >> 32, packed & 0xFFFFFFFF


def locate(many: Array, few: Array) -> tuple[Array, Array]:
    """Find each of `few` in the sorted `many`: its index, and whether it is there (bool).

    The index of one that is not there is that of a neighbour, or 0.
    """
    if not len(many):
        return np.zeros(len(few), "i8"), np.zeros(len(few), bool)
    indices = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return indices, many[indices] == few


def find_phrase(scorer: SegmentScorer, parts: Sequence[str]) -> tuple[Array, Mapping[str, Array | None]]:
    """Find the live documents in which units are adjacent, by the terms that cover the phrase.

    Return the paragraphs (u4, ascending), and for each of the terms their indices into its postings;
    None where they are all its postings.
    """
    terms = phrase_terms(parts)
    docs, indices = _docs_with_all(scorer, terms)
    live = scorer.segment.live
    if len(terms) == 1 and live is None:
        return docs, dict.fromkeys(indices)
    keep = np.ones(len(docs), bool) if live is None else live[docs]
    if len(terms) > 1 and len(docs):
        matched = np.zeros(len(docs), bool)
        matched[unpack(_align(scorer, terms, indices))[0]] = True
        keep &= matched
    return docs[keep], {term: own[keep] for term, own in indices.items()}


def find_pattern(scorer: SegmentScorer, pattern: Pattern) -> Positions:
    """Find the occurrences of a pattern, each piece being followed by the nearest next one.

    Raise `ValueError` for a piece of wildcards alone. Deleted documents are found, too.
    """
    found: Positions | None = None
    for piece in pattern.pieces:
        starts = _piece_starts(scorer, piece)
        positions = Positions(starts, starts + sum(part.width for part in piece))
        found = positions if found is None else _followed_by(found, positions)
    return found or Positions(np.empty(0, "i8"), np.empty(0, "i8"))


def docs_near(left: Positions, right: Positions, within: int) -> Array:
    """Find the paragraphs (u4, ascending) with at most `within` units between a left and a right one."""
    docs, starts = unpack(left.starts)
    first = np.searchsorted(right.ends, pack(docs, np.maximum(starts - within, 0)))
    last = np.searchsorted(right.starts, left.ends + within, "right")
    return np.unique(docs[last > first]).astype("u4")


def _followed_by(left: Positions, right: Positions) -> Positions:
    """Join each left occurrence with the first right one after it in the same paragraph."""
    indices = np.searchsorted(right.starts, left.ends)
    keep = np.flatnonzero(indices < len(right.starts))
    keep = keep[right.docs[indices[keep]] == left.docs[keep]]
    return Positions(left.starts[keep], right.ends[indices[keep]])


def _piece_starts(scorer: SegmentScorer, piece: Piece) -> Array:
    """Find the packed positions at which all parts of a piece are adjacent."""
    starts: Array | None = None
    width = 0
    for part in piece:
        if not isinstance(part, AnyUnits):
            own = _part_starts(scorer, part)
            own = own[unpack(own)[1] >= width] - width
            starts = own if starts is None else starts[locate(own, starts)[1]]
        width += part.width
    if starts is None:
        raise ValueError("a piece of wildcards alone stands everywhere")
    if isinstance(piece[-1], AnyUnits):
        docs, positions = unpack(starts)
        starts = starts[positions + width <= scorer.segment.file["units"][docs]]
    return starts


def _part_starts(scorer: SegmentScorer, part: PatternPart) -> Array:
    """Find the packed positions of a part."""
    if isinstance(part, Glob):
        return _unit_starts(scorer, part.prefix, re.compile(part.regex()))
    assert isinstance(part, Literal)
    if len(part.units) > 1:
        return _phrase_starts(scorer, part.units)
    (unit,) = part.units
    regex = re.compile(part.regex())
    return _unit_starts(scorer, unit, None if regex.pattern == re.escape(unit) else regex)


def _unit_starts(scorer: SegmentScorer, prefix: str, regex: re.Pattern[str] | None) -> Array:
    """Find the packed positions of units that begin with `prefix` and match `regex`.

    A unit is where the pairs are whose left unit it is, or else at the end of a paragraph. Without a
    `regex`, every term that begins with the prefix is the unit or one of its pairs.
    """
    postings, size = scorer.segment.postings(MATCH), scorer.segment.size
    starts, occurrences = [np.empty(0, "i8")], np.zeros(size)
    for first, end in _term_ranges(scorer, prefix, regex):
        run = postings.lists(first, end)
        is_pair = np.repeat(run.position_sizes > 0, run.sizes)
        starts.append(pack(np.repeat(run.docs[is_pair], run.frequencies[is_pair]), run.positions))
        occurrences += np.bincount(run.docs[~is_pair], run.frequencies[~is_pair], size)
    paired = np.concatenate(starts)
    # Where there are more such units than such pairs, the last unit is one: it is the left one of no pair.
    unpaired = np.flatnonzero(occurrences > np.bincount(unpack(paired)[0], minlength=size))
    last = pack(unpaired, scorer.segment.file["units"][unpaired].astype("i8") - 1)
    return np.sort(np.concatenate([paired, last]))


def _term_ranges(
    scorer: SegmentScorer, prefix: str, regex: re.Pattern[str] | None
) -> Sequence[tuple[int, int]]:
    """Find the ranges of terms that begin with `prefix`, and whose first unit matches `regex`."""
    postings = scorer.segment.postings(MATCH)
    first, end = map(postings.lower_bound, _prefix_bounds(prefix))
    if regex is None:
        return [(first, end)] if first < end else []
    numbers = [number for number in range(first, end) if _first_unit_matches(postings.term(number), regex)]
    breaks = np.flatnonzero(np.diff(numbers) > 1) + 1
    ranges = np.split(np.array(numbers, "i8"), breaks)
    return [(int(own[0]), int(own[-1]) + 1) for own in ranges if len(own)]


def _prefix_bounds(prefix: str) -> tuple[bytes, bytes]:
    """Return the bounds of the terms that begin with a prefix, or with a letter or digit if it is empty."""
    return (prefix.encode("utf-8"), prefix.encode("utf-8") + b"\xff") if prefix else (b"0", b"\xe2")


def _first_unit_matches(term: bytes, regex: re.Pattern[str]) -> bool:
    return regex.fullmatch(units(term.decode("utf-8"))[0]) is not None


def _phrase_starts(scorer: SegmentScorer, parts: Sequence[str]) -> Array:
    """Find the packed positions at which several units are adjacent."""
    terms = phrase_terms(parts)
    docs, indices = _docs_with_all(scorer, terms)
    if not len(docs):
        return np.empty(0, "i8")
    at, positions = unpack(_align(scorer, terms, indices))
    return pack(docs[at], positions)


def phrase_terms(parts: Sequence[str]) -> PhraseTerms:
    """Choose the terms that cover a phrase of units.

    Every second pair covers each unit once, with the fewest postings; the last pair closes the end.
    """
    if len(parts) == 1:
        return [(parts[0], 0)]
    offsets = sorted({*range(0, len(parts) - 1, 2), len(parts) - 2})
    return [(join_pair(parts[at], parts[at + 1]), at) for at in offsets]


def _docs_with_all(scorer: SegmentScorer, terms: PhraseTerms) -> tuple[Array, dict[str, Array]]:
    """Intersect the postings of terms: the paragraphs, and their indices into the postings of each term."""
    postings = scorer.segment.postings(MATCH)
    found = {term: scorer.term_number(MATCH, term) for term, _ in terms}
    numbers = {term: number for term, number in found.items() if number is not None}
    if len(numbers) < len(found):
        return np.empty(0, "u4"), {}
    rarest, *others = sorted(numbers, key=lambda term: postings.document_frequency(numbers[term]))
    docs = postings.docs(numbers[rarest])
    indices = {rarest: np.arange(len(docs))}
    for term in others:
        own, keep = locate(postings.docs(numbers[term]), docs)
        docs = docs[keep]
        indices = {known: each[keep] for known, each in indices.items()} | {term: own[keep]}
    return docs, indices


def _align(scorer: SegmentScorer, terms: PhraseTerms, indices: Mapping[str, Array]) -> Array:
    """Find the positions at which all terms are at their offsets, in paragraphs that have all of them.

    `indices` are those of these paragraphs into the postings of each term. What is returned is packed
    with the index of a paragraph among these, not with its number.
    """
    postings = scorer.segment.postings(MATCH)
    docs = np.arange(len(next(iter(indices.values()))))
    numbers = {term: number for term in indices if (number := scorer.term_number(MATCH, term)) is not None}
    starts: Array | None = None
    for term, offset in sorted(terms, key=lambda pair: postings.document_frequency(numbers[pair[0]])):
        frequencies = postings.term_frequencies(numbers[term])
        first = np.cumsum(frequencies, dtype="i8") - frequencies
        own = frequencies[indices[term]].astype("i8")
        positions = postings.positions(numbers[term])[concatenate_ranges(first[indices[term]], own)]
        here = pack(np.repeat(docs, own), positions) - offset
        starts = here if starts is None else starts[locate(here, starts)[1]]
    assert starts is not None  # there is at least one term
    return starts
