"""The words that are kept whole, each with its reason and place where that is asked for, in print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from query.columns import width_of
from query.formats import json_lines, json_text
from query.lexicon import Word
from query.sanitize import safe
from query.search import Index

__all__ = ["WORD_FORMATS", "entries"]

Entry = dict[str, Any]


def entries(words: Iterable[Word], index: Index, *, why: bool) -> list[Entry]:
    """Return words as records; with `why`, with source, line and id of the first paragraph of each."""
    return [word.to_dict() | (_place(index, word) if why else {}) for word in words]


def _place(index: Index, word: Word) -> Entry:
    paragraph = index.first(word.text)
    if paragraph is None:
        return {"source": None, "line": None, "id": None}
    return {"source": paragraph.source, "line": paragraph.lines[0], "id": paragraph.id}


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
