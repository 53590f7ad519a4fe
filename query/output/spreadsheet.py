"""Answers as CSV for spreadsheets: one row a line, and no cell that is read as a formula."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from query.choices import Each
from query.concordance import LINE_COLUMNS, ConcordanceLine
from query.output.sanitize import safe
from query.results import Facet, Results
from query.rows import COLUMNS

__all__ = ["facets_csv", "lines_csv", "results_csv"]

_FORMULA_STARTS = "=+-@"  # also in full width and in small forms, which NFKC maps to these
_BREAKS = "\t\r\n"


def results_csv(results: Results, each: Each) -> Iterator[str]:
    """Write the names of the columns, and a row for each hit or each of its speakers: see `query.rows`."""
    return _rows([COLUMNS, *(tuple(row.values()) for row in results.to_rows(each))])


def lines_csv(lines: Iterable[ConcordanceLine]) -> Iterator[str]:
    """Write a row for each line of a concordance."""
    return _rows([LINE_COLUMNS, *(tuple(line.to_dict().values()) for line in lines)])


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
