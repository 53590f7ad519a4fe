"""Postings of a field as arrays: which paragraphs a term stands in, how often, and where.

The terms of a field lie sorted in one text. The postings of all terms lie in one array, in the
order of the terms, so that a term is a range of it: `first[term]` to `first[term + 1]`.

Of a field with t terms and p postings in n paragraphs, a segment holds (u4 is an unsigned number of
four bytes):

    array                    type      entries  what it holds
    <field>.terms            u1        bytes    the terms in UTF-8, sorted, one behind the other
    <field>.term_ends        u4 or u8  t + 1    where each term begins, and the last ends
    <field>.first            u4 or u8  t + 1    where the postings of each term begin
    <field>.position_first      u4 or u8  t + 1    where its positions begin
    <field>.gaps             u2        p        what a paragraph's number adds to the one before; the
                                                first of a term counts from 0
    <field>.gaps_rest        u4        g        of the few larger ones, what they have above 16 bits
    <field>.gaps_rest_at     u8        g        and the postings that they belong to
    <field>.counts           u1        p        how often the term stands in the paragraph
    <field>.counts_rest      u4        c        of the few larger ones, what they have above 8 bits
    <field>.counts_rest_at   u8        c        and the postings that they belong to
    <field>.positions           u2 or u4  positions   where, in units from the start; only terms of two units
                                                have positions
    <field>.lengths          u1        n        the length of each paragraph, rounded to Whoosh's byte
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from indexer.store.arrays import Array, ArrayFile, ArrayWriter, CheckedArray, smallest_unsigned
from indexer.store.recent import Recent

__all__ = [
    "ARRAYS",
    "PostingLists",
    "Postings",
    "append_lists",
    "concatenated_ranges",
    "posting_lists",
    "write_field",
    "write_terms",
]

ARRAYS = (
    *("terms", "term_ends", "first", "position_first", "positions", "lengths"),
    *(f"{name}{end}" for name in ("gaps", "counts") for end in ("", "_rest", "_rest_at")),
)
"""The arrays of a field."""


def concatenated_ranges(starts: Array, counts: Array) -> Array:
    """Return the numbers from each start on, as many as its count, all in one row."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    numbers: Array = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return numbers


@dataclass(frozen=True, slots=True)
class PostingLists:
    """The postings of t terms in memory: `docs`, `counts` and `positions` in the order of the terms.

    `sizes` are the postings of each term, `position_sizes` its positions: i8, t of each. `docs` are i8 and
    `counts` whole numbers of any type, one a posting; `positions`, too, one for each time that a term
    with positions stands in a paragraph.
    """

    sizes: Array
    docs: Array
    counts: Array
    position_sizes: Array
    positions: Array

    def kept(self, alive: Array) -> PostingLists:
        """Return the postings of the paragraphs that are `alive`, numbered anew without the others."""
        keep = alive[self.docs]
        owner = np.repeat(np.arange(len(self.sizes)), self.sizes)
        placed = np.repeat(self.position_sizes > 0, self.sizes)
        in_positions = np.where(placed, self.counts, 0)
        kept_positions = self.positions[np.repeat(keep, in_positions)]
        return PostingLists(
            sizes=np.bincount(owner[keep], minlength=len(self.sizes)),
            docs=(np.cumsum(alive) - 1)[self.docs[keep]],
            counts=self.counts[keep],
            position_sizes=np.bincount(
                owner[keep], weights=in_positions[keep], minlength=len(self.sizes)
            ).astype("i8"),
            positions=kept_positions,
        )

    def ordered(self, order: Array) -> PostingLists:
        """Return the postings with the terms in another order."""
        sizes, position_sizes = self.sizes[order], self.position_sizes[order]
        at = concatenated_ranges((np.cumsum(self.sizes) - self.sizes)[order], sizes)
        position_at = concatenated_ranges(
            (np.cumsum(self.position_sizes) - self.position_sizes)[order], position_sizes
        )
        return PostingLists(
            sizes, self.docs[at], self.counts[at], position_sizes, self.positions[position_at]
        )


def posting_lists(owners: Array, docs: Array, positions: Array | None, terms: int) -> PostingLists:
    """Return the postings of tokens: token `i` is term `owners[i]` at `positions[i]` of `docs[i]`.

    Tokens come in the order of their paragraphs and positions.
    """
    order = np.sort((owners << 32) | np.arange(len(owners))) & 0xFFFFFFFF
    owners, docs = owners[order], docs[order]
    begins = np.flatnonzero(np.r_[True, (owners[1:] != owners[:-1]) | (docs[1:] != docs[:-1])][: len(owners)])
    return PostingLists(
        sizes=np.bincount(owners[begins], minlength=terms),
        docs=docs[begins],
        counts=np.diff(np.r_[begins, len(owners)]),
        position_sizes=np.zeros(terms, "i8") if positions is None else np.bincount(owners, minlength=terms),
        positions=np.empty(0, "u2") if positions is None else positions[order],
    )


class Postings:
    """The postings of one field of a segment."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        """Look into the arrays of `field`."""
        self.release = file.release
        self._first = _Offsets(file.part(f"{field}.first"))
        self._gaps = _ShortNumbers(file, f"{field}.gaps")
        self._counts = _ShortNumbers(file, f"{field}.counts")
        self._position_first = _Offsets(file.part(f"{field}.position_first"))
        self._positions = file.part(f"{field}.positions")
        self._text = file.part(f"{field}.terms")
        self._ends = file.part(f"{field}.term_ends")
        self._lengths = file, f"{field}.lengths"
        self._known: Recent[bytes, int | None] = Recent()

    def __len__(self) -> int:
        """Return the number of terms."""
        return len(self._ends) - 1

    @property
    def lengths(self) -> Array:
        """The lengths of the paragraphs, as their bytes (u1)."""
        file, name = self._lengths
        return file[name]

    def term(self, number: int) -> bytes:
        """Return the term of a number, counted in sorted order."""
        self._check_terms(number, number + 1)
        return self._seen(number)

    def _seen(self, number: int) -> bytes:
        """Return a term as it lies there."""
        ends = self._ends.numbers
        return bytes(self._text.numbers[ends[number] : ends[number + 1]])

    def _check_terms(self, start: int, end: int) -> None:
        """Raise `DamageError` when the terms from `start` to `end` are not those that were written."""
        self._ends.check(start, end + 1)
        ends = self._ends.numbers
        self._text.check(ends[start], ends[end])

    def terms(self) -> list[bytes]:
        """Return all terms, sorted."""
        text, ends = bytes(self._text.whole()), self._ends.whole().tolist()
        return [text[start:end] for start, end in pairwise(ends)]

    def lower_bound(self, term: bytes) -> int:
        """Return the number of the first term that does not sort before `term`."""
        number = bisect_left(range(len(self)), term, key=self._seen)
        # What was passed on the way may be damaged: the term stands here if it does so in sound blocks.
        self._check_terms(max(0, number - 1), min(len(self), number + 1))
        return number

    def find(self, term: bytes) -> int | None:
        """Return the number of a term, or None when it stands nowhere."""
        return self._known[term] if term in self._known else self._known.keep(term, self._find(term))

    def _find(self, term: bytes) -> int | None:
        number = self.lower_bound(term)
        return number if number < len(self) and self._seen(number) == term else None

    def frequency(self, number: int) -> int:
        """Return how many paragraphs a term stands in."""
        start, end = self._first.range(number)
        return end - start

    def docs(self, number: int) -> Array:
        """Return the paragraphs of a term, ascending (u4)."""
        return np.cumsum(self._gaps.between(*self._first.range(number)), dtype="u4")

    def counts(self, number: int) -> Array:
        """Return how often a term stands in each of its paragraphs: u1, or i8 where one is larger."""
        return self._counts.between(*self._first.range(number))

    def positions(self, number: int) -> Array:
        """Return where a term stands, paragraph by paragraph, `counts` of them in each: u2 or u4."""
        return self._positions.between(*self._position_first.range(number))

    def run(self, start: int, end: int) -> PostingLists:
        """Return the postings of the terms from `start` to `end`."""
        first = self._first.part.between(start, end + 1).astype("i8")
        position_first = self._position_first.part.between(start, end + 1).astype("i8")
        sums = np.cumsum(self._gaps.between(int(first[0]), int(first[-1])), dtype="i8")
        before = np.r_[0, sums][first[:-1] - first[0]]
        return PostingLists(
            sizes=np.diff(first),
            docs=sums - np.repeat(before, np.diff(first)),
            counts=self._counts.between(int(first[0]), int(first[-1])),
            position_sizes=np.diff(position_first),
            positions=self._positions.between(int(position_first[0]), int(position_first[-1])),
        )

    def sizes(self) -> Array:
        """Return how many paragraphs each term stands in."""
        return np.diff(self._first.part.whole().astype("i8"))

    def position_sizes(self) -> Array:
        """Return how many positions each term has."""
        return np.diff(self._position_first.part.whole().astype("i8"))

    def positions_dtype(self) -> np.dtype[Any]:
        """Return the type of the positions."""
        return self._positions.array.dtype


class _Offsets:
    """Where what belongs to each term begins, which is where that of the term before ends."""

    def __init__(self, part: CheckedArray) -> None:
        self.part = part
        self._known: Recent[int, tuple[int, int]] = Recent()

    def range(self, number: int) -> tuple[int, int]:
        """Return where what belongs to a term begins and ends."""
        found = self._known.get(number)
        if found is None:
            self.part.check(number, number + 2)
            found = self._known.keep(number, (self.part.numbers[number], self.part.numbers[number + 1]))
        return found


class _ShortNumbers:
    """Numbers that are mostly short, and the rest of the few that are not."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._short = file.part(name)
        self._bits = 8 * self._short.array.dtype.itemsize
        self._rest = file.part(f"{name}_rest")
        self._at = file.part(f"{name}_rest_at")
        self._known: Recent[tuple[int, int], tuple[int, int]] = Recent()

    def between(self, start: int, end: int) -> Array:
        """Return the numbers from `start` to `end`."""
        first, last = self._known.get((start, end)) or self._found(start, end)
        numbers = self._short.array[start:end]
        if first < last:
            numbers = numbers.astype("i8")
            at = self._at.array[first:last].astype("i8") - start
            numbers[at] += self._rest.array[first:last].astype("i8") << self._bits
        return numbers

    def _found(self, start: int, end: int) -> tuple[int, int]:
        """Check the numbers from `start` to `end`; return where their rest begins and ends."""
        self._short.check(start, end)
        first = bisect_left(self._at.numbers, start)
        last = bisect_left(self._at.numbers, end, first)
        self._at.check(max(0, first - 1), min(len(self._at), last + 1))  # as in `from_term`
        self._rest.check(first, last)
        return self._known.keep((start, end), (first, last))


def _append_short(writer: ArrayWriter, name: str, numbers: Array, written: int, dtype: str) -> None:
    bits = 8 * np.dtype(dtype).itemsize
    rest = numbers >> bits
    at = np.flatnonzero(rest)
    writer.append(name, (numbers & ((1 << bits) - 1)).astype(dtype))
    writer.append(f"{name}_rest", rest[at].astype("u4"))
    writer.append(f"{name}_rest_at", (at + written).astype("u8"))


def write_field(
    writer: ArrayWriter, field: str, terms: Sequence[bytes], run: PostingLists, lengths: Array
) -> None:
    """Write the postings of a field, `terms` sorted."""
    write_terms(writer, field, terms, run.sizes, run.position_sizes)
    append_lists(writer, field, run, 0, smallest_unsigned(int(run.positions.max(initial=1 << 8))))
    writer.append(f"{field}.lengths", lengths)


def write_terms(
    writer: ArrayWriter, field: str, terms: Sequence[bytes], sizes: Array, position_sizes: Array
) -> None:
    """Write the terms of a field and where the postings and positions of each begin."""
    writer.append(f"{field}.terms", b"".join(terms))
    for name, each in (
        ("term_ends", np.fromiter(map(len, terms), "i8", len(terms))),
        ("first", sizes),
        ("position_first", position_sizes),
    ):
        ends = np.r_[0, np.cumsum(each, dtype="i8")]
        writer.append(f"{field}.{name}", ends.astype("u4" if ends[-1] < 1 << 32 else "u8"))


def append_lists(
    writer: ArrayWriter, field: str, run: PostingLists, written: int, positions_dtype: np.dtype[Any]
) -> None:
    """Write the postings of the next terms of a field, behind the `written` before them."""
    gaps = np.diff(run.docs, prepend=0)
    begins = (np.cumsum(run.sizes) - run.sizes)[run.sizes > 0]
    gaps[begins] = run.docs[begins]
    _append_short(writer, f"{field}.gaps", gaps, written, "u2")
    _append_short(writer, f"{field}.counts", run.counts, written, "u1")
    writer.append(f"{field}.positions", run.positions.astype(positions_dtype))
