"""Merging segments into one, in bounded memory: terms in batches, each copied to where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct

from indexer.segments.posting_lists import PostingLists, concatenate_ranges
from indexer.segments.postings import Postings, PostingsWriter, write_terms
from indexer.segments.reader import Segment
from indexer.segments.schema import COLUMNS, SCORED_FIELDS, VALUE_FIELDS
from indexer.segments.values import ValueNumbers
from indexer.segments.writer import pack_records
from indexer.store.arrays import Array, ArrayWriter
from indexer.store.strings import append_strings, read_strings

__all__ = ["MergeInput", "count_postings", "merge_postings", "merge_segments", "term_batches"]

_POSTINGS_IN_MEMORY = 1 << 21


def count_postings(segments: Sequence[Segment]) -> int:
    """Count the postings of segments in all scored fields, deleted ones among them."""
    return sum(segment.file.count(f"{field}.gaps") for segment in segments for field in SCORED_FIELDS)


def merge_segments(
    path: Path, segments: Sequence[Segment], values: ValueNumbers, advance: Callable[[int], None]
) -> None:
    """Write the live paragraphs of `segments`, in order, as one segment.

    A segment as a task of a build wrote it has its own tables of values, which are added to `values`.
    `advance` is called with the number of postings that were written since the last call.

    Raise `DamageError` when a segment is not what was written, `OSError` when it cannot be written.
    """
    writer = ArrayWriter(path)
    bases = np.cumsum([0, *(segment.live_count for segment in segments)]).tolist()
    for field in SCORED_FIELDS:
        inputs = [
            MergeInput(segment.postings(field), segment.live, base)
            for segment, base in zip(segments, bases, strict=False)
        ]
        merge_postings(writer, field, inputs, advance)
    for field in VALUE_FIELDS:
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
    """Append the column of a value field, its paragraphs renumbered from `base` on."""
    docs, ids = segment.column(field)
    if f"{field}.shown" in segment.file:
        ids = values.numbers(field, read_strings(segment.file, f"{field}.shown"))[ids]
    if segment.live is not None:
        keep = segment.live[docs]
        docs, ids = (np.cumsum(segment.live) - 1)[docs[keep]], ids[keep]
    writer.append(f"{field}.docs", (docs + base).astype("u4"))
    writer.append(f"{field}.ids", ids.astype("u4"))


def _append_records(writer: ArrayWriter, segment: Segment, base: int) -> None:
    """Copy the packed records as they are, or pack the live ones anew where some are deleted."""
    if segment.live is not None:
        pack_records(writer, list(segment.records()), base)
        return
    for name in ("record", "record_sizes"):
        writer.append(name, segment.file[name])
    writer.append("record_first", (segment.file["record_first"] + base).astype("u4"))


class MergeInput(Struct, frozen=True):
    """The postings of a field of one segment, to be merged with those of others.

    `live` is the mask of its live paragraphs (bool), None when all are; the first of them becomes the
    paragraph `base`.
    """

    postings: Postings
    live: Array | None
    base: int

    def lists(self, start: int, end: int) -> PostingLists:
        """Read the live postings of the terms `start` to `end - 1`."""
        lists = self.postings.lists(start, end)
        return lists if self.live is None else lists.keep_live(self.live)

    def sizes(self) -> tuple[Array, Array]:
        """Count the live postings and positions of every term (i8 both)."""
        if self.live is None:
            return self.postings.sizes(), self.postings.position_sizes()
        batches = (self.lists(*batch) for batch in term_batches(self.postings.sizes()))
        sizes, position_sizes = zip(*((lists.sizes, lists.position_sizes) for lists in batches), strict=True)
        return np.concatenate(sizes), np.concatenate(position_sizes)


def merge_postings(
    writer: ArrayWriter, field: str, inputs: Sequence[MergeInput], advance: Callable[[int], None]
) -> None:
    """Append the postings of a field of several segments as those of one."""
    terms = _merge_terms(inputs)
    targets = _target_terms(inputs, terms)
    sizes, position_sizes = np.zeros(len(terms), "i8"), np.zeros(len(terms), "i8")
    for source, target in zip(inputs, targets, strict=True):
        own_sizes, own_position_sizes = source.sizes()
        sizes += _sum_by_term(target, own_sizes, len(terms))
        position_sizes += _sum_by_term(target, own_position_sizes, len(terms))
        source.postings.release()
    write_terms(writer, field, terms, sizes, position_sizes)
    positions_dtype = np.result_type(*(source.postings.positions_dtype for source in inputs))
    merged = PostingsWriter(writer, field, positions_dtype)
    for start, end in term_batches(sizes):
        lists = _merge_batch(inputs, targets, sizes[start:end], position_sizes[start:end], start)
        merged.append(lists)
        advance(len(lists.docs))
    merged.close()
    for source in inputs:
        norms = source.postings.norms
        writer.append(f"{field}.norms", norms if source.live is None else norms[source.live])


def _merge_terms(inputs: Sequence[MergeInput]) -> list[bytes]:
    """Collect the terms that have live postings, sorted. The terms of one input are in memory at a time."""
    merged: set[bytes] = set()
    for source in inputs:
        terms, sizes = source.postings.terms(), source.sizes()[0]
        merged.update(terms if sizes.all() else (terms[at] for at in np.flatnonzero(sizes).tolist()))
        source.postings.release()
    return sorted(merged)


def _target_terms(inputs: Sequence[MergeInput], merged: Sequence[bytes]) -> list[Array]:
    """Map the terms of each input to their numbers among the `merged` ones (i4, ascending).

    A term without live postings is mapped to the number of the one before it, to which it adds nothing.
    """
    number = {term: at for at, term in enumerate(merged)}
    targets = []
    for source in inputs:
        target = np.array([number.get(term, 0) for term in source.postings.terms()], "i4")
        targets.append(np.maximum.accumulate(target) if len(target) else target)
    return targets


def _merge_batch(
    inputs: Sequence[MergeInput], targets: Sequence[Array], sizes: Array, position_sizes: Array, start: int
) -> PostingLists:
    """Merge the postings of a batch of terms, of which the first is the merged term `start`."""
    at, position_at = np.cumsum(sizes) - sizes, np.cumsum(position_sizes) - position_sizes
    docs, frequencies = np.empty(sizes.sum(), "i8"), np.empty(sizes.sum(), "u4")
    positions = np.empty(position_sizes.sum(), "u4")
    for source, target in zip(inputs, targets, strict=True):
        first, last = np.searchsorted(target, (start, start + len(sizes))).tolist()
        lists, own = source.lists(first, last), target[first:last] - start
        to = concatenate_ranges(at[own], lists.sizes)
        docs[to], frequencies[to] = lists.docs + source.base, lists.frequencies
        positions[concatenate_ranges(position_at[own], lists.position_sizes)] = lists.positions
        at += _sum_by_term(own, lists.sizes, len(sizes))
        position_at += _sum_by_term(own, lists.position_sizes, len(sizes))
        source.postings.release()
    return PostingLists(sizes, docs, frequencies, position_sizes, positions)


def _sum_by_term(terms: Array, sizes: Array, term_count: int) -> Array:
    return np.bincount(terms, weights=sizes, minlength=term_count).astype("i8")


def term_batches(sizes: Array) -> Iterator[tuple[int, int]]:
    """Cut terms into ranges `(start, end)` whose postings fit into memory; at least one range.

    `sizes` are the document frequencies of the terms.
    """
    ends = np.cumsum(sizes)
    if not len(sizes):
        yield 0, 0
    start = 0
    while start < len(sizes):
        before = int(ends[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(ends, before + _POSTINGS_IN_MEMORY, "right")))
        yield start, end
        start = end
