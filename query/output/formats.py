"""The output formats by name: each a function from an answer and the screen to lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from query.choices import Each, Side
from query.concordance import ConcordanceLine
from query.output.sanitize import safe, safe_json
from query.output.text import facets_text, results_text
from query.results import Facet, Results

if TYPE_CHECKING:
    from query.output.terminal import Screen

__all__ = [
    "FACET_FORMATS",
    "HIT_FORMATS",
    "KWIC_FORMATS",
    "OUTPUTS",
    "HitFormat",
    "Layout",
    "json_lines",
    "json_text",
]


def json_text(record: Any) -> str:
    """Write a record as one JSON document, indented."""
    return safe_json(json.dumps(record, ensure_ascii=False, indent=2))


def json_lines(records: Iterable[Any]) -> Iterator[str]:
    """Write each record as a line of JSON."""
    for record in records:
        yield safe_json(json.dumps(record, ensure_ascii=False))


class Layout(Struct, frozen=True):
    """How an answer is laid out: for which screen; `each` and `side` are those of rows and concordances."""

    screen: Screen
    each: Each = "hit"
    side: Side | None = None


HitFormat = Callable[[Results, Layout], Iterable[str]]
"""Prints an answer as lines."""

# Each of these formats is imported when it is first used, so that no other has to wait for it.


def _results_csv(results: Results, layout: Layout) -> Iterable[str]:
    from query.output.spreadsheet import results_csv  # noqa: PLC0415

    return results_csv(results, layout.each)


def _results_markdown(results: Results, _: Layout) -> Iterable[str]:
    from query.output.markdown import results_markdown  # noqa: PLC0415

    return results_markdown(results)


def _citations(results: Results, _: Layout) -> Iterable[str]:
    from query.output.citation import citations  # noqa: PLC0415

    return citations(results)


def _kwic(results: Results, layout: Layout) -> Iterable[str]:
    from query.output.concordance import concordance  # noqa: PLC0415

    return concordance(results, layout.screen, layout.side)


def _kwic_csv(results: Results, layout: Layout) -> Iterable[str]:
    from query.output.spreadsheet import lines_csv  # noqa: PLC0415

    return lines_csv(_kwic_lines(results, layout))


def _kwic_lines(results: Results, layout: Layout) -> list[ConcordanceLine]:
    from query.output.concordance import matching_lines  # noqa: PLC0415

    return matching_lines(results, layout.side)


def _facets_csv(facets: Sequence[Facet], _: Layout) -> Iterable[str]:
    from query.output.spreadsheet import facets_csv  # noqa: PLC0415

    return facets_csv(facets)


def _facets_markdown(facets: Sequence[Facet], _: Layout) -> Iterable[str]:
    from query.output.markdown import facets_markdown  # noqa: PLC0415

    return facets_markdown(facets)


HIT_FORMATS: dict[str, HitFormat] = {
    "text": lambda results, layout: results_text(results, layout.screen),
    "json": lambda results, _: [json_text(results.to_dict())],
    "jsonl": lambda results, _: json_lines(hit.to_dict() for hit in results),
    "csv": _results_csv,
    "md": _results_markdown,
    "cite": _citations,
}
"""The formats of hits, by the value of `--format`."""

KWIC_FORMATS: dict[str, HitFormat] = {
    "text": _kwic,
    "json": lambda results, layout: [json_text([line.to_dict() for line in _kwic_lines(results, layout)])],
    "jsonl": lambda results, layout: json_lines(line.to_dict() for line in _kwic_lines(results, layout)),
    "csv": _kwic_csv,
}
"""The formats of a concordance, by the value of `--format`."""

OUTPUTS: dict[str, dict[str, HitFormat]] = {
    "kwic": KWIC_FORMATS,
    "count": {"text": lambda results, _: [str(results.total)]},
    "ids": {"text": lambda results, _: (safe(hit.id) for hit in results)},
}
"""What is printed in place of hits, by the flag that asks for it, and its formats."""

FACET_FORMATS: dict[str, Callable[[Sequence[Facet], Layout], Iterable[str]]] = {
    "text": lambda facets, layout: facets_text(facets, layout.screen),
    "json": lambda facets, _: [json_text([facet.to_dict() for facet in facets])],
    "jsonl": lambda facets, _: json_lines(facet.to_dict() for facet in facets),
    "csv": _facets_csv,
    "md": _facets_markdown,
}
"""The formats of values and their counts, by the value of `--format`."""
