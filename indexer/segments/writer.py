"""Writing paragraphs as a segment of their own: inverted, sorted, and laid out as arrays.

The arrays are listed in `indexer.segments.reader`.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b
from itertools import chain, count
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct

from indexer.segments.norms import encode_norms
from indexer.segments.posting_lists import PostingLists, invert_tokens
from indexer.segments.postings import write_postings
from indexer.segments.schema import HEADING, MATCH, VALUE_FIELDS, WORDS, Document
from indexer.store.arrays import Array, ArrayWriter
from indexer.store.strings import append_strings
from indexer.text.day_numbers import day_number
from indexer.text.folding import join_pair

__all__ = [
    "RECORDS_PER_BLOCK",
    "InvertedField",
    "invert_documents",
    "numeric_columns",
    "pack_records",
    "write_segment",
]

RECORDS_PER_BLOCK = 16
"""The records that are compressed together."""

_COMPRESSION_LEVEL = 6  # of zlib


def write_segment(path: Path, documents: Sequence[Document]) -> None:
    """Write paragraphs as a segment file, still to be merged. Raise `OSError` when that fails."""
    writer = ArrayWriter(path)
    for name, field in invert_documents(documents).items():
        write_postings(writer, name, field.terms, field.postings, field.norms)
    for name in VALUE_FIELDS:
        _append_column(writer, name, [each.values[name] for each in documents])
    append_strings(writer, "id", [each.id for each in documents])
    for name, column in numeric_columns(documents).items():
        writer.append(name, column)
    pack_records(writer, [each.record for each in documents])
    writer.close()


def _append_column(writer: ArrayWriter, field: str, values: Sequence[Sequence[str]]) -> None:
    """Append the distinct values of a field, and the number of each that each paragraph has."""
    shown, ids, docs, _ = _number_tokens([list(dict.fromkeys(each)) for each in values])
    append_strings(writer, f"{field}.shown", shown)
    writer.append(f"{field}.ids", ids.astype("u4"))
    writer.append(f"{field}.docs", docs.astype("u4"))


def pack_records(writer: ArrayWriter, records: Sequence[dict[str, Any]], first: int = 0) -> None:
    """Append records as JSON lines, compressed in blocks; the first belongs to the paragraph `first`."""
    blocks = [
        zlib.compress(
            "\n".join(
                json.dumps(record, ensure_ascii=False, separators=(",", ":"))
                for record in records[at : at + RECORDS_PER_BLOCK]
            ).encode("utf-8"),
            _COMPRESSION_LEVEL,
        )
        for at in range(0, len(records), RECORDS_PER_BLOCK)
    ]
    writer.append("record", b"".join(blocks))
    writer.append("record_sizes", np.array([len(block) for block in blocks], "u4"))
    writer.append("record_first", np.arange(first, first + len(records), RECORDS_PER_BLOCK, dtype="u4"))


def numeric_columns(documents: Sequence[Document]) -> dict[str, Array]:
    """Compute the columns of numbers that every paragraph has, by their names in `COLUMNS`."""
    return {
        "date": np.array([day_number(each.date) for each in documents], "u4"),
        "date_end": np.array([day_number(each.date_end or each.date) for each in documents], "u4"),
        "units": np.array([len(each.match) for each in documents], "u4"),
        "digest": np.array([_digest_units(each.match) for each in documents], "u8"),
    }


def _digest_units(units: Sequence[str]) -> int:
    """Hash the units of a text into 64 bits: texts that differ only in how they are printed are equal."""
    return int.from_bytes(blake2b("\n".join(units).encode("utf-8"), digest_size=8).digest())


class InvertedField(Struct, frozen=True):
    """A scored field of some paragraphs: its terms in UTF-8, sorted, their postings, and the norms (u1)."""

    terms: list[bytes]
    postings: PostingLists
    norms: Array


def invert_documents(documents: Sequence[Document]) -> dict[str, InvertedField]:
    """Invert paragraphs, numbered from 0 on, field by field."""
    return {
        MATCH: _invert_units([each.match for each in documents]),
        WORDS: _invert_words([each.words for each in documents]),
        HEADING: _invert_words([each.heading for each in documents]),
    }


def _invert_units(texts: Sequence[Sequence[str]]) -> InvertedField:
    """Invert the units of paragraphs, and the pairs of neighbouring units with their positions."""
    units, unit, doc, sizes = _number_tokens(texts)
    position = np.arange(len(unit)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    has_next = np.flatnonzero(doc[1:] == doc[:-1])
    keys, pair = np.unique((unit[has_next] << 32) | unit[has_next + 1], return_inverse=True)
    pairs = [
        join_pair(units[left], units[right])
        for left, right in zip((keys >> 32).tolist(), (keys & 0xFFFFFFFF).tolist(), strict=True)
    ]
    # Only pairs need positions: a unit alone is looked up by itself, and never as a part of a phrase.
    single = invert_tokens(unit, doc, None, len(units))
    double = invert_tokens(pair, doc[has_next], position[has_next], len(pairs))
    terms, postings = _sort_terms([*units, *pairs], _concatenate(single, double))
    return InvertedField(terms, postings, encode_norms(np.maximum(0, 2 * sizes - 1)))


def _invert_words(texts: Sequence[Sequence[str]]) -> InvertedField:
    """Invert the words of paragraphs, without positions."""
    words, word, doc, sizes = _number_tokens(texts)
    terms, postings = _sort_terms(words, invert_tokens(word, doc, None, len(words)))
    return InvertedField(terms, postings, encode_norms(sizes))


def _number_tokens(texts: Sequence[Sequence[str]]) -> tuple[list[str], Array, Array, Array]:
    """Assign numbers to the distinct tokens, in the order in which they come.

    Return them; the number of each token and the number of its text (i8, one entry a token); and the
    number of tokens of each text (i8).
    """
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    sizes = np.fromiter(map(len, texts), "i8", len(texts))
    tokens = np.fromiter(map(numbers.__getitem__, chain.from_iterable(texts)), "i8", int(sizes.sum()))
    return list(numbers), tokens, np.repeat(np.arange(len(texts)), sizes), sizes


def _concatenate(left: PostingLists, right: PostingLists) -> PostingLists:
    return PostingLists(
        *(
            np.concatenate([getattr(left, name), getattr(right, name)])
            for name in ("sizes", "docs", "frequencies", "position_sizes", "positions")
        )
    )


def _sort_terms(terms: Sequence[str], lists: PostingLists) -> tuple[list[bytes], PostingLists]:
    """Encode terms, and sort them and their postings by their bytes."""
    encoded = [term.encode("utf-8") for term in terms]
    order = np.array(sorted(range(len(encoded)), key=encoded.__getitem__), "i8")
    return [encoded[at] for at in order.tolist()], lists.reorder(order)
