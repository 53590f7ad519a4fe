"""The forms that an answer is printed in, each under its name: a function from the answer to lines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any

from query.render import facets_text, results_text
from query.results import Facet, Results
from query.screen import Screen, safe

__all__ = ["FACET_FORMATS", "HIT_FORMATS", "HIT_FORMS", "json_lines", "json_text"]

_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def json_text(record: Any) -> str:
    """Return a record as one JSON document."""
    return _calm(json.dumps(record, ensure_ascii=False, indent=2))


def json_lines(records: Iterable[Any]) -> Iterator[str]:
    """Yield records as JSON, one a line."""
    for record in records:
        yield _calm(json.dumps(record, ensure_ascii=False))


def _calm(text: str) -> str:
    """Write what could steer a terminal as JSON escapes; JSON itself asks for those below U+0020 only."""
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


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
