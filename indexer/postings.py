"""Postings of a field as arrays: which paragraphs a term stands in, how often, and where.

The terms of a field lie sorted in one text. The postings of all terms lie in one array, in the
order of the terms, so that a term is a range of it: `first[term]` to `first[term + 1]`.

- `gaps`: what a paragraph's number adds to the one before, modulo 2**16; the first of a term counts
  from 0. The few larger gaps have the rest of theirs in `far`, at the places `far_at`.
- `counts`: how often the term stands in the paragraph.
- `places`: where, in units from the start; a term's own begin at `place_first[term]`. Only terms of
  two units have places.
- `lengths`: of every paragraph, rounded to Whoosh's one byte.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.arrays import ArrayFile, ArrayWriter, fitting

__all__ = ["Postings", "Run", "append_run", "expanded", "run_of", "write_field", "write_terms"]

Array = npt.NDArray[Any]

_NEAR = 16  # bits of a gap
_RECENT = 1 << 12  # terms whose numbers are at hand


def expanded(starts: Array, counts: Array) -> Array:
    """Return the numbers from each start on, as many as its count, all in one row."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    numbers: Array = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return numbers


@dataclass(frozen=True, slots=True)
class Run:
    """The postings of some terms in memory: `docs`, `counts` and `places` in the order of the terms.

    `sizes` are the postings of each term, `place_sizes` its places.
    """

    sizes: Array
    docs: Array
    counts: Array
    place_sizes: Array
    places: Array

    def kept(self, alive: Array) -> Run:
        """Return the postings of the paragraphs that are `alive`, numbered anew without the others."""
        keep = alive[self.docs]
        owner = np.repeat(np.arange(len(self.sizes)), self.sizes)
        placed = np.repeat(self.place_sizes > 0, self.sizes)
        in_places = np.where(placed, self.counts, 0)
        kept_places = self.places[np.repeat(keep, in_places)]
        return Run(
            sizes=np.bincount(owner[keep], minlength=len(self.sizes)),
            docs=(np.cumsum(alive) - 1)[self.docs[keep]],
            counts=self.counts[keep],
            place_sizes=np.bincount(owner[keep], weights=in_places[keep], minlength=len(self.sizes)).astype(
                "i8"
            ),
            places=kept_places,
        )

    def ordered(self, order: Array) -> Run:
        """Return the postings with the terms in another order."""
        sizes, place_sizes = self.sizes[order], self.place_sizes[order]
        at = expanded((np.cumsum(self.sizes) - self.sizes)[order], sizes)
        place_at = expanded((np.cumsum(self.place_sizes) - self.place_sizes)[order], place_sizes)
        return Run(sizes, self.docs[at], self.counts[at], place_sizes, self.places[place_at])


def run_of(owners: Array, docs: Array, places: Array | None, terms: int) -> Run:
    """Return the postings of tokens: token `i` is term `owners[i]` at `places[i]` of `docs[i]`.

    Tokens come in the order of their paragraphs and places.
    """
    order = np.sort((owners << 32) | np.arange(len(owners))) & 0xFFFFFFFF
    owners, docs = owners[order], docs[order]
    begins = np.flatnonzero(np.r_[True, (owners[1:] != owners[:-1]) | (docs[1:] != docs[:-1])][: len(owners)])
    return Run(
        sizes=np.bincount(owners[begins], minlength=terms),
        docs=docs[begins],
        counts=np.diff(np.r_[begins, len(owners)]),
        place_sizes=np.zeros(terms, "i8") if places is None else np.bincount(owners, minlength=terms),
        places=np.empty(0, "u2") if places is None else places[order],
    )


class Postings:
    """The postings of one field of a segment."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        """Look into the arrays of `field`."""
        self._first = file[f"{field}.first"]
        self._gaps = file[f"{field}.gaps"]
        self._far_at = file.numbers(f"{field}.far_at")
        self._far = file[f"{field}.far"]
        self._counts = file[f"{field}.counts"]
        self._place_first = file[f"{field}.place_first"]
        self._places = file[f"{field}.places"]
        self._text = file.text(f"{field}.terms")
        self._ends = file.numbers(f"{field}.term_ends")
        self.lengths = file[f"{field}.lengths"]
        self.find = lru_cache(_RECENT)(self._find)

    def __len__(self) -> int:
        """Return the number of terms."""
        return len(self._ends) - 1

    def term(self, number: int) -> bytes:
        """Return the term of a number, counted in sorted order."""
        return bytes(self._text[self._ends[number] : self._ends[number + 1]])

    def terms(self) -> list[bytes]:
        """Return all terms, sorted."""
        text = bytes(self._text)
        ends = [*self._ends]
        return [text[start:end] for start, end in pairwise(ends)]

    def from_term(self, term: bytes) -> int:
        """Return the number of the first term that does not sort before `term`."""
        return bisect_left(range(len(self)), term, key=self.term)

    def _find(self, term: bytes) -> int | None:
        """Return the number of a term, or None when it stands nowhere."""
        number = self.from_term(term)
        return number if number < len(self) and self.term(number) == term else None

    def frequency(self, number: int) -> int:
        """Return how many paragraphs a term stands in."""
        return int(self._first[number + 1]) - int(self._first[number])

    def docs(self, number: int) -> Array:
        """Return the paragraphs of a term, ascending."""
        start, end = int(self._first[number]), int(self._first[number + 1])
        return np.cumsum(self._gaps_between(start, end), dtype="u4")

    def counts(self, number: int) -> Array:
        """Return how often a term stands in each of its paragraphs."""
        return self._counts[int(self._first[number]) : int(self._first[number + 1])]

    def places(self, number: int) -> Array:
        """Return where a term stands, paragraph by paragraph, `counts` of them in each."""
        return self._places[int(self._place_first[number]) : int(self._place_first[number + 1])]

    def run(self, start: int, end: int) -> Run:
        """Return the postings of the terms from `start` to `end`."""
        first = self._first[start : end + 1].astype("i8")
        place_first = self._place_first[start : end + 1].astype("i8")
        sums = np.cumsum(self._gaps_between(int(first[0]), int(first[-1])), dtype="i8")
        before = np.r_[0, sums][first[:-1] - first[0]]
        return Run(
            sizes=np.diff(first),
            docs=sums - np.repeat(before, np.diff(first)),
            counts=self._counts[int(first[0]) : int(first[-1])],
            place_sizes=np.diff(place_first),
            places=self._places[int(place_first[0]) : int(place_first[-1])],
        )

    def sizes(self) -> Array:
        """Return how many paragraphs each term stands in."""
        return np.diff(self._first.astype("i8"))

    def place_sizes(self) -> Array:
        """Return how many places each term has."""
        return np.diff(self._place_first.astype("i8"))

    def types(self) -> tuple[np.dtype[Any], np.dtype[Any]]:
        """Return the types of the counts and of the places."""
        return self._counts.dtype, self._places.dtype

    def _gaps_between(self, start: int, end: int) -> Array:
        gaps = self._gaps[start:end]
        first = bisect_left(self._far_at, start)
        last = bisect_left(self._far_at, end, first)
        if first < last:
            gaps = gaps.astype("i8")
            at = np.array(self._far_at[first:last], "i8") - start
            gaps[at] += self._far[first:last].astype("i8") << _NEAR
        return gaps


def write_field(writer: ArrayWriter, field: str, terms: Sequence[bytes], run: Run, lengths: Array) -> None:
    """Write the postings of a field, `terms` sorted."""
    write_terms(writer, field, terms, run.sizes, run.place_sizes)
    types = fitting(int(run.counts.max(initial=0))), fitting(int(run.places.max(initial=1 << 8)))
    append_run(writer, field, run, 0, types)
    writer.append(f"{field}.lengths", lengths)


def write_terms(
    writer: ArrayWriter, field: str, terms: Sequence[bytes], sizes: Array, place_sizes: Array
) -> None:
    """Write the terms of a field and where the postings and places of each begin."""
    writer.append(f"{field}.terms", b"".join(terms))
    for name, each in (
        ("term_ends", np.fromiter(map(len, terms), "i8", len(terms))),
        ("first", sizes),
        ("place_first", place_sizes),
    ):
        ends = np.r_[0, np.cumsum(each, dtype="i8")]
        writer.append(f"{field}.{name}", ends.astype("u4" if ends[-1] < 1 << 32 else "u8"))


def append_run(
    writer: ArrayWriter, field: str, run: Run, written: int, types: tuple[np.dtype[Any], np.dtype[Any]]
) -> None:
    """Write the postings of the next terms of a field, behind the `written` before them."""
    gaps = np.diff(run.docs, prepend=0)
    begins = (np.cumsum(run.sizes) - run.sizes)[run.sizes > 0]
    gaps[begins] = run.docs[begins]
    far = gaps >> _NEAR
    at = np.flatnonzero(far)
    writer.append(f"{field}.gaps", (gaps & ((1 << _NEAR) - 1)).astype("u2"))
    writer.append(f"{field}.far_at", (at + written).astype("u8"))
    writer.append(f"{field}.far", far[at].astype("u2"))
    writer.append(f"{field}.counts", run.counts.astype(types[0]))
    writer.append(f"{field}.places", run.places.astype(types[1]))
