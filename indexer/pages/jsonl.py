"""Read paragraphs from JSON lines: what a record gives is taken as it is, the rest is extracted."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError
from indexer.extraction.dates import days_mentioned, first_date
from indexer.extraction.sessions import parse_session, sessions_in
from indexer.extraction.speakers.page_text import TextPiece
from indexer.extraction.speakers.reader import read_people
from indexer.extraction.topics import topics
from indexer.models import EXTRACTION_LIMIT, Fault, How, Paragraph, Session, Speaker, Topic
from indexer.pages.document_type import official_type
from indexer.pages.encoding import bom_encoding, detect_line_encoding
from indexer.pages.ids import Ids
from indexer.seeds.folder import unreadable_fault

__all__ = ["Record", "find_records", "is_readable", "read_record"]

_Entry = TypeVar("_Entry")
_YEAR_OR_MONTH = re.compile(r"(?a:\d{4}(-(0[1-9]|1[0-2]))?)")
_DAY = re.compile(r"(?a:(19|20)\d\d-\d\d-\d\d)")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


class Record(Struct, frozen=True):
    """A record in a file: the number of its line from 1, the line's size, the id, and the JSON object.

    The size is in bytes; in characters where the file is UTF-16 or UTF-32.
    """

    line: int
    size: int
    id: str
    content: dict[str, Any]


def find_records(path: Path, source: str, segmenter: Segmenter) -> Iterator[Record | Fault]:
    """Find the records of a file, and a fault for every line that is none, in the order of lines.

    Where the file cannot be read, or not to its end, the last fault has no line. The file is streamed:
    memory holds one line, and the ids so far.
    """
    try:
        with path.open("rb") as file:
            yield from _records(file, source, segmenter)
    except (SeedError, OSError) as error:
        yield unreadable_fault(source, error)


def is_readable(path: Path, source: str, segmenter: Segmenter) -> bool:
    """Tell whether a file can be read to its first record, or to its end."""
    for item in find_records(path, source, segmenter):
        if isinstance(item, Record):
            return True
        if item.line is None:
            return False
    return True


def read_record(record: Record, source: str, segmenter: Segmenter) -> Paragraph | Fault:
    """Read the paragraph of a record, or the fault of one that is not well formed."""
    try:
        return _paragraph(record, source, segmenter)
    except _RecordError as error:
        return Fault(source, record.line, str(error))


class _RecordError(Exception):
    """A line is no record; the message says why and what to do."""


def _records(file: BinaryIO, source: str, segmenter: Segmenter) -> Iterator[Record | Fault]:
    encoding = detect_line_encoding(file, segmenter)
    ids = Ids(source)
    line_of: dict[str, int] = {}
    for number, line in enumerate(_lines(file), start=1):
        try:
            text = line.decode(encoding) if isinstance(line, bytes) else line
            if not text.strip():
                continue
            content = _parse_object(text.rstrip("\r\n"))
            id_ = _given_id(content) or ids.make("body", _record_text(content))
        except UnicodeDecodeError:
            yield Fault(source, number, f"it is not {encoding.upper()} like the rest; save it as UTF-8")
            continue
        except _RecordError as error:
            yield Fault(source, number, str(error))
            continue
        first = line_of.setdefault(id_, number)
        if first == number:
            yield Record(number, len(line), id_, content)
        else:
            yield Fault(source, number, f"its id is that of line {first}; give each record its own")


def _lines(file: BinaryIO) -> Iterator[bytes | str]:
    """Iterate over the lines of a file: as bytes, but decoded where a line end is more than one byte.

    Raise `SeedError` where the file breaks off inside a character.
    """
    encoding = bom_encoding(file.read(4))
    file.seek(0)
    if encoding not in ("utf-16", "utf-32"):
        yield from file
        return
    try:
        yield from io.TextIOWrapper(file, encoding=encoding)
    except UnicodeDecodeError:
        raise SeedError(f"it breaks off as {encoding.upper()}; save it again as UTF-8") from None


def _parse_object(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise _RecordError(f"not JSON: {error.msg} at column {error.colno}; correct the line") from None
    except (RecursionError, ValueError) as error:
        raise _RecordError(f"not a record: {_parser_limit(error)}; correct the line") from None
    # Only an escape can write half a character: decoding the line let none through.
    if "\\u" in text and _HALF_CHARACTER.search(json.dumps(content, ensure_ascii=False)):
        raise _RecordError("it holds half a character (a lone surrogate); correct the line")
    if not isinstance(content, dict):
        raise _RecordError('not a record: write {"text": …} on the line')
    return content


def _parser_limit(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"


def _record_text(content: dict[str, Any]) -> str:
    text = _text(content, "text")
    if not text or not text.strip():
        raise _RecordError('the record has no "text"; add it or remove the line')
    return text


def _paragraph(record: Record, source: str, segmenter: Segmenter) -> Paragraph:
    content, text = record.content, _record_text(record.content)
    opening = text[:EXTRACTION_LIMIT]
    title, section = _text(content, "title"), _text(content, "section")
    # What the record does not give is extracted from the text; a key with an empty value is given.
    people = read_people([TextPiece("body", opening, 0)], [record.id], segmenter)[0]
    speakers = _read_list(content, "speakers", _speaker) if "speakers" in content else people.speakers
    names = [speaker.name for speaker in speakers]
    silent = (*(speaker.name for speaker in people.speakers), *people.mentions)
    mentioned = tuple(name for name in dict.fromkeys(silent) if name not in names)
    titled = sessions_in((title or "")[:EXTRACTION_LIMIT])
    named = sessions_in(opening)
    sessions = _read_list(content, "sessions", _session) if "sessions" in content else titled or named[:1]
    date_ = _date(content)
    day = date_ if date_ and _DAY.fullmatch(date_) else None
    year = int(date_[:4]) if date_ else None
    return Paragraph(
        id=record.id,
        source=source,
        lines=(record.line, record.line),
        text=text,
        title=title,
        section=section,
        document_type=_text(content, "document_type") or official_type(title),
        date=date_,
        sessions=sessions,
        mentioned_sessions=tuple(each for each in named if each not in sessions),
        speakers=speakers,
        topics=(
            _read_list(content, "topics", _topic)
            if "topics" in content
            else topics(opening, segmenter, title=title, section=section, people=[*names, *mentioned])
        ),
        mentions=mentioned,
        mentioned_dates=tuple(days_mentioned(opening, year, day)),
        chair=people.chair,
        attendees=people.attendees,
    )


def _text(content: dict[str, Any], key: str) -> str | None:
    value = content.get(key)
    if value is not None and not isinstance(value, str):
        raise _RecordError(f'"{key}" is not a text; put it in quotation marks')
    return value or None


def _given_id(content: dict[str, Any]) -> str | None:
    value = content.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text(content, "id")


def _date(content: dict[str, Any]) -> str | None:
    value = _text(content, "date")
    if value is None or _YEAR_OR_MONTH.fullmatch(value):
        return value
    if _DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value).isoformat()
    day = first_date(value, None)
    if day is None:
        raise _RecordError(f'"date" is {value!r}, not a day; write it as 2025-02-26')
    return day


def _read_list(content: dict[str, Any], key: str, read: Callable[[Any], _Entry]) -> tuple[_Entry, ...]:
    values = content.get(key)
    if values is None:
        return ()
    if not isinstance(values, list):
        raise _RecordError(f'"{key}" is not a list; write [ … ]')
    return tuple(read(value) for value in values)


def _speaker(value: Any) -> Speaker:
    entry = _read_entry(value, "name", "speakers")
    return Speaker(
        name=entry["name"],
        role=_text(entry, "role"),
        position=_text(entry, "position"),
        organisation=_text(entry, "organisation"),
        how=cast("How", _text(entry, "how") or "given"),  # a record may say it in words of its own
        evidence=_given_evidence(entry.get("evidence")),
    )


def _given_evidence(value: Any) -> tuple[int, int] | str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and len(value) == 2 and all(type(offset) is int for offset in value):
        return (value[0], value[1])
    raise _RecordError('"evidence" is neither [start, end] nor an id; correct it or leave it out')


def _session(value: Any) -> Session:
    entry = _read_entry(value, "name", "sessions")
    read = parse_session(entry["name"]) or Session(entry["name"])
    return replace(read, name=entry["name"])


def _topic(value: Any) -> Topic:
    entry = _read_entry(value, "label", "topics")
    return Topic(entry["label"], _text(entry, "from") or "given")


def _read_entry(value: Any, key: str, where: str) -> dict[str, Any]:
    """Read an entry of the list `where`: an object with a `key`, or a text that is its value."""
    entry = {key: value} if isinstance(value, str) else value
    if isinstance(entry, dict) and isinstance(entry.get(key), str) and entry[key].strip():
        return entry
    raise _RecordError(f'an entry of "{where}" has no "{key}"; write a text or {{"{key}": …}}')
