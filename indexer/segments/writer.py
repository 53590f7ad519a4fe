"""Paragraphs to a segment file of their own: cut into units and words, sorted, written as arrays.

Which arrays that are is listed in `indexer.segments.reader`.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain, count
from pathlib import Path
from typing import Any

import numpy as np

from indexer.segments.norms import encode_lengths
from indexer.segments.postings import PostingLists, posting_lists, write_field
from indexer.segments.schema import HEADING, MATCH, VALUES, WORDS, Document
from indexer.segments.values import day_number
from indexer.store.arrays import Array, ArrayWriter
from indexer.store.strings import append_strings
from indexer.text.folding import join_pair

__all__ = ["PER_BLOCK", "InvertedField", "invert", "number_columns", "pack_records", "write_segment"]

PER_BLOCK = 16
"""Records that are packed together."""

_LEVEL = 6  # of zlib


@dataclass(frozen=True, slots=True)
class InvertedField:
    """A scored field of some paragraphs: its terms, sorted, their postings, and the lengths as bytes."""

    terms: list[bytes]
    run: PostingLists
    lengths: Array


def invert(documents: Sequence[Document]) -> dict[str, InvertedField]:
    """Return the scored fields of paragraphs."""
    return {
        MATCH: _matched([each.match for each in documents]),
        WORDS: _worded([each.words for each in documents]),
        HEADING: _worded([each.heading for each in documents]),
    }


def number_columns(documents: Sequence[Document]) -> dict[str, Array]:
    """Return the numbers that every paragraph has."""
    return {
        "date": np.array([day_number(each.date) for each in documents], "u4"),
        "units": np.array([len(each.match) for each in documents], "u4"),
        "digest": np.array([_digest(each.match) for each in documents], "u8"),
    }


def write_segment(path: Path, documents: Sequence[Document]) -> None:
    """Write paragraphs as a segment file."""
    writer = ArrayWriter(path)
    for name, field in invert(documents).items():
        write_field(writer, name, field.terms, field.run, field.lengths)
    for name in VALUES:
        _write_column(writer, name, [each.values[name] for each in documents])
    append_strings(writer, "id", [each.id for each in documents])
    for name, column in number_columns(documents).items():
        writer.append(name, column)
    pack_records(writer, [each.record for each in documents])
    writer.close()


def pack_records(writer: ArrayWriter, records: Sequence[dict[str, Any]], first: int = 0) -> None:
    """Write records, packed a block at a time; the first of them is the `first` of the segment."""
    blocks = [
        zlib.compress(
            "\n".join(
                json.dumps(record, ensure_ascii=False, separators=(",", ":"))
                for record in records[at : at + PER_BLOCK]
            ).encode("utf-8"),
            _LEVEL,
        )
        for at in range(0, len(records), PER_BLOCK)
    ]
    writer.append("record", b"".join(blocks))
    writer.append("record_sizes", np.array([len(block) for block in blocks], "u4"))
    writer.append("record_first", np.arange(first, first + len(records), PER_BLOCK, dtype="u4"))


def _matched(texts: Sequence[Sequence[str]]) -> InvertedField:
    """Return the units of the paragraphs, and the pairs of neighbours with their positions."""
    units, unit, doc, sizes = _numbered(texts)
    place = np.arange(len(unit)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    inside = np.flatnonzero(doc[1:] == doc[:-1])
    keys, paired = np.unique((unit[inside] << 32) | unit[inside + 1], return_inverse=True)
    pairs = [
        join_pair(units[left], units[right])
        for left, right in zip((keys >> 32).tolist(), (keys & 0xFFFFFFFF).tolist(), strict=True)
    ]
    # Pairs tell where they stand, and a unit alone is only asked for as a whole.
    single = posting_lists(unit, doc, None, len(units))
    double = posting_lists(paired, doc[inside], place[inside], len(pairs))
    terms, run = _sorted([*units, *pairs], _chained(single, double))
    return InvertedField(terms, run, encode_lengths(np.maximum(0, 2 * sizes - 1)))


def _digest(units: Sequence[str]) -> int:
    """Return a number that tells texts apart, however they are printed."""
    return int.from_bytes(blake2b("\n".join(units).encode("utf-8"), digest_size=8).digest())


def _worded(texts: Sequence[Sequence[str]]) -> InvertedField:
    words, word, doc, sizes = _numbered(texts)
    terms, run = _sorted(words, posting_lists(word, doc, None, len(words)))
    return InvertedField(terms, run, encode_lengths(sizes))


def _numbered(texts: Sequence[Sequence[str]]) -> tuple[list[str], Array, Array, Array]:
    """Return the distinct tokens, the number and the text of each token, and the sizes of the texts."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    sizes = np.fromiter(map(len, texts), "i8", len(texts))
    tokens = np.fromiter(map(numbers.__getitem__, chain.from_iterable(texts)), "i8", int(sizes.sum()))
    return list(numbers), tokens, np.repeat(np.arange(len(texts)), sizes), sizes


def _chained(left: PostingLists, right: PostingLists) -> PostingLists:
    return PostingLists(
        *(
            np.concatenate([getattr(left, name), getattr(right, name)])
            for name in ("sizes", "docs", "counts", "position_sizes", "positions")
        )
    )


def _sorted(terms: Sequence[str], run: PostingLists) -> tuple[list[bytes], PostingLists]:
    """Put terms and their postings into the order of the terms' bytes."""
    packed = [term.encode("utf-8") for term in terms]
    order = np.array(sorted(range(len(packed)), key=packed.__getitem__), "i8")
    return [packed[at] for at in order.tolist()], run.ordered(order)


def _write_column(writer: ArrayWriter, field: str, values: Sequence[Sequence[str]]) -> None:
    """Write the values that a field takes, and which of them each paragraph has."""
    shown, ids, docs, _ = _numbered([list(dict.fromkeys(each)) for each in values])
    append_strings(writer, f"{field}.shown", shown)
    writer.append(f"{field}.ids", ids.astype("u4"))
    writer.append(f"{field}.docs", docs.astype("u4"))
