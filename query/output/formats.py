"""The output formats by name: each a function from an answer and the screen to lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from query.output.sanitize import safe, safe_json
from query.output.text import facets_text, results_text
from query.results import Facet, Results

if TYPE_CHECKING:
    from query.output.terminal import Screen

__all__ = ["FACET_FORMATS", "HIT_FORMATS", "HIT_OUTPUTS", "json_lines", "json_text"]


def json_text(record: Any) -> str:
    """Write a record as one JSON document, indented."""
    return safe_json(json.dumps(record, ensure_ascii=False, indent=2))


def json_lines(records: Iterable[Any]) -> Iterator[str]:
    """Write each record as a line of JSON."""
    for record in records:
        yield safe_json(json.dumps(record, ensure_ascii=False))


# Each of these formats is imported when it is first used, so that no other has to wait for it.


def _results_csv(results: Results, _: Screen) -> Iterable[str]:
    from query.output.spreadsheet import results_csv  # noqa: PLC0415

    return results_csv(results)


def _results_markdown(results: Results, _: Screen) -> Iterable[str]:
    from query.output.markdown import results_markdown  # noqa: PLC0415

    return results_markdown(results)


def _citations(results: Results, _: Screen) -> Iterable[str]:
    from query.output.citation import citations  # noqa: PLC0415

    return citations(results)


def _concordance(results: Results, screen: Screen) -> Iterable[str]:
    from query.output.concordance import concordance  # noqa: PLC0415

    return concordance(results, screen)


def _facets_csv(facets: Sequence[Facet], _: Screen) -> Iterable[str]:
    from query.output.spreadsheet import facets_csv  # noqa: PLC0415

    return facets_csv(facets)


def _facets_markdown(facets: Sequence[Facet], _: Screen) -> Iterable[str]:
    from query.output.markdown import facets_markdown  # noqa: PLC0415

    return facets_markdown(facets)


HIT_FORMATS: dict[str, Callable[[Results, Screen], Iterable[str]]] = {
    "text": results_text,
    "json": lambda results, _: [json_text(results.to_dict())],
    "jsonl": lambda results, _: json_lines(hit.to_dict() for hit in results),
    "csv": _results_csv,
    "md": _results_markdown,
    "cite": _citations,
}
"""The formats of hits, by the value of `--format`."""

HIT_OUTPUTS = HIT_FORMATS | {
    "kwic": _concordance,
    "count": lambda results, _: [str(results.total)],
    "ids": lambda results, _: (safe(hit.id) for hit in results),
}
"""The same, and what a flag prints in place of a format: `--kwic`, `--count`, `--ids`."""

FACET_FORMATS: dict[str, Callable[[Sequence[Facet], Screen], Iterable[str]]] = {
    "text": facets_text,
    "json": lambda facets, _: [json_text([facet.to_dict() for facet in facets])],
    "jsonl": lambda facets, _: json_lines(facet.to_dict() for facet in facets),
    "csv": _facets_csv,
    "md": _facets_markdown,
}
"""The formats of values and their counts, by the value of `--format`."""
