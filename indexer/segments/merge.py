"""Several segments to one, in bounded memory: portions of terms, each copied to where it belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.segments.postings import PostingLists, Postings, append_lists, concatenated_ranges, write_terms
from indexer.segments.reader import Segment
from indexer.segments.schema import COLUMNS, SCORED, VALUES
from indexer.segments.values import write_values
from indexer.segments.writer import pack_records
from indexer.store.arrays import Array, ArrayFile, ArrayWriter
from indexer.store.strings import append_strings, read_strings

__all__ = ["MergeInput", "ValueNumbers", "merge_field", "merge_segments", "portions"]

_AT_ONCE = 1 << 21  # postings held in memory


@dataclass(frozen=True, slots=True)
class MergeInput:
    """Postings to be merged; `alive` tells which of their paragraphs stay (None: all)."""

    postings: Postings
    live: Array | None
    base: int
    """The number that the first of them gets."""

    def part(self, start: int, end: int) -> PostingLists:
        """Return the postings of the terms from `start` to `end` that stay."""
        run = self.postings.run(start, end)
        return run if self.live is None else run.kept(self.live)

    def sizes(self) -> tuple[Array, Array]:
        """Return how many postings and positions of each term stay."""
        if self.live is None:
            return self.postings.sizes(), self.postings.position_sizes()
        parts = [self.part(*portion) for portion in portions(self.postings.sizes())]
        sizes = [np.zeros(0, "i8"), *(part.sizes for part in parts)]
        return np.concatenate(sizes), np.concatenate([sizes[0], *(part.position_sizes for part in parts)])


def merge_field(writer: ArrayWriter, field: str, sources: Sequence[MergeInput]) -> None:
    """Write the postings of a field of several segments as those of one."""
    terms = _united(sources)
    owners = _owners(sources, terms)
    sizes, position_sizes = np.zeros(len(terms), "i8"), np.zeros(len(terms), "i8")
    for source, owner in zip(sources, owners, strict=True):
        own_sizes, own_position_sizes = source.sizes()
        sizes += _added(owner, own_sizes, len(terms))
        position_sizes += _added(owner, own_position_sizes, len(terms))
        source.postings.release()
    write_terms(writer, field, terms, sizes, position_sizes)
    positions_dtype = np.result_type(*(source.postings.positions_dtype() for source in sources))
    written = 0
    for start, end in portions(sizes):
        run = _joined(sources, owners, sizes[start:end], position_sizes[start:end], start)
        append_lists(writer, field, run, written, positions_dtype)
        written += len(run.docs)
    for source in sources:
        lengths = source.postings.lengths
        writer.append(f"{field}.lengths", lengths if source.live is None else lengths[source.live])


def _united(sources: Sequence[MergeInput]) -> list[bytes]:
    """Return the terms that still have postings, sorted. One source's terms are in memory at a time."""
    held: set[bytes] = set()
    for source in sources:
        terms, sizes = source.postings.terms(), source.sizes()[0]
        held.update(terms if sizes.all() else (terms[at] for at in np.flatnonzero(sizes).tolist()))
        source.postings.release()
    return sorted(held)


def _owners(sources: Sequence[MergeInput], united: Sequence[bytes]) -> list[Array]:
    """Return for each source which of all terms its own are.

    A term that is gone counts as the one before it, to which it adds nothing.
    """
    number = {term: at for at, term in enumerate(united)}
    owners = []
    for source in sources:
        owner = np.array([number.get(term, 0) for term in source.postings.terms()], "i4")
        owners.append(np.maximum.accumulate(owner) if len(owner) else owner)
    return owners


def _joined(
    sources: Sequence[MergeInput], owners: Sequence[Array], sizes: Array, position_sizes: Array, start: int
) -> PostingLists:
    """Return the postings of some terms, of which the first is `start`, of all sources together."""
    at, position_at = np.cumsum(sizes) - sizes, np.cumsum(position_sizes) - position_sizes
    docs, counts = np.empty(sizes.sum(), "i8"), np.empty(sizes.sum(), "u4")
    positions = np.empty(position_sizes.sum(), "u4")
    for source, owner in zip(sources, owners, strict=True):
        first, last = np.searchsorted(owner, (start, start + len(sizes))).tolist()
        run, own = source.part(first, last), owner[first:last] - start
        to = concatenated_ranges(at[own], run.sizes)
        docs[to], counts[to] = run.docs + source.base, run.counts
        positions[concatenated_ranges(position_at[own], run.position_sizes)] = run.positions
        at += _added(own, run.sizes, len(sizes))
        position_at += _added(own, run.position_sizes, len(sizes))
        source.postings.release()
    return PostingLists(sizes, docs, counts, position_sizes, positions)


def _added(owners: Array, sizes: Array, terms: int) -> Array:
    return np.bincount(owners, weights=sizes, minlength=terms).astype("i8")


def portions(sizes: Array) -> Iterator[tuple[int, int]]:
    """Cut terms into ranges with about as many postings as may be held at once, at least one range."""
    ends = np.cumsum(sizes)
    if not len(sizes):
        yield 0, 0
    start = 0
    while start < len(sizes):
        before = int(ends[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(ends, before + _AT_ONCE, "right")))
        yield start, end
        start = end


class ValueNumbers:
    """The numbers of the values of an index: those it had, and new ones as they come."""

    def __init__(self, base: Path | None) -> None:
        """Begin with the tables of the file `base`, if there is one."""
        file = ArrayFile(base) if base else None
        self._numbers = {
            field: {
                value: at for at, value in enumerate(read_strings(file, f"{field}.shown") if file else ())
            }
            for field in VALUES
        }

    def numbers(self, field: str, values: Sequence[str]) -> Array:
        """Return the number of each value."""
        known = self._numbers[field]
        return np.array([known.setdefault(value, len(known)) for value in values], "i8")

    def number(self, field: str, value: str) -> int | None:
        """Return the number of a value that is known."""
        return self._numbers[field].get(value)

    def write(self, path: Path) -> None:
        """Write all tables."""
        writer = ArrayWriter(path)
        for field, numbers in self._numbers.items():
            write_values(writer, field, numbers)
        writer.close()


def merge_segments(path: Path, segments: Sequence[Segment], values: ValueNumbers) -> None:
    """Write the paragraphs of `segments` that are there as one segment, in their order.

    A segment as a task wrote it has its own tables of values, which are added to those of the index.
    """
    writer = ArrayWriter(path)
    bases = np.cumsum([0, *(segment.count for segment in segments)]).tolist()
    for field in SCORED:
        sources = [
            MergeInput(segment.field(field), segment.live, base)
            for segment, base in zip(segments, bases, strict=False)
        ]
        merge_field(writer, field, sources)
    for field in VALUES:
        for segment, base in zip(segments, bases, strict=False):
            _append_column(writer, field, segment, base, values)
    ids = [id_ for segment in segments for id_ in segment.ids()]
    append_strings(writer, "id", ids)
    writer.append("id_order", np.array(sorted(range(len(ids)), key=ids.__getitem__), "u4"))
    for segment, base in zip(segments, bases, strict=False):
        for name in COLUMNS:
            column = segment.file[name]
            writer.append(name, column if segment.live is None else column[segment.live])
        _append_records(writer, segment, base)
        segment.file.release()
    writer.close()


def _append_column(
    writer: ArrayWriter, field: str, segment: Segment, base: int, values: ValueNumbers
) -> None:
    docs, ids = segment.column(field)
    if f"{field}.shown" in segment.file:
        ids = values.numbers(field, read_strings(segment.file, f"{field}.shown"))[ids]
    if segment.live is not None:
        keep = segment.live[docs]
        docs, ids = (np.cumsum(segment.live) - 1)[docs[keep]], ids[keep]
    writer.append(f"{field}.docs", (docs + base).astype("u4"))
    writer.append(f"{field}.ids", ids.astype("u4"))


def _append_records(writer: ArrayWriter, segment: Segment, base: int) -> None:
    """Copy the packed records as they are, or pack those anew that are left."""
    if segment.live is not None:
        pack_records(writer, list(segment.records()), base)
        return
    for name in ("record", "record_sizes"):
        writer.append(name, segment.file[name])
    writer.append("record_first", (segment.file["record_first"] + base).astype("u4"))
