"""A fingerprint of what is indexed of a paragraph, from its document or from the arrays of a segment.

A fingerprint is a row of u8 numbers, one for each part in `FINGERPRINTED`. Equal rows mean that the
same is indexed, so that whole indexes are compared with 8 bytes a part in memory. Python salts the
hashes of strings, so that fingerprints of different processes cannot be compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from indexer.segments.merge import term_batches
from indexer.segments.posting_lists import PostingLists
from indexer.segments.postings import Postings
from indexer.segments.reader import Segment
from indexer.segments.schema import COLUMNS, SCORED_FIELDS, VALUE_FIELDS, Document
from indexer.segments.values import ValueTable
from indexer.segments.writer import invert_documents, numeric_columns
from indexer.store.arrays import Array

__all__ = ["FINGERPRINTED", "expected_fingerprints", "is_sorted", "stored_fingerprints"]

FINGERPRINTED = ("record", *SCORED_FIELDS, "values", "columns")
"""The part of what is indexed that each column of a fingerprint stands for."""

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / φ: odd, so that no two products are equal


def expected_fingerprints(documents: Sequence[Document]) -> Array:
    """Compute the fingerprints of documents as they should be indexed: u8, shape (documents, parts)."""
    parts = {"record": _hash_all(_json(each.record) for each in documents)}
    for name, field in invert_documents(documents).items():
        parts[name] = _sum_postings(field.terms, field.postings, len(documents)) + field.norms
    valued = (
        _hash_all((name, value) for name in VALUE_FIELDS for value in {*each.values[name]})
        for each in documents
    )
    parts["values"] = np.array([hashes.sum(dtype="u8") for hashes in valued], "u8")
    parts["columns"] = _mix_columns(numeric_columns(documents))
    return np.column_stack([parts[name] for name in FINGERPRINTED])


def stored_fingerprints(segment: Segment, tables: dict[str, ValueTable]) -> Array:
    """Compute the fingerprints of the live paragraphs of a segment: u8, shape (live paragraphs, parts).

    Raise `DamageError`, `ValueError`, `IndexError` or `zlib.error` for arrays that contradict each other.
    """
    parts = {name: np.zeros(segment.size, "u8") for name in FINGERPRINTED}
    numbers = segment.live_numbers()
    parts["record"][numbers] = _hash_all(map(_json, segment.records()))
    for name in SCORED_FIELDS:
        for terms, run in _posting_batches(segment.postings(name)):
            parts[name] += _sum_postings(terms, run, segment.size)
        parts[name] += segment.postings(name).norms
    for name, table in tables.items():
        hashes = _hash_all((name, table.shown(number)) for number in range(len(table)))
        docs, values = segment.column(name)
        np.add.at(parts["values"], docs, hashes[values])
    parts["columns"] = _mix_columns({name: segment.file[name] for name in COLUMNS})
    return np.column_stack([parts[name] for name in FINGERPRINTED])[numbers]


def _posting_batches(postings: Postings) -> Iterator[tuple[list[bytes], PostingLists]]:
    """Read the posting lists of a field in batches of terms that fit into memory."""
    terms = postings.terms()
    for start, end in term_batches(postings.sizes()):
        yield terms[start:end], postings.lists(start, end)


def is_sorted(segment: Segment, field: str) -> bool:
    """Check that the terms of a field, the documents of a term and its positions in each ascend."""
    postings = segment.postings(field)
    terms = postings.terms()
    if any(one >= other for one, other in pairwise(terms)):
        return False
    return all(_is_ascending(run) for _, run in _posting_batches(postings))


def _is_ascending(run: PostingLists) -> bool:
    terms = np.repeat(np.arange(len(run.sizes)), run.sizes)
    has_positions = np.repeat(run.position_sizes > 0, run.sizes)
    postings = np.repeat(np.arange(int(has_positions.sum())), run.frequencies[has_positions])
    keys = (terms << 32) + run.docs, (postings << 32) + run.positions
    return all(bool((np.diff(key) > 0).all()) for key in keys)


def _sum_postings(terms: Sequence[bytes], run: PostingLists, size: int) -> Array:
    """Sum the hashes of the postings of each paragraph, and of each of their positions: u8, shape (size,)."""
    sums, hashes = np.zeros(size, "u8"), _hash_all(terms)
    np.add.at(sums, run.docs, np.repeat(hashes, run.sizes) * run.frequencies.astype("u8"))
    has_positions = np.repeat(run.position_sizes > 0, run.sizes)
    docs = np.repeat(run.docs[has_positions], run.frequencies[has_positions])
    np.add.at(sums, docs, _mix(np.repeat(hashes, run.position_sizes) + run.positions.astype("u8")))
    return sums


def _mix_columns(numbers: dict[str, Array]) -> Array:
    """Hash the numbers that each paragraph has in the numeric columns."""
    mixed: Array = np.zeros((), "u8")
    for name in COLUMNS:
        mixed = _mix(mixed + numbers[name].astype("u8"))
    return mixed


def _mix(numbers: Array) -> Array:
    """Mix the bits of u8 numbers, in the way of SplitMix64, so that no two sums are equal but by chance."""
    numbers = numbers * _GOLDEN
    numbers = (numbers ^ (numbers >> np.uint64(29))) * _GOLDEN
    mixed: Array = numbers ^ (numbers >> np.uint64(32))
    return mixed


def _hash_all(things: Iterable[Any]) -> Array:
    """Hash each of some things: u8."""
    return np.array([*map(hash, things)], "i8").astype("u8")


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)
