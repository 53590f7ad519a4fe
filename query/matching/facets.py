"""Counting the values of a metadata field over the paragraphs that were found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from indexer.segments.posting_lists import concatenate_ranges
from indexer.segments.reader import Segment
from indexer.segments.values import ValueTable
from indexer.store.arrays import Array
from query.results import Facet

__all__ = ["count_facet", "count_facet_within"]

MatchedDocs = Sequence[tuple[Segment, Array]]
"""The paragraphs found in each segment, ascending."""

_FEW = 32  # so many times more values than paragraphs: then each is looked up, else all are gone through


def count_facet(
    found: MatchedDocs, field: str, table: ValueTable, most: int | None = None
) -> tuple[Facet, ...]:
    """Return the values of a field with the number of paragraphs that have them, most frequent first.

    Equals stand in the order of their text. `most` is the number of values wanted.
    """
    counts = np.zeros(len(table), "i8")
    for segment, docs in found:
        counts += np.bincount(_entries(segment, field, docs)[1], minlength=len(table))
    return tuple(Facet(table.shown(at), int(counts[at])) for at in _best(counts, table, most))


def count_facet_within(
    found: MatchedDocs, field: str, table: ValueTable, within: str, inner: ValueTable
) -> tuple[Facet, ...]:
    """Return the values of a field, and within each the values of a second field counted likewise."""
    pairs: defaultdict[int, dict[int, int]] = defaultdict(dict)
    counts = np.zeros(len(table), "i8")
    keys = [np.zeros(0, "i8")]
    for segment, docs in found:
        owners, values = _entries(segment, field, docs)
        counts += np.bincount(values, minlength=len(table))
        inner_docs, inner_values = segment.column(within)
        first, last = (np.searchsorted(inner_docs, owners, side) for side in ("left", "right"))
        others = inner_values[concatenate_ranges(first, last - first)].astype("i8")
        keys.append((np.repeat(values.astype("i8"), last - first) << 32) | others)
    both, numbers = np.unique(np.concatenate(keys), return_counts=True)
    for key, number in zip(both.tolist(), numbers.tolist(), strict=True):
        pairs[key >> 32][key & 0xFFFFFFFF] = number
    order = inner.ranks
    return tuple(
        Facet(
            table.shown(at),
            int(counts[at]),
            tuple(
                Facet(inner.shown(other), number)
                for other, number in sorted(pairs[at].items(), key=lambda item: (-item[1], order[item[0]]))
            ),
        )
        for at in _best(counts, table, None)
    )


def _entries(segment: Segment, field: str, docs: Array) -> tuple[Array, Array]:
    """Return the values that some paragraphs have in a field, each with its paragraph."""
    owners, values = segment.column(field)
    if segment.is_single_valued(field):
        return docs, values[docs]
    if len(docs) * _FEW < len(owners):
        first, last = (np.searchsorted(owners, docs, side) for side in ("left", "right"))
        at = concatenate_ranges(first, last - first)
        return owners[at], values[at]
    mask = np.zeros(segment.size, bool)
    mask[docs] = True
    keep = mask[owners]
    return owners[keep], values[keep]


def _best(counts: Array, table: ValueTable, most: int | None) -> list[int]:
    """Return the values that were counted, best first."""
    numbers = np.flatnonzero(counts)
    if most is not None and len(numbers) > most:
        least = np.partition(counts[numbers], len(numbers) - most)[len(numbers) - most]
        numbers = numbers[counts[numbers] >= least]
        if len(numbers) > 2 * most:  # many equals: only the first of them in their order come in
            equal = numbers[counts[numbers] == least]
            first = np.argpartition(table.ranks[equal], most)[:most]
            numbers = np.concatenate([numbers[counts[numbers] > least], equal[first]])
    best = numbers[np.lexsort((table.ranks[numbers], -counts[numbers]))]
    return best[:most].tolist()  # type: ignore[no-any-return]
