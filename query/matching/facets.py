"""Facets: count the values of a metadata field over the paragraphs that were found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from indexer.segments.posting_lists import concatenate_ranges
from indexer.segments.reader import Segment
from indexer.segments.values import ValueTable
from indexer.store.arrays import Array
from query.results import Facet

__all__ = ["count_facet", "count_facet_within", "facet_of_counts", "facets_of_pairs", "rank_values"]

MatchedDocs = Sequence[tuple[Segment, Array]]
"""Segments, each with the paragraphs found in it, ascending."""

_SEARCH_RATIO = 32  # from so many times more values than paragraphs on, binary search is faster


def count_facet(
    found: MatchedDocs, field: str, table: ValueTable, limit: int | None = None, containing: str = ""
) -> tuple[tuple[Facet, ...], int]:
    """Count the paragraphs with each value of a field, most frequent first, ties in the order of their text.

    Return at most `limit` values, and how many there are; only those that hold a folded text, where given.
    """
    counts = np.zeros(len(table), "i8")
    for segment, docs in found:
        counts += np.bincount(_values_of(segment, field, docs)[1], minlength=len(table))
    return facet_of_counts(counts, table, limit, containing)


def facet_of_counts(
    counts: Array, table: ValueTable, limit: int | None = None, containing: str = ""
) -> tuple[tuple[Facet, ...], int]:
    """Name the values that were counted (i8, one a value), and how many there are; see `count_facet`."""
    ranked, size = rank_values(counts, table, limit, containing)
    return tuple(Facet(table.shown(value), int(counts[value])) for value in ranked), size


def count_facet_within(
    found: MatchedDocs,
    field: str,
    table: ValueTable,
    inner_field: str,
    inner_table: ValueTable,
    limit: int | None = None,
    containing: str = "",
) -> tuple[tuple[Facet, ...], int]:
    """Count the values of a field as `count_facet` does, and within each all values of a second field."""
    counts = np.zeros(len(table), "i8")
    pairs = [np.zeros(0, "i8")]
    for segment, docs in found:
        owners, values = _values_of(segment, field, docs)
        counts += np.bincount(values, minlength=len(table))
        pairs.append(_pairs_of_values(segment, owners, values, inner_field))
    ranked, size = rank_values(counts, table, limit, containing)
    wanted = np.zeros(len(table), bool)
    wanted[ranked] = True
    joined = np.concatenate(pairs)
    unique, numbers = np.unique(joined[wanted[joined >> 32]], return_counts=True)
    counted = zip(unique.tolist(), numbers.tolist(), strict=True)
    return facets_of_pairs(counts, ranked, table, counted, inner_table), size


def facets_of_pairs(
    counts: Array,
    ranked: Iterable[int],
    table: ValueTable,
    pairs: Iterable[tuple[int, int]],
    inner_table: ValueTable,
) -> tuple[Facet, ...]:
    """Name the `ranked` values that were counted, and within each those of a second field.

    `pairs` are an outer and an inner value in one number, the first in its upper 32 bits, with their count.
    """
    inner = _inner_facets(pairs, inner_table)
    return tuple(Facet(table.shown(value), int(counts[value]), inner[value]) for value in ranked)


def rank_values(
    counts: Array, table: ValueTable, limit: int | None = None, containing: str = ""
) -> tuple[list[int], int]:
    """Rank the values that were counted, as `count_facet` does; return their numbers, and how many."""
    if containing:
        kept = np.zeros_like(counts)
        among = table.containing(containing)
        kept[among] = counts[among]
        counts = kept
    return _rank(counts, table, limit), int(np.count_nonzero(counts))


def _values_of(segment: Segment, field: str, docs: Array) -> tuple[Array, Array]:
    """Look up the values of some paragraphs in a field: the paragraph of each value, and the value."""
    owners, values = segment.column(field)
    if segment.is_single_valued(field):
        return docs, values[docs]
    if len(docs) * _SEARCH_RATIO < len(owners):
        indices, _ = _find_ranges(owners, docs)
        return owners[indices], values[indices]
    mask = np.zeros(segment.size, bool)
    mask[docs] = True
    keep = mask[owners]
    return owners[keep], values[keep]


def _find_ranges(owners: Array, docs: Array) -> tuple[Array, Array]:
    """Find the indices into the sorted `owners` of all entries of `docs`, and how many each has."""
    first, end = (np.searchsorted(owners, docs, side) for side in ("left", "right"))
    counts: Array = end - first
    return concatenate_ranges(first, counts), counts


def _pairs_of_values(segment: Segment, docs: Array, values: Array, inner_field: str) -> Array:
    """Pair each value with each value of a second field in its paragraph: the first in the upper 32 bits."""
    inner_docs, inner_values = segment.column(inner_field)
    indices, counts = _find_ranges(inner_docs, docs)
    pairs: Array = np.repeat(values.astype("i8"), counts) << 32 | inner_values[indices].astype("i8")
    return pairs


def _inner_facets(pairs: Iterable[tuple[int, int]], table: ValueTable) -> defaultdict[int, tuple[Facet, ...]]:
    """Sort the inner values by the outer one."""
    counts: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair, count in pairs:
        counts[pair >> 32].append((pair & 0xFFFFFFFF, count))
    order = table.ranks
    facets: defaultdict[int, tuple[Facet, ...]] = defaultdict(tuple)
    for value, inner in counts.items():
        inner.sort(key=lambda item: (-item[1], order[item[0]]))
        facets[value] = tuple(Facet(table.shown(other), count) for other, count in inner)
    return facets


def _rank(counts: Array, table: ValueTable, limit: int | None) -> list[int]:
    """Sort the values that were counted, the most frequent first, ties in the order of their text."""
    numbers = np.flatnonzero(counts)
    if limit is not None and len(numbers) > limit:
        least = np.partition(counts[numbers], len(numbers) - limit)[len(numbers) - limit]
        numbers = numbers[counts[numbers] >= least]
        if len(numbers) > 2 * limit:  # many ties at the end: only the first `limit` of them can be needed
            ties = numbers[counts[numbers] == least]
            first = np.argpartition(table.ranks[ties], limit)[:limit]
            numbers = np.concatenate([numbers[counts[numbers] > least], ties[first]])
    ranked = numbers[np.lexsort((table.ranks[numbers], -counts[numbers]))]
    return ranked[:limit].tolist()  # type: ignore[no-any-return]
