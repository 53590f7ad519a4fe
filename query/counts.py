"""Counts of an index: the values of a field over an answer, or over all paragraphs."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.segments.reader import count_live_values
from indexer.segments.schema import FACETS
from indexer.text.folding import fold
from query.matching.collector import Matches
from query.matching.facets import count_facet, count_facet_within
from query.matching.searcher import Searcher
from query.results import Facet, Period

__all__ = ["Counts"]

_MAX_FACET_VALUES = 20  # of each facet that a search counts; `Index.values` lists all


class Counts:
    """Counts values; those over all paragraphs are counted once."""

    def __init__(self, searcher: Searcher) -> None:
        """Count in the segments of a searcher."""
        self._searcher = searcher
        self._totals: dict[str, dict[str, int]] = {}

    def frequent(self, matches: Matches) -> tuple[dict[str, tuple[Facet, ...]], dict[str, int]]:
        """Count the most frequent values of each facet field over the matches, and how many values it has."""
        docs, table = matches.by_segment(), self._searcher.table
        counted = {name: count_facet(docs, name, table(name), _MAX_FACET_VALUES) for name in FACETS}
        return {name: top for name, (top, _) in counted.items()}, {
            name: size for name, (_, size) in counted.items()
        }

    def values(
        self, matches: Matches, field: str, by: str | None, limit: int | None, containing: str
    ) -> tuple[tuple[Facet, ...], int]:
        """Count the values of a field as `Index.values` does; return with them how many there are."""
        docs, table = matches.by_segment(), self._searcher.table
        among = table(field).containing(fold(containing)) if containing else None
        if by is None:
            return count_facet(docs, field, table(field), limit, among)
        return count_facet_within(docs, field, table(field), by, table(by), limit, among)

    def periods(self, counted: Iterable[Facet], field: str) -> tuple[Period, ...]:
        """Put counts of a month or year beside those over all paragraphs, in the order of time."""
        totals = self._count_all(field)
        found = (Period(each.value, each.count, totals[each.value]) for each in counted)
        return tuple(sorted(found, key=lambda each: each.value))

    def _count_all(self, field: str) -> dict[str, int]:
        """Count the live paragraphs with each value of a field."""
        if field not in self._totals:
            table = self._searcher.table(field)
            counts = count_live_values(self._searcher.segments, field, len(table)).tolist()
            self._totals[field] = {table.shown(number): count for number, count in enumerate(counts)}
        return self._totals[field]
