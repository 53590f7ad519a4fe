"""Counting how many paragraphs have each value of a field: all values, a part of a large table at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from indexer.store.arrays import Array

__all__ = ["NO_COUNTS", "add_counts", "no_counts", "value_requests"]

NO_COUNTS: Mapping[str, Any] = {"aggregations": {}}
"""A reply that counts nothing, for one that is not known yet."""

_PARTITION = 5_000  # values of a field that are counted at once


def no_counts(sizes: Mapping[str, int]) -> dict[str, Array]:
    """Return counts of nothing (i8) for fields of so many values."""
    return {field: np.zeros(size, "i8") for field, size in sizes.items()}


def value_requests(sizes: Mapping[str, int], query: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the searches that count the values of some fields, by how many values each has."""
    parts = {field: max(1, -(-size // _PARTITION)) for field, size in sizes.items()}
    for part in range(max(parts.values(), default=0)):
        aggregations = {
            field: _count(field, part, parts[field], sizes[field]) for field in sizes if part < parts[field]
        }
        yield {"size": 0, "track_total_hits": True, "query": query, "aggs": aggregations}


def add_counts(counts: Mapping[str, Array], reply: Mapping[str, Any]) -> None:
    """Enter into `counts` what a cluster replied to one of these searches."""
    for field, found in reply["aggregations"].items():
        for bucket in found["buckets"]:
            counts[field][int(bucket["key"])] = bucket["doc_count"]


def _count(field: str, part: int, parts: int, size: int) -> dict[str, Any]:
    terms: dict[str, Any] = {"field": field, "size": max(1, min(size, 2 * _PARTITION))}
    if parts > 1:
        terms["include"] = {"partition": part, "num_partitions": parts}
    return {"terms": terms}
