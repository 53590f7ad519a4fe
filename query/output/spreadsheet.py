"""Answers as CSV for spreadsheets: one row a line, and no cell that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from query.output.sanitize import safe
from query.output.text import lines_of
from query.results import Facet, Hit, Results

__all__ = ["facets_csv", "results_csv"]

_FORMULA = "=+-@"  # full-width and small forms, which spreadsheets may take for these, fold to them
_BREAKS = "\t\r\n"

_COLUMNS: dict[str, Callable[[Hit], Any]] = {
    "rank": lambda hit: hit.rank,
    "score": lambda hit: hit.score,
    "id": lambda hit: hit.id,
    "source": lambda hit: hit.source,
    "lines": lambda hit: lines_of(hit, "-"),
    "date": lambda hit: hit.date,
    "speakers": lambda hit: _listed(who.name for who in hit.speakers),
    "roles": lambda hit: _listed(who.role for who in hit.speakers),
    "title": lambda hit: hit.title,
    "section": lambda hit: hit.section,
    "document_type": lambda hit: hit.document_type,
    "kind": lambda hit: hit.kind,
    "sessions": lambda hit: _listed(map(str, hit.sessions)),
    "topics": lambda hit: _listed(map(str, hit.topics)),
    "mentions": lambda hit: _listed(hit.mentions),
    "reporters": lambda hit: _listed(hit.reporters),
    "snippet": lambda hit: hit.snippet,
    "text": lambda hit: hit.text,
}


def results_csv(results: Results) -> Iterator[str]:
    """Yield the names of the columns, and a row for each hit; several values stand in one cell, with 、."""
    return _rows([tuple(_COLUMNS), *(tuple(value(hit) for value in _COLUMNS.values()) for hit in results)])


def facets_csv(facets: Sequence[Facet]) -> Iterator[str]:
    """Yield values with their counts; where a second field is counted within, a row for each pair."""
    if not any(facet.by for facet in facets):
        return _rows([("value", "count"), *((facet.value, facet.count) for facet in facets)])
    pairs = (
        (facet.value, facet.count, inner.value, inner.count)
        for facet in facets
        for inner in facet.by or (Facet("", 0),)
    )
    return _rows([("value", "count", "by", "by_count"), *pairs])


def _rows(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield rows as lines. No cell holds a line break, so that every tool for lines can count on them."""
    writer = csv.writer(_Line(), lineterminator="")
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


class _Line:
    """What the writer writes to: it hands back the line."""

    def write(self, line: str) -> str:
        return line


def _cell(value: Any) -> Any:
    """Return a value as a cell; a text that a spreadsheet would take for a formula stands behind a '."""
    if not isinstance(value, str):
        return value
    first = unicodedata.normalize("NFKC", value.lstrip())[:1]
    acts = value.lstrip(" ")[:1] in tuple(_BREAKS) or first in tuple(_FORMULA)
    return "'" * acts + safe(value)


def _listed(values: Iterable[str | None]) -> str:
    return "、".join(value for value in values if value)
