"""The forms that an answer is printed in, each under its name: a function from the answer to lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from query.render import facets_text, results_text
from query.results import Facet, Results
from query.sanitize import safe, safe_json

if TYPE_CHECKING:
    from query.screen import Screen

__all__ = ["FACET_FORMATS", "HIT_FORMATS", "HIT_FORMS", "json_lines", "json_text"]


def json_text(record: Any) -> str:
    """Return a record as one JSON document."""
    return safe_json(json.dumps(record, ensure_ascii=False, indent=2))


def json_lines(records: Iterable[Any]) -> Iterator[str]:
    """Yield records as JSON, one a line."""
    for record in records:
        yield safe_json(json.dumps(record, ensure_ascii=False))


def _later(name: str, function: str, takes: int = 1) -> Callable[..., Iterable[str]]:
    """Return a function of another file, which nothing waits for until it is called.

    It takes the answer and, where it `takes` two, the screen.
    """
    return lambda *given: getattr(import_module(f"query.{name}"), function)(*given[:takes])


HIT_FORMATS: dict[str, Callable[[Results, Screen], Iterable[str]]] = {
    "text": results_text,
    "json": lambda results, _: [json_text(results.to_dict())],
    "jsonl": lambda results, _: json_lines(hit.to_dict() for hit in results),
    "csv": _later("sheet", "results_csv"),
    "md": _later("markdown", "results_markdown"),
    "cite": _later("citation", "citations"),
}
"""What `--format` can say of hits."""

HIT_FORMS = HIT_FORMATS | {
    "kwic": _later("concordance", "concordance", takes=2),
    "count": lambda results, _: [str(results.total)],
    "ids": lambda results, _: (safe(hit.id) for hit in results),
}
"""The same, and what stands in place of a format."""

FACET_FORMATS: dict[str, Callable[[Sequence[Facet], Screen], Iterable[str]]] = {
    "text": facets_text,
    "json": lambda facets, _: [json_text([facet.to_dict() for facet in facets])],
    "jsonl": lambda facets, _: json_lines(facet.to_dict() for facet in facets),
    "csv": _later("sheet", "facets_csv"),
    "md": _later("markdown", "facets_markdown"),
}
"""What `--format` can say of values and their counts."""
