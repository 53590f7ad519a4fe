"""Answers as CSV for spreadsheets: one row a line, and no cell that is read as a formula."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from query.output.sanitize import safe
from query.output.text import lines_of
from query.results import Facet, Hit, Results

__all__ = ["facets_csv", "results_csv"]

_FORMULA_STARTS = "=+-@"  # also in full width and in small forms, which NFKC maps to these
_BREAKS = "\t\r\n"

_COLUMNS: dict[str, Callable[[Hit], Any]] = {
    "rank": lambda hit: hit.rank,
    "score": lambda hit: hit.score,
    "id": lambda hit: hit.id,
    "source": lambda hit: hit.source,
    "lines": lambda hit: lines_of(hit, "-"),
    "date": lambda hit: hit.date,
    "speakers": lambda hit: _join_values(speaker.name for speaker in hit.speakers),
    "roles": lambda hit: _join_values(speaker.role for speaker in hit.speakers),
    "title": lambda hit: hit.title,
    "section": lambda hit: hit.section,
    "document_type": lambda hit: hit.document_type,
    "kind": lambda hit: hit.kind,
    "sessions": lambda hit: _join_values(map(str, hit.sessions)),
    "topics": lambda hit: _join_values(map(str, hit.topics)),
    "mentions": lambda hit: _join_values(hit.mentions),
    "reporters": lambda hit: _join_values(hit.reporters),
    "chair": lambda hit: _join_values(hit.chair),
    "attendees": lambda hit: _join_values(hit.attendees),
    "snippet": lambda hit: hit.snippet,
    "text": lambda hit: hit.text,
}


def results_csv(results: Results) -> Iterator[str]:
    """Write the names of the columns and a row for each hit; several values share a cell, joined by 、."""
    return _rows([tuple(_COLUMNS), *(tuple(value(hit) for value in _COLUMNS.values()) for hit in results)])


def facets_csv(facets: Sequence[Facet]) -> Iterator[str]:
    """Write values with their counts; where a second field was counted, a row for each pair."""
    if not any(facet.by for facet in facets):
        return _rows([("value", "count"), *((facet.value, facet.count) for facet in facets)])
    pairs = (
        (facet.value, facet.count, inner.value, inner.count)
        for facet in facets
        for inner in facet.by or (Facet("", 0),)
    )
    return _rows([("value", "count", "by", "by_count"), *pairs])


def _rows(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Write each row as one line: no cell has a line break, so that tools for lines can read it."""
    writer = csv.writer(_Line(), lineterminator="")
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


class _Line:
    """A file for `csv.writer` whose `write` returns the line."""

    def write(self, line: str) -> str:
        return line


def _cell(value: Any) -> Any:
    """Prepare a value for a cell: a text that a spreadsheet would read as a formula begins with '."""
    if not isinstance(value, str):
        return value
    first = unicodedata.normalize("NFKC", value.lstrip())[:1]
    is_formula = value.lstrip(" ")[:1] in tuple(_BREAKS) or first in tuple(_FORMULA_STARTS)
    return "'" * is_formula + safe(value)


def _join_values(values: Iterable[str | None]) -> str:
    return "、".join(value for value in values if value)
