"""The postings of a field on disk: which paragraphs a term stands in, how often, and where.

The terms of a field are sorted by their bytes, and numbered in that order. The postings of all terms
lie in one array, in the order of the terms, so that those of term `i` are its entries from
`posting_offsets[i]` to `posting_offsets[i + 1] - 1`.

Of a field with t terms and p postings in n paragraphs, a segment holds (u4 is an unsigned number of
four bytes):

    array                        type      entries    what it holds
    <field>.terms                u1        bytes      the terms in UTF-8, sorted, one behind the other
    <field>.term_offsets         u4 or u8  t + 1      where each term begins, and the last ends
    <field>.posting_offsets      u4 or u8  t + 1      where the postings of each term begin
    <field>.position_offsets     u4 or u8  t + 1      where its positions begin
    <field>.gaps                 u2        p          the paragraph's number less that of the posting
                                                      before; the first of a term is counted from 0
    <field>.gaps_high            u4        g          of the g gaps above 16 bits, the higher bits
    <field>.gaps_high_at         u8        g          and the postings that they belong to
    <field>.frequencies          u1        h          the term frequency: how often the term stands in
                                                      the paragraph, in half a byte (h is p / 2, up)
    <field>.frequencies_high     u4        c          of the c frequencies above 4 bits, the higher bits
    <field>.frequencies_high_at  u8        c          and the postings that they belong to
    <field>.positions            u2 or u4  positions  where, in units from the start of the paragraph;
                                                      only terms of two units have positions
    <field>.norms                u1        n          the length of the field in each paragraph, encoded
                                                      by `indexer.segments.norms`

Gaps and frequencies are packed by `indexer.segments.packed_numbers`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from indexer.segments.packed_numbers import PackedNumbers, PackedNumbersWriter
from indexer.segments.posting_lists import PostingLists
from indexer.store.arrays import Array, ArrayFile, ArrayWriter, CheckedArray, smallest_unsigned_dtype
from indexer.store.bounded_cache import BoundedCache

__all__ = ["POSTING_ARRAYS", "Postings", "PostingsWriter", "write_postings", "write_terms"]

POSTING_ARRAYS = (
    *("terms", "term_offsets", "posting_offsets", "position_offsets", "positions", "norms"),
    *(f"{name}{end}" for name in ("gaps", "frequencies") for end in ("", "_high", "_high_at")),
)
"""The names of the arrays of a field, without the field."""

_GAP_BITS, _FREQUENCY_BITS = 16, 4  # of a gap and of a frequency, what is larger than 1 in 120 or 1 in 9,000


class Postings:
    """The postings of one field of a segment.

    Terms are asked for by their numbers, paragraphs are numbers in the segment, deleted ones among
    them. Every method raises `DamageError` when what it reads is not what was written.
    """

    def __init__(self, file: ArrayFile, field: str) -> None:
        """View the arrays of `field`; nothing is read yet."""
        self.release = file.release
        self._terms = file.lazy(f"{field}.terms")
        self._term_offsets = file.lazy(f"{field}.term_offsets")
        self._posting_offsets = _Offsets(file.lazy(f"{field}.posting_offsets"))
        self._position_offsets = _Offsets(file.lazy(f"{field}.position_offsets"))
        self._gaps = PackedNumbers(file, f"{field}.gaps", _GAP_BITS)
        self._frequencies = PackedNumbers(file, f"{field}.frequencies", _FREQUENCY_BITS)
        self._positions = file.lazy(f"{field}.positions")
        self._norms = file, f"{field}.norms"
        self._known: BoundedCache[bytes, int | None] = BoundedCache()

    def __len__(self) -> int:
        """Return the number of terms."""
        return len(self._term_offsets) - 1

    @property
    def norms(self) -> Array:
        """The norms of all paragraphs (u1)."""
        file, name = self._norms
        return file[name]

    @property
    def positions_dtype(self) -> np.dtype[Any]:
        """The dtype of the positions: u2 or u4."""
        return self._positions.array.dtype

    def term(self, number: int) -> bytes:
        """Return a term in UTF-8."""
        self._check_terms(number, number + 1)
        return self._unchecked_term(number)

    def terms(self) -> list[bytes]:
        """Return all terms in UTF-8, sorted."""
        text, offsets = bytes(self._terms.read_all()), self._term_offsets.read_all().tolist()
        return [text[start:end] for start, end in pairwise(offsets)]

    def lower_bound(self, term: bytes) -> int:
        """Find the first term that does not sort before `term`; the number of terms where there is none."""
        number = bisect_left(range(len(self)), term, key=self._unchecked_term)
        # Terms on the path of the bisection may be damaged, but with sound neighbours the result is right.
        self._check_terms(max(0, number - 1), min(len(self), number + 1))
        return number

    def find(self, term: bytes) -> int | None:
        """Find the number of a term, or None when it stands nowhere."""
        return self._known[term] if term in self._known else self._known.add(term, self._find(term))

    def document_frequency(self, number: int) -> int:
        """Count the paragraphs that a term stands in."""
        start, end = self._posting_offsets.bounds(number)
        return end - start

    def docs(self, number: int) -> Array:
        """Read the paragraphs of a term, ascending (u4)."""
        return np.cumsum(self._gaps.read(*self._posting_offsets.bounds(number)), dtype="u4")

    def term_frequencies(self, number: int) -> Array:
        """Read how often a term stands in each of its paragraphs: u1, or i8 where one is above 255."""
        return self._frequencies.read(*self._posting_offsets.bounds(number))

    def positions(self, number: int) -> Array:
        """Read the positions of a term in each of its paragraphs, one behind the other (u2 or u4)."""
        return self._positions.read(*self._position_offsets.bounds(number))

    def lists(self, start: int, end: int) -> PostingLists:
        """Read the postings of the terms `start` to `end - 1`."""
        offsets = self._posting_offsets.array.read(start, end + 1).astype("i8")
        position_offsets = self._position_offsets.array.read(start, end + 1).astype("i8")
        sums = np.cumsum(self._gaps.read(int(offsets[0]), int(offsets[-1])), dtype="i8")
        before = np.r_[0, sums][offsets[:-1] - offsets[0]]
        return PostingLists(
            sizes=np.diff(offsets),
            docs=sums - np.repeat(before, np.diff(offsets)),
            frequencies=self._frequencies.read(int(offsets[0]), int(offsets[-1])),
            position_sizes=np.diff(position_offsets),
            positions=self._positions.read(int(position_offsets[0]), int(position_offsets[-1])),
        )

    def sizes(self) -> Array:
        """Read the document frequencies of all terms (i8)."""
        return np.diff(self._posting_offsets.array.read_all().astype("i8"))

    def position_sizes(self) -> Array:
        """Read the number of positions of every term (i8)."""
        return np.diff(self._position_offsets.array.read_all().astype("i8"))

    def _find(self, term: bytes) -> int | None:
        number = self.lower_bound(term)
        return number if number < len(self) and self._unchecked_term(number) == term else None

    def _unchecked_term(self, number: int) -> bytes:
        offsets = self._term_offsets.numbers
        return bytes(self._terms.numbers[offsets[number] : offsets[number + 1]])

    def _check_terms(self, start: int, end: int) -> None:
        """Raise `DamageError` when the terms `start` to `end - 1` are not those that were written."""
        self._term_offsets.check(start, end + 1)
        offsets = self._term_offsets.numbers
        self._terms.check(offsets[start], offsets[end])


class _Offsets:
    """An array of offsets: what belongs to a term ends where that of the next begins."""

    def __init__(self, array: CheckedArray) -> None:
        self.array = array
        self._known: BoundedCache[int, tuple[int, int]] = BoundedCache()

    def bounds(self, number: int) -> tuple[int, int]:
        """Read where what belongs to a term begins and ends."""
        found = self._known.get(number)
        if found is None:
            self.array.check(number, number + 2)
            found = self._known.add(number, (self.array.numbers[number], self.array.numbers[number + 1]))
        return found


def write_postings(
    writer: ArrayWriter, field: str, terms: Sequence[bytes], lists: PostingLists, norms: Array
) -> None:
    """Append all arrays of a field: its `terms`, sorted, their postings, and the norms (u1)."""
    write_terms(writer, field, terms, lists.sizes, lists.position_sizes)
    postings = PostingsWriter(
        writer, field, smallest_unsigned_dtype(int(lists.positions.max(initial=1 << 8)))
    )
    postings.append(lists)
    postings.close()
    writer.append(f"{field}.norms", norms)


def write_terms(
    writer: ArrayWriter, field: str, terms: Sequence[bytes], sizes: Array, position_sizes: Array
) -> None:
    """Append the terms of a field, and the offsets of their postings and positions."""
    writer.append(f"{field}.terms", b"".join(terms))
    for name, each in (
        ("term_offsets", np.fromiter(map(len, terms), "i8", len(terms))),
        ("posting_offsets", sizes),
        ("position_offsets", position_sizes),
    ):
        offsets = np.r_[0, np.cumsum(each, dtype="i8")]
        writer.append(f"{field}.{name}", offsets.astype("u4" if offsets[-1] < 1 << 32 else "u8"))


class PostingsWriter:
    """Appends the postings of a field to a file, those of some terms at a time, in the order of the terms."""

    def __init__(self, writer: ArrayWriter, field: str, positions_dtype: np.dtype[Any]) -> None:
        """Prepare to append; the positions are written in the dtype `positions_dtype`."""
        self._writer, self._positions, self._dtype = writer, f"{field}.positions", positions_dtype
        self._gaps = PackedNumbersWriter(writer, f"{field}.gaps", _GAP_BITS)
        self._frequencies = PackedNumbersWriter(writer, f"{field}.frequencies", _FREQUENCY_BITS)

    def append(self, lists: PostingLists) -> None:
        """Append the postings of the next terms. Raise `OSError` when the disk is full."""
        gaps = np.diff(lists.docs, prepend=0)
        firsts = (np.cumsum(lists.sizes) - lists.sizes)[lists.sizes > 0]
        gaps[firsts] = lists.docs[firsts]
        self._gaps.append(gaps)
        self._frequencies.append(lists.frequencies)
        self._writer.append(self._positions, lists.positions.astype(self._dtype))

    def close(self) -> None:
        """Append what is left."""
        self._gaps.close()
        self._frequencies.close()
