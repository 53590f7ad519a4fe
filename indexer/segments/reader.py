"""A segment of the index, opened for reading: some paragraphs with their postings and values.

Its file holds, of n paragraphs numbered from 0 in reading order (u4 is an unsigned number of four bytes):

    array           type  entries   what it holds
    id              u1    bytes     the ids in UTF-8, one behind the other
    id_ends         u4    n + 1     where each id begins, and the last ends
    id_order        u4    n         the paragraphs in the order of their ids
    date            u4    n         the day as a number, 20250226; 0 where there is none
    units           u4    n         the units of the text, as folding cuts it
    digest          u8    n         a digest of these units: equal texts have the same
    record          u1    bytes     the paragraphs as JSON lines, packed by zlib some at a time
    record_sizes    u4    b         the bytes of each of these b blocks
    record_first    u4    b         the first paragraph in each block
    <field>.docs    u4    m         of each of the m times that a paragraph has a value in a field: the
                                    paragraph, ascending
    <field>.ids     u4    m         and the number of the value, see `indexer.segments.values`

and of each scored field what `indexer.segments.postings` lists. A file that a task of a build wrote,
still to be merged, has no `id_order`, and its own `<field>.shown` and `<field>.shown_ends`.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from indexer.errors import DamageError
from indexer.models import Paragraph
from indexer.segments.postings import ARRAYS, Postings
from indexer.segments.schema import COLUMNS, SCORED, VALUES
from indexer.store.arrays import SUFFIX, Array, ArrayFile, CheckedArray
from indexer.store.checked_json import load_checked
from indexer.store.generations import SEGMENTS
from indexer.store.strings import read_strings

__all__ = ["Segment", "count_values", "open_segments"]

_PARTS = (
    *COLUMNS,
    *("id", "id_ends", "id_order", "record", "record_sizes", "record_first"),
    *(f"{field}.{name}" for field in SCORED for name in ARRAYS),
    *(f"{field}.{name}" for field in VALUES for name in ("docs", "ids")),
)


def open_segments(generation: Path) -> list[Segment]:
    """Open the segments of a generation. Raise `DamageError` when they are not what was written."""
    listed = _ranges(load_checked((generation / SEGMENTS).read_bytes(), SEGMENTS))
    segments = [Segment(generation / (name + SUFFIX), deleted) for name, deleted in listed.items()]
    for segment in segments:
        segment.file.require(_PARTS)
    return segments


def _ranges(record: dict[str, Any]) -> dict[str, list[tuple[int, int]]]:
    """Return the ranges that are deleted from each segment."""
    try:
        listed = dict(record["segments"])
        return {name: [(int(start), int(end)) for start, end in ranges] for name, ranges in listed.items()}
    except (LookupError, TypeError, ValueError, OverflowError):
        raise DamageError(f"{SEGMENTS} is not of the form") from None


class Segment:
    """The paragraphs of one file, numbered from 0 in reading order, less those that were deleted."""

    def __init__(self, path: Path, deleted: Sequence[tuple[int, int]] = ()) -> None:
        """Map the file; `deleted` are ranges of paragraphs that are no longer there.

        Raise `DamageError` when the file is not whole.
        """
        self.path = path
        self.file = ArrayFile(path)
        self.file.require(COLUMNS)
        self.name = path.name.removesuffix(SUFFIX)
        self.deleted = tuple(deleted)
        self.size = self.file.count("date")
        self._fields: dict[str, Postings] = {}
        self._plain: dict[str, bool] = {}

    def field(self, name: str) -> Postings:
        """Return the postings of a scored field."""
        if name not in self._fields:
            self._fields[name] = Postings(self.file, name)
        return self._fields[name]

    @property
    def dates(self) -> Array:
        """The days of the paragraphs, as numbers (u4)."""
        return self.file["date"]

    @cached_property
    def live(self) -> Array | None:
        """A mask (bool, one for each paragraph) of those that are there, or None when all are."""
        if not self.deleted:
            return None
        mask = np.ones(self.size, bool)
        for start, end in self.deleted:
            mask[start:end] = False
        return mask

    @property
    def count(self) -> int:
        """The number of paragraphs that are there."""
        return self.size - sum(end - start for start, end in self.deleted)

    def numbers(self) -> Array:
        """Return the numbers of the paragraphs that are there."""
        return np.arange(self.size) if self.live is None else np.flatnonzero(self.live)

    def is_live(self, number: int) -> bool:
        """Tell whether a paragraph is there."""
        return not any(start <= number < end for start, end in self.deleted)

    def column(self, field: str) -> tuple[Array, Array]:
        """Return the paragraphs that have values in a field, and the numbers of these values, both u4."""
        return self.file[f"{field}.docs"], self.file[f"{field}.ids"]

    def is_plain(self, field: str) -> bool:
        """Tell whether every paragraph has exactly one value in a field."""
        if field not in self._plain:
            owners = self.file[f"{field}.docs"]
            self._plain[field] = len(owners) == self.size and bool((np.diff(owners) == 1).all())
        return self._plain[field]

    def id(self, number: int) -> str:
        """Return the id of a paragraph."""
        ends = self.file["id_ends"]
        return bytes(self.file.text("id")[int(ends[number]) : int(ends[number + 1])]).decode("utf-8")

    def ids(self) -> list[str]:
        """Return the ids of the paragraphs that are there."""
        ids = read_strings(self.file, "id")
        return ids if self.live is None else [ids[number] for number in self.numbers().tolist()]

    def find(self, id_: str) -> int | None:
        """Return the number of the paragraph with an id, if it is there."""
        order = self.file["id_order"]
        at = bisect_left(range(self.size), id_, key=lambda place: self.id(int(order[place])))
        for place in range(at, self.size):  # a deleted one may have had the same id
            number = int(order[place])
            if self.id(number) != id_:
                return None
            if self.is_live(number):
                return number
        return None

    def paragraph(self, number: int) -> Paragraph:
        """Return a paragraph."""
        block = bisect_right(self.file["record_first"], number) - 1
        line = self._block(block)[number - int(self.file["record_first"][block])]
        return Paragraph.from_dict(json.loads(line))

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield the records of the paragraphs that are there."""
        number = 0
        for block in range(len(self.file["record_first"])):
            for line in self._block(block):
                if self.is_live(number):
                    yield json.loads(line)
                number += 1

    def lengths(self, field: str) -> Array:
        """Return the lengths, in their bytes, of the paragraphs that are there."""
        lengths = self.field(field).lengths
        return lengths if self.live is None else lengths[self.live]

    def _block(self, block: int) -> list[bytes]:
        start, end = self._block_ends[block : block + 2]
        return zlib.decompress(self._records.between(start, end).data).split(b"\n")

    @cached_property
    def _records(self) -> CheckedArray:
        return self.file.part("record")

    @cached_property
    def _block_ends(self) -> list[int]:
        return np.r_[0, np.cumsum(self.file["record_sizes"], dtype="i8")].tolist()  # type: ignore[no-any-return]


def count_values(segments: Iterable[Segment], field: str, size: int) -> Array:
    """Return how many of the paragraphs that are there have each value of a field; it has `size` values."""
    counts = np.zeros(size, "i8")
    for segment in segments:
        docs, ids = segment.column(field)
        there = ids if segment.live is None else ids[segment.live[docs]]
        counts += np.bincount(there, minlength=size)
    return counts
