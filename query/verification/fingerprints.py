"""What is indexed of each paragraph as a row of numbers, from its text or from the files of the index.

Two rows are equal exactly when the same is indexed; nothing else has to be held in memory of what
is compared. The numbers hold for one run of the program.
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
"""What each number of a row stands for."""

_ODD = np.uint64(0x9E3779B97F4A7C15)  # multiplying by it loses nothing and leaves no bit in its place


def expected_fingerprints(documents: Sequence[Document]) -> Array:
    """Return the rows of paragraphs as they are to be indexed."""
    marks = {"record": _hashed(_line(each.record) for each in documents)}
    for name, field in invert_documents(documents).items():
        marks[name] = _summed(field.terms, field.postings, len(documents)) + field.norms
    valued = (
        _hashed((name, value) for name in VALUE_FIELDS for value in {*each.values[name]})
        for each in documents
    )
    marks["values"] = np.array([hashes.sum(dtype="u8") for hashes in valued], "u8")
    marks["columns"] = _joined(numeric_columns(documents))
    return np.column_stack([marks[name] for name in FINGERPRINTED])


def stored_fingerprints(segment: Segment, tables: dict[str, ValueTable]) -> Array:
    """Return the rows of the paragraphs of a segment that are there, as they are indexed."""
    marks = {name: np.zeros(segment.size, "u8") for name in FINGERPRINTED}
    numbers = segment.live_numbers()
    marks["record"][numbers] = _hashed(map(_line, segment.records()))
    for name in SCORED_FIELDS:
        for terms, run in runs(segment.postings(name)):
            marks[name] += _summed(terms, run, segment.size)
        marks[name] += segment.postings(name).norms
    for name, table in tables.items():
        hashes = _hashed((name, table.shown(number)) for number in range(len(table)))
        docs, values = segment.column(name)
        np.add.at(marks["values"], docs, hashes[values])
    marks["columns"] = _joined({name: segment.file[name] for name in COLUMNS})
    return np.column_stack([marks[name] for name in FINGERPRINTED])[numbers]


def runs(postings: Postings) -> Iterator[tuple[list[bytes], PostingLists]]:
    """Yield the terms of a field with their postings, as many at a time as may be held at once."""
    terms = postings.terms()
    for start, end in term_batches(postings.sizes()):
        yield terms[start:end], postings.lists(start, end)


def is_sorted(segment: Segment, field: str) -> bool:
    """Tell whether terms, the paragraphs of each, and the positions in each stand in order, each once."""
    postings = segment.postings(field)
    terms = postings.terms()
    if any(one >= other for one, other in pairwise(terms)):
        return False
    return all(_is_ascending(run) for _, run in runs(postings))


def _is_ascending(run: PostingLists) -> bool:
    owners = np.repeat(np.arange(len(run.sizes)), run.sizes)
    placed = np.repeat(run.position_sizes > 0, run.sizes)
    standing = np.repeat(np.arange(int(placed.sum())), run.frequencies[placed])
    keys = (owners << 32) + run.docs, (standing << 32) + run.positions
    return all(bool((np.diff(key) > 0).all()) for key in keys)


def _summed(terms: Sequence[bytes], run: PostingLists, size: int) -> Array:
    """Return for each paragraph the sum over its postings, and over the positions of each."""
    found, hashes = np.zeros(size, "u8"), _hashed(terms)
    np.add.at(found, run.docs, np.repeat(hashes, run.sizes) * run.frequencies.astype("u8"))
    placed = np.repeat(run.position_sizes > 0, run.sizes)
    docs = np.repeat(run.docs[placed], run.frequencies[placed])
    np.add.at(found, docs, _mixed(np.repeat(hashes, run.position_sizes) + run.positions.astype("u8")))
    return found


def _joined(numbers: dict[str, Array]) -> Array:
    joined: Array = np.zeros((), "u8")
    for name in COLUMNS:
        joined = _mixed(joined + numbers[name].astype("u8"))
    return joined


def _mixed(numbers: Array) -> Array:
    numbers = numbers * _ODD
    numbers = (numbers ^ (numbers >> np.uint64(29))) * _ODD
    mixed: Array = numbers ^ (numbers >> np.uint64(32))
    return mixed


def _hashed(things: Iterable[Any]) -> Array:
    return np.array([*map(hash, things)], "i8").astype("u8")


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)
