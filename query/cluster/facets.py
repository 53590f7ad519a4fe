"""Counting in a cluster the values of what was found: of one field, of all facets, of two fields together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from indexer.cluster.value_counts import NO_COUNTS, add_counts, no_counts, value_requests
from indexer.segments.schema import FACETS
from indexer.segments.values import ValueTable
from indexer.store.arrays import Array
from query.cluster.asking import Asking
from query.cluster.clauses import Clause

__all__ = ["FacetCounter"]

_PAIRS = 10_000  # that are counted at once


class FacetCounter:
    """Counts values over the paragraphs that a clause matches."""

    def __init__(self, asking: Asking, table: Callable[[str], ValueTable]) -> None:
        """Ask a cluster; `table` returns the value table of a field."""
        self._asking = asking
        self._table = table

    def values(self, clause: Clause | None, fields: Sequence[str]) -> dict[str, Array]:
        """Count the paragraphs with each value of some fields (i8); none where that is not known yet."""
        sizes = self._sizes(fields)
        counts = no_counts(sizes)
        for request in value_requests(sizes, clause) if clause else ():
            add_counts(counts, self._asking.reply(request) or NO_COUNTS)
        return counts

    def total(self, clause: Clause | None) -> int:
        """Count the paragraphs by the first request of those that count the values of all facets."""
        if clause is None:
            return 0
        reply = self._asking.reply(next(value_requests(self._sizes(FACETS), clause)))
        return int(reply["hits"]["total"]["value"]) if reply else 0

    def pairs(self, clause: Clause, field: str, inner: str) -> Iterator[tuple[int, int]]:
        """Yield the pairs of values of two fields, the first in the upper 32 bits, with their count."""
        sources = [{"outer": {"terms": {"field": field}}}, {"inner": {"terms": {"field": inner}}}]
        composite: dict[str, Any] = {"size": _PAIRS, "sources": sources}
        while True:
            aggregations = {"pairs": {"composite": composite}}
            found = self._asking.now({"size": 0, "query": clause, "aggs": aggregations})["aggregations"]
            for bucket in found["pairs"]["buckets"]:
                yield int(bucket["key"]["outer"]) << 32 | int(bucket["key"]["inner"]), bucket["doc_count"]
            if "after_key" not in found["pairs"]:
                return
            composite["after"] = found["pairs"]["after_key"]

    def _sizes(self, fields: Sequence[str]) -> dict[str, int]:
        return {field: len(self._table(field)) for field in fields}
