"""The values of a record: each read from the JSON object of a line, or refused with what to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from typing import Any, TypeVar, cast, get_args

from msgspec.structs import replace

from indexer.errors import LianghuiError
from indexer.extraction.dates import first_date
from indexer.extraction.sessions import parse_session
from indexer.models import How, Kind, Session, Speaker, Topic
from indexer.text.dates import DateRange, parse_dates

__all__ = [
    "RecordError",
    "read_dates",
    "read_id",
    "read_kind",
    "read_list",
    "read_names",
    "read_session",
    "read_speaker",
    "read_text",
    "read_topic",
]

_Entry = TypeVar("_Entry")
_COUNTED = re.compile("[今去前明昨上本这近]")  # from a day that a record does not have


class RecordError(Exception):
    """A line is no record; the message says why and what to do."""


def read_text(content: dict[str, Any], key: str) -> str | None:
    """Read a text; None where none is given. Raise `RecordError` for anything else."""
    value = content.get(key)
    if value is not None and not isinstance(value, str):
        raise RecordError(f'"{key}" is not a text; put it in quotation marks')
    return value or None


def read_id(content: dict[str, Any]) -> str | None:
    """Read the id, a text or a whole number; None where none is given."""
    value = content.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return read_text(content, "id")


def read_dates(content: dict[str, Any]) -> tuple[str | None, str | None]:
    """Read the first and the last day, each as much of it as is given; the last only of several days."""
    value, end = read_text(content, "date"), read_text(content, "date_end")
    if value is None:
        if end is not None:
            raise RecordError('"date_end" stands without "date"; add it or leave both out')
        return None, None
    first, last = _range(value, "date")
    if end is not None:
        last = _range(end, "date_end")[1]
    least, most = DateRange(first, last).numbers()
    if most < least:
        raise RecordError('"date_end" is before "date"; correct them')
    return first, last if last != first else None


@lru_cache(maxsize=256)
def _range(value: str, key: str) -> tuple[str, str]:
    """Read a day, a month, a year or a range of them, or the first day that a text names."""
    with suppress(LianghuiError):
        dates = parse_dates(value)
        if dates.first and dates.last and not dates.is_of_every_year and not _COUNTED.search(value):
            return dates.first, dates.last
    day = first_date(value, None)
    if day is None or ".." in value:
        raise RecordError(f'"{key}" is {value!r}, not a date; write it as 2025-02-26')
    return day, day


def read_names(
    content: dict[str, Any], key: str, otherwise: Callable[[], Iterable[str]] = tuple
) -> tuple[str, ...]:
    """Read a list of names, as `read_list` does."""
    return read_list(content, key, lambda value: str(_read_entry(value, "name", key)["name"]), otherwise)


def read_kind(content: dict[str, Any]) -> Kind:
    """Read the kind of the paragraph, body where none is given."""
    value = read_text(content, "kind") or "body"
    if value not in get_args(Kind):
        raise RecordError(f'"kind" is {value!r}; write one of {", ".join(get_args(Kind))}')
    return cast("Kind", value)


def read_list(
    content: dict[str, Any],
    key: str,
    read: Callable[[Any], _Entry],
    otherwise: Callable[[], Iterable[_Entry]] = tuple,
) -> tuple[_Entry, ...]:
    """Read a list by a function for its entries; what `otherwise` returns where the record gives none.

    An empty list is given; null is not, which many programs write for what they do not know.
    """
    values = content.get(key)
    if values is None:
        return tuple(otherwise())
    if not isinstance(values, list):
        raise RecordError(f'"{key}" is not a list; write [ … ]')
    return tuple(read(value) for value in values)


def read_speaker(value: Any) -> Speaker:
    """Read a speaker: a name, or an object with a name and what is known of the person."""
    entry = _read_entry(value, "name", "speakers")
    return Speaker(
        name=entry["name"],
        role=read_text(entry, "role"),
        position=read_text(entry, "position"),
        organisation=read_text(entry, "organisation"),
        how=cast("How", read_text(entry, "how") or "given"),  # a record may say it in words of its own
        evidence=_given_evidence(entry.get("evidence")),
    )


def _given_evidence(value: Any) -> tuple[int, int] | str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and len(value) == 2 and all(type(offset) is int for offset in value):
        return (value[0], value[1])
    raise RecordError('"evidence" is neither [start, end] nor an id; correct it or leave it out')


def read_session(value: Any) -> Session:
    """Read a session: a name, or an object with one."""
    entry = _read_entry(value, "name", "sessions")
    read = parse_session(entry["name"]) or Session(entry["name"])
    return replace(read, name=entry["name"])


def read_topic(value: Any) -> Topic:
    """Read a topic: a label, or an object with one."""
    entry = _read_entry(value, "label", "topics")
    return Topic(entry["label"], read_text(entry, "from") or "given")


def _read_entry(value: Any, key: str, where: str) -> dict[str, Any]:
    """Read an entry of the list `where`: an object with a `key`, or a text that is its value."""
    entry = {key: value} if isinstance(value, str) else value
    if isinstance(entry, dict) and isinstance(entry.get(key), str) and entry[key].strip():
        return entry
    raise RecordError(f'an entry of "{where}" has no "{key}"; write a text or {{"{key}": …}}')
