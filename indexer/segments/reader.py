"""Reading a segment: the paragraphs of one file, with their postings, values and records.

The file holds, of n paragraphs numbered from 0 in reading order (u4 is an unsigned number of four bytes):

    array           type  entries   what it holds
    id              u1    bytes     the ids in UTF-8, one behind the other
    id_offsets      u4    n + 1     where each id begins, and the last ends
    id_order        u4    n         the paragraphs in the order of their ids
    date            u4    n         the day as a number, 20250226; 0 where there is none
    date_end        u4    n         the last day as a number; that of `date` where there is only one
    units           u4    n         the number of units in the text, as folding cuts it
    digest          u8    n         a digest of these units: equal texts have the same
    record          u1    bytes     the paragraphs as JSON lines, compressed by zlib in b blocks
    record_sizes    u4    b         the bytes of each block
    record_first    u4    b         the first paragraph in each block
    <field>.docs    u4    m         of each of the m values that paragraphs have in a value field: the
                                    paragraph, ascending
    <field>.ids     u4    m         and the number of the value, see `indexer.segments.values`

and of each scored field what `indexer.segments.postings` lists. A file that a task of a build wrote,
still to be merged, has no `id_order`, and its own `<field>.shown` and `<field>.shown_offsets`.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np

from indexer.errors import DamageError
from indexer.models import Paragraph
from indexer.segments.postings import POSTING_ARRAYS, Postings
from indexer.segments.schema import COLUMNS, SCORED_FIELDS, VALUE_FIELDS
from indexer.store.arrays import ARRAYS_SUFFIX, Array, ArrayFile, CheckedArray
from indexer.store.checked_json import load_checked
from indexer.store.generations import SEGMENTS_FILE
from indexer.store.strings import read_strings
from indexer.text.day_numbers import A_MONTH, A_YEAR

__all__ = ["Segment", "count_live_values", "open_segments"]

_SEGMENT_ARRAYS = (
    *COLUMNS,
    *("id", "id_offsets", "id_order", "record", "record_sizes", "record_first"),
    *(f"{field}.{name}" for field in SCORED_FIELDS for name in POSTING_ARRAYS),
    *(f"{field}.{name}" for field in VALUE_FIELDS for name in ("docs", "ids")),
)


def open_segments(generation: Path) -> list[Segment]:
    """Open the segments of a generation, in order.

    Raise `DamageError` when one is not whole, `OSError` when it cannot be read.
    """
    listed = _parse_deletions(load_checked((generation / SEGMENTS_FILE).read_bytes(), SEGMENTS_FILE))
    segments = [Segment(generation / (name + ARRAYS_SUFFIX), deleted) for name, deleted in listed.items()]
    for segment in segments:
        segment.file.require(_SEGMENT_ARRAYS)
    return segments


def _parse_deletions(record: dict[str, Any]) -> dict[str, list[tuple[int, int]]]:
    """Parse the ranges of paragraphs that are deleted from each segment, by the names of the segments."""
    try:
        listed = dict(record["segments"])
        return {name: [(int(start), int(end)) for start, end in ranges] for name, ranges in listed.items()}
    except (LookupError, TypeError, ValueError, OverflowError):
        raise DamageError(f"{SEGMENTS_FILE} is not of the form") from None


class Segment:
    """The paragraphs of one file, numbered from 0 in reading order, and which of them are live.

    Every method that reads the file raises `DamageError` when what it reads is not what was written.
    """

    def __init__(self, path: Path, deleted: Sequence[tuple[int, int]] = ()) -> None:
        """Map the file. `deleted` are the ranges of paragraphs, `(first, last + 1)`, that are not live.

        Raise `DamageError` when the file is not whole, `OSError` when it cannot be read.
        """
        self.path = path
        self.file = ArrayFile(path)
        self.file.require(COLUMNS)
        self.name = path.name.removesuffix(ARRAYS_SUFFIX)
        self.deleted = tuple(deleted)
        self.size = self.file.count("date")
        """The number of paragraphs, deleted ones among them."""
        self._postings: dict[str, Postings] = {}
        self._single_valued: dict[str, bool] = {}

    @property
    def live_count(self) -> int:
        """The number of live paragraphs."""
        return self.size - sum(end - start for start, end in self.deleted)

    @cached_property
    def live(self) -> Array | None:
        """A mask of the live paragraphs (bool, `size` entries), or None when all are."""
        if not self.deleted:
            return None
        mask = np.ones(self.size, bool)
        for start, end in self.deleted:
            mask[start:end] = False
        return mask

    def live_numbers(self) -> Array:
        """Return the numbers of the live paragraphs, ascending (i8)."""
        return np.arange(self.size) if self.live is None else np.flatnonzero(self.live)

    def is_live(self, number: int) -> bool:
        """Check whether a paragraph is live."""
        return not any(start <= number < end for start, end in self.deleted)

    def postings(self, field: str) -> Postings:
        """Return the postings of a scored field, also of the paragraphs that are deleted."""
        if field not in self._postings:
            self._postings[field] = Postings(self.file, field)
        return self._postings[field]

    def norms(self, field: str) -> Array:
        """Read the norms of a scored field, of the live paragraphs alone (u1)."""
        norms = self.postings(field).norms
        return norms if self.live is None else norms[self.live]

    @property
    def dates(self) -> Array:
        """The days of all paragraphs, as numbers (u4)."""
        return self.file["date"]

    @property
    def last_dates(self) -> Array:
        """The number of the last day of each paragraph; that of its only day where there is one."""
        return self.file["date_end"]

    @cached_property
    def ends(self) -> Array:
        """The last day of each paragraph as a number (u4); of a year or a month, one above all its days."""
        last = self.last_dates
        of_year, of_month = last % A_YEAR == 0, last % A_MONTH == 0
        last = last + of_year * np.uint32(A_YEAR - 1)
        ends: Array = last + (of_month & ~of_year) * np.uint32(A_MONTH - 1)
        return ends

    def column(self, field: str) -> tuple[Array, Array]:
        """Read a value field: the paragraph of each value, ascending, and the number of the value (u4 both).

        Deleted paragraphs are among them.
        """
        return self.file[f"{field}.docs"], self.file[f"{field}.ids"]

    def of_source(self, source: int) -> Array:
        """Return the live paragraphs of a source, given by its number, in reading order (u4)."""
        docs, sources = self.column("source")
        docs = docs[sources == source]
        live: Array = docs if self.live is None else docs[self.live[docs]]
        return live

    def have_one_source(self, one: int, other: int) -> bool:
        """Tell whether two paragraphs are of the same source."""
        sources = self.file["source.ids"]
        return bool(sources[one] == sources[other])

    def is_single_valued(self, field: str) -> bool:
        """Check whether every paragraph has exactly one value in a value field."""
        if field not in self._single_valued:
            docs = self.file[f"{field}.docs"]
            self._single_valued[field] = len(docs) == self.size and bool((np.diff(docs) == 1).all())
        return self._single_valued[field]

    def id(self, number: int) -> str:
        """Return the id of a paragraph."""
        offsets = self.file["id_offsets"]
        return bytes(self.file.raw("id")[int(offsets[number]) : int(offsets[number + 1])]).decode("utf-8")

    def ids(self) -> list[str]:
        """Return the ids of the live paragraphs, in reading order."""
        ids = read_strings(self.file, "id")
        return ids if self.live is None else [ids[number] for number in self.live_numbers().tolist()]

    def find(self, id_: str) -> int | None:
        """Find the number of the live paragraph with an id, or None."""
        order = self.file["id_order"]
        first = bisect_left(range(self.size), id_, key=lambda at: self.id(int(order[at])))
        for at in range(first, self.size):  # a deleted one may have had the same id
            number = int(order[at])
            if self.id(number) != id_:
                return None
            if self.is_live(number):
                return number
        return None

    def starting_with(self, beginning: str) -> list[int]:
        """Find the numbers of the live paragraphs whose ids begin with a text, in the order of the ids."""
        order = self.file["id_order"]
        first = bisect_left(range(self.size), beginning, key=lambda at: self.id(int(order[at])))
        numbers = map(int, order[first:])
        found = takewhile(lambda number: self.id(number).startswith(beginning), numbers)
        return [number for number in found if self.is_live(number)]

    def paragraph(self, number: int) -> Paragraph:
        """Read a paragraph."""
        block = bisect_right(self.file["record_first"], number) - 1
        line = self._read_block(block)[number - int(self.file["record_first"][block])]
        return Paragraph.from_dict(json.loads(line))

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield the records of the live paragraphs, in reading order."""
        number = 0
        for block in range(len(self.file["record_first"])):
            for line in self._read_block(block):
                if self.is_live(number):
                    yield json.loads(line)
                number += 1

    def _read_block(self, block: int) -> list[bytes]:
        """Decompress a block of records into JSON lines."""
        start, end = self._block_offsets[block : block + 2]
        return zlib.decompress(self._records.read(start, end).data).split(b"\n")

    @cached_property
    def _records(self) -> CheckedArray:
        return self.file.lazy("record")

    @cached_property
    def _block_offsets(self) -> list[int]:
        return np.r_[0, np.cumsum(self.file["record_sizes"], dtype="i8")].tolist()  # type: ignore[no-any-return]


def count_live_values(segments: Iterable[Segment], field: str, value_count: int) -> Array:
    """Count the live paragraphs that have each of the `value_count` values of a value field (i8)."""
    counts = np.zeros(value_count, "i8")
    for segment in segments:
        docs, ids = segment.column(field)
        live_ids = ids if segment.live is None else ids[segment.live[docs]]
        counts += np.bincount(live_ids, minlength=value_count)
    return counts
