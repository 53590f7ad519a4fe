"""Filters: which values of the metadata fields are asked for, as a Whoosh query."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypedDict, cast

from whoosh.query import And, Or, Query, Term, TermRange

from indexer.errors import LianghuiError
from indexer.folding import fold, level
from indexer.sessions import agrees, parse_session

__all__ = ["FIELDS", "Filters", "filter_query"]

Texts = str | Sequence[str] | None


class Filters(TypedDict, total=False):
    """The filters of a search: a text, or several of which one is enough.

    `date` is a day, a month, a year, or a range FROM..TO open at either end.
    """

    speaker: Texts
    role: Texts
    how: Texts
    org: Texts
    topic: Texts
    session: Texts
    date: str | None
    type: Texts
    mentions: Texts
    reporter: Texts
    source: Texts
    kind: Texts


FIELDS = {
    "speaker": "speaker",
    "role": "role",
    "how": "how",
    "org": "organisation",
    "topic": "topic",
    "session": "session",
    "type": "document_type",
    "mentions": "mentions",
    "reporter": "reporter",
    "source": "source",
    "kind": "kind",
}
"""The name of each filter on values and of the field it looks into."""

_DAY = re.compile(r"(\d{4})(?:[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})日?|月)?|年)?")


def filter_query(reader: Any, filters: Filters) -> Query | None:
    """Return the query that every filter lets pass, or None where nothing is filtered.

    A filter lets a paragraph pass when one of its texts occurs in one of the paragraph's values, by
    the same folding as a search; a session in any spelling, when it means the same session.
    """
    parts: list[Query] = []
    for name, texts in filters.items():
        if name not in (*FIELDS, "date"):
            raise TypeError(f"there is no filter {name!r}; there are {', '.join((*FIELDS, 'date'))}")
        if not texts and not isinstance(texts, str):
            continue
        if name == "date":
            parts.append(_date_query(str(texts)))
        else:
            asked = [texts] if isinstance(texts, str) else list(cast("Sequence[str]", texts))
            parts.append(Or([Term(FIELDS[name], value) for value in _values(reader, name, asked)]))
    return And(parts) if parts else None


def _values(reader: Any, name: str, texts: Sequence[str]) -> list[str]:
    """Return the indexed values that one of the texts asks for."""
    values = [value.decode("utf-8") for value in reader.lexicon(FIELDS[name])]
    return [value for value in values if any(_asks_for(name, text, value) for text in texts)]


def _asks_for(name: str, text: str, value: str) -> bool:
    folded = fold(text)
    if not folded:
        raise LianghuiError(f"the filter --{name} is empty; give it a text or leave it out")
    if folded in value:
        return True
    asked, found = (parse_session(text), parse_session(value)) if name == "session" else (None, None)
    return asked is not None and found is not None and agrees(asked, found)


def _date_query(text: str) -> Query:
    """Return the query for a day, a month, a year, or a range FROM..TO open at either end."""
    first, dots, last = level(text).partition("..")
    if not dots:
        first = last = text
    start, end = _day(first, text), _day(last, text)
    if start is None and end is None:
        raise _date_error(text)
    # The last day of a month or year sorts before the month or year with a ~ behind it.
    return TermRange("date", start, end + "~" if end else None)


def _day(part: str, whole: str) -> str | None:
    if not part.strip():
        return None
    match = _DAY.fullmatch(part.strip())
    if match is None:
        raise _date_error(whole)
    year, month, day = match.groups()
    numbers = [number.zfill(2) for number in (month, day) if number]
    if any(not 1 <= int(number) <= most for number, most in zip(numbers, (12, 31), strict=False)):
        raise _date_error(whole)
    return "-".join((year, *numbers))


def _date_error(text: str) -> LianghuiError:
    return LianghuiError(
        f"the date {text!r} cannot be read; write 2025-02-26, 2025-02, or a range 2025-02..2025-03"
    )
