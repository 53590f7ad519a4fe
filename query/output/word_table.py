"""The words that are kept whole as a table or as JSON, with reasons and sources where asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from indexer.text.width import width_of
from query.output.formats import json_lines, json_text
from query.output.sanitize import safe

__all__ = ["WORD_FORMATS"]

Entry = dict[str, Any]
"""A word as it stands in JSON: see `query.words`."""


def _words_text(entries: Sequence[Entry]) -> Iterator[str]:
    """Print words in columns: count, word and, where they are known, reason and source."""
    rows = [(str(each["count"]), safe(each["text"]), *_origin(each)) for each in entries]
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    for count, *others in rows:
        padded = (
            text + " " * (width - width_of(text)) for text, width in zip(others, widths[1:], strict=True)
        )
        yield "  ".join((count.rjust(widths[0]), *padded)).rstrip()


def _origin(entry: Entry) -> tuple[str, ...]:
    """Return the reason and the source of a word; nothing where they were not looked up."""
    if "source" not in entry:
        return ()
    source = safe(f"{entry['source']}:{entry['line']}  {entry['id']}") if entry["id"] else ""
    return entry["reason"], source


WORD_FORMATS: dict[str, Callable[[Sequence[Entry]], Iterable[str]]] = {
    "text": _words_text,
    "json": lambda entries: [json_text(entries)],
    "jsonl": json_lines,
}
"""The formats of words, by the value of `--format`."""
