"""The words that are kept whole in print, with their reasons and places where these are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from indexer.text.width import width_of
from query.output.formats import json_lines, json_text
from query.output.sanitize import safe

__all__ = ["WORD_FORMATS"]

Entry = dict[str, Any]


def _lines(found: Sequence[Entry]) -> Iterator[str]:
    """Yield words with their counts in columns, and the reason and the place of each where they are known."""
    rows = [(str(each["count"]), safe(each["text"]), *_why(each)) for each in found]
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    for count, *others in rows:
        padded = (
            text + " " * (width - width_of(text)) for text, width in zip(others, widths[1:], strict=True)
        )
        yield "  ".join((count.rjust(widths[0]), *padded)).rstrip()


def _why(entry: Entry) -> tuple[str, ...]:
    if "source" not in entry:
        return ()
    place = safe(f"{entry['source']}:{entry['line']}  {entry['id']}") if entry["id"] else ""
    return entry["reason"], place


WORD_FORMATS: dict[str, Callable[[Sequence[Entry]], Iterable[str]]] = {
    "text": _lines,
    "json": lambda found: [json_text(found)],
    "jsonl": json_lines,
}
"""What `--format` can say of words."""
