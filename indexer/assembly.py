"""Segments to one segment: their postings merged, the rest of them copied one behind the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.arrays import Array, ArrayFile, ArrayWriter
from indexer.batch import pack_records
from indexer.merge import Source, merge_field
from indexer.schema import COLUMNS, SCORED, VALUES
from indexer.segment import Segment
from indexer.values import append_texts, texts_of, write_values

__all__ = ["Vocabularies", "assemble"]


class Vocabularies:
    """The numbers of the values of an index: those it had, and new ones as they come."""

    def __init__(self, base: Path | None) -> None:
        """Begin with the tables of the file `base`, if there is one."""
        file = ArrayFile(base) if base else None
        self._numbers = {
            field: {value: at for at, value in enumerate(texts_of(file, f"{field}.shown") if file else ())}
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


def assemble(path: Path, segments: Sequence[Segment], values: Vocabularies) -> None:
    """Write the paragraphs of `segments` that are there as one segment, in their order.

    A segment as a task wrote it has its own tables of values, which are added to those of the index.
    """
    writer = ArrayWriter(path)
    bases = np.cumsum([0, *(segment.count for segment in segments)]).tolist()
    for field in SCORED:
        sources = [
            Source(segment.field(field), segment.alive, base)
            for segment, base in zip(segments, bases, strict=False)
        ]
        merge_field(writer, field, sources)
    for field in VALUES:
        for segment, base in zip(segments, bases, strict=False):
            _append_column(writer, field, segment, base, values)
    ids = [id_ for segment in segments for id_ in segment.ids()]
    append_texts(writer, "id", ids)
    writer.append("id_order", np.array(sorted(range(len(ids)), key=ids.__getitem__), "u4"))
    for segment, base in zip(segments, bases, strict=False):
        for name in COLUMNS:
            column = segment.file[name]
            writer.append(name, column if segment.alive is None else column[segment.alive])
        _append_records(writer, segment, base)
        segment.file.release()
    writer.close()


def _append_column(
    writer: ArrayWriter, field: str, segment: Segment, base: int, values: Vocabularies
) -> None:
    docs, ids = segment.column(field)
    if f"{field}.shown" in segment.file:
        ids = values.numbers(field, texts_of(segment.file, f"{field}.shown"))[ids]
    if segment.alive is not None:
        keep = segment.alive[docs]
        docs, ids = (np.cumsum(segment.alive) - 1)[docs[keep]], ids[keep]
    writer.append(f"{field}.docs", (docs + base).astype("u4"))
    writer.append(f"{field}.ids", ids.astype("u4"))


def _append_records(writer: ArrayWriter, segment: Segment, base: int) -> None:
    """Copy the packed records as they are, or pack those anew that are left."""
    if segment.alive is not None:
        pack_records(writer, list(segment.records()), base)
        return
    for name in ("record", "record_sizes"):
        writer.append(name, segment.file[name])
    writer.append("record_first", (segment.file["record_first"] + base).astype("u4"))
