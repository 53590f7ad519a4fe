"""Counts of an index: the values of a field over an answer, or over all paragraphs."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.segments.schema import FACETS
from indexer.text.folding import fold
from query.matching.finder import Finder, Found
from query.results import Facet, Period

__all__ = ["Counts"]

_MAX_FACET_VALUES = 20  # of each facet that a search counts; `Index.values` lists all


class Counts:
    """Counts values; those over all paragraphs are counted once."""

    def __init__(self, finder: Finder) -> None:
        """Let a finder count."""
        self._finder = finder
        self._totals: dict[str, dict[str, int]] = {}

    def frequent(self, matches: Found) -> tuple[dict[str, tuple[Facet, ...]], dict[str, int]]:
        """Count the most frequent values of each facet field over the matches, and how many values it has."""
        counted = self._finder.facets(matches, FACETS, _MAX_FACET_VALUES)
        return {name: top for name, (top, _) in counted.items()}, {
            name: size for name, (_, size) in counted.items()
        }

    def values(
        self, matches: Found, field: str, by: str | None, limit: int | None, containing: str
    ) -> tuple[tuple[Facet, ...], int]:
        """Count the values of a field as `Index.values` does; return with them how many there are."""
        if by is None:
            return self._finder.facets(matches, (field,), limit, fold(containing))[field]
        return self._finder.facets_within(matches, field, by, limit, fold(containing))

    def periods(self, counted: Iterable[Facet], field: str) -> tuple[Period, ...]:
        """Put counts of a month or year beside those over all paragraphs, in the order of time."""
        totals = self._count_all(field)
        found = (Period(each.value, each.count, totals[each.value]) for each in counted)
        return tuple(sorted(found, key=lambda each: each.value))

    def _count_all(self, field: str) -> dict[str, int]:
        """Count the live paragraphs with each value of a field."""
        if field not in self._totals:
            table = self._finder.table(field)
            counts = self._finder.live_counts(field).tolist()
            self._totals[field] = {table.shown(number): count for number, count in enumerate(counts)}
        return self._totals[field]
