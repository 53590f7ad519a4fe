"""The forms that an answer is printed in, each under its name: a function from the answer to lines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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


# Each of these is in a file of its own, which an answer in another form need not wait for.


def _results_csv(results: Results, _: Screen) -> Iterable[str]:
    from query.sheet import results_csv  # noqa: PLC0415

    return results_csv(results)


def _results_markdown(results: Results, _: Screen) -> Iterable[str]:
    from query.markdown import results_markdown  # noqa: PLC0415

    return results_markdown(results)


def _citations(results: Results, _: Screen) -> Iterable[str]:
    from query.citation import citations  # noqa: PLC0415

    return citations(results)


def _concordance(results: Results, screen: Screen) -> Iterable[str]:
    from query.concordance import concordance  # noqa: PLC0415

    return concordance(results, screen)


def _facets_csv(facets: Sequence[Facet], _: Screen) -> Iterable[str]:
    from query.sheet import facets_csv  # noqa: PLC0415

    return facets_csv(facets)


def _facets_markdown(facets: Sequence[Facet], _: Screen) -> Iterable[str]:
    from query.markdown import facets_markdown  # noqa: PLC0415

    return facets_markdown(facets)


HIT_FORMATS: dict[str, Callable[[Results, Screen], Iterable[str]]] = {
    "text": results_text,
    "json": lambda results, _: [json_text(results.to_dict())],
    "jsonl": lambda results, _: json_lines(hit.to_dict() for hit in results),
    "csv": _results_csv,
    "md": _results_markdown,
    "cite": _citations,
}
"""What `--format` can say of hits."""

HIT_FORMS = HIT_FORMATS | {
    "kwic": _concordance,
    "count": lambda results, _: [str(results.total)],
    "ids": lambda results, _: (safe(hit.id) for hit in results),
}
"""The same, and what stands in place of a format."""

FACET_FORMATS: dict[str, Callable[[Sequence[Facet], Screen], Iterable[str]]] = {
    "text": facets_text,
    "json": lambda facets, _: [json_text([facet.to_dict() for facet in facets])],
    "jsonl": lambda facets, _: json_lines(facet.to_dict() for facet in facets),
    "csv": _facets_csv,
    "md": _facets_markdown,
}
"""What `--format` can say of values and their counts."""
