"""JSON lines to the paragraphs of the index: text that is structured already, taken as given."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError
from indexer.extraction.dates import first_date
from indexer.extraction.mentions import mentions
from indexer.extraction.sessions import parse_session, sessions_in
from indexer.extraction.speakers import SpeakerFinder
from indexer.extraction.topics import topics
from indexer.models import EXTRACTION_LIMIT, Fault, How, Paragraph, Session, Speaker, Topic
from indexer.pages.encoding import encoding_of_lines, marked_encoding
from indexer.pages.ids import Ids
from indexer.pages.layout import official_type
from indexer.seeds.folder import unreadable_fault

__all__ = ["Record", "find_records", "is_readable", "read_record"]

_Entry = TypeVar("_Entry")
_YEAR_OR_MONTH = re.compile(r"(?a:\d{4}(-(0[1-9]|1[0-2]))?)")
_DAY = re.compile(r"(?a:(19|20)\d\d-\d\d-\d\d)")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Record:
    """A line that is a record: its number, its characters, its id, and what it says."""

    line: int
    size: int
    id: str
    content: dict[str, Any]


def find_records(path: Path, source: str, segmenter: Segmenter) -> Iterator[Record | Fault]:
    """Yield every line of a file that is a record, with its id, and a fault for every one that is not.

    The last fault has no line where the file cannot be read, or not to its end. The file is streamed:
    memory holds one line, and the ids given so far.
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


def _records(file: BinaryIO, source: str, segmenter: Segmenter) -> Iterator[Record | Fault]:
    encoding = encoding_of_lines(file, segmenter)
    ids = Ids(source)
    given: dict[str, int] = {}
    for number, line in enumerate(_lines(file), start=1):
        try:
            text = line.decode(encoding) if isinstance(line, bytes) else line
            if not text.strip():
                continue
            content = _object(text.rstrip("\r\n"))
            id_ = _given_id(content) or ids.make("body", _told(content))
        except UnicodeDecodeError:
            yield Fault(source, number, f"it is not {encoding.upper()} like the rest; save it as UTF-8")
            continue
        except _RecordError as error:
            yield Fault(source, number, str(error))
            continue
        first = given.setdefault(id_, number)
        if first == number:
            yield Record(number, len(line), id_, content)
        else:
            yield Fault(source, number, f"its id is that of line {first}; give each record its own")


def read_record(record: Record, source: str, segmenter: Segmenter) -> Paragraph | Fault:
    """Return the paragraph of a record, or the fault that keeps it from being one."""
    try:
        return _paragraph(record, source, segmenter)
    except _RecordError as error:
        return Fault(source, record.line, str(error))


class _RecordError(Exception):
    """A line is no record; the text says why."""


def _lines(file: BinaryIO) -> Iterator[bytes | str]:
    """Yield the lines of a file, decoded already where an encoding has more than a byte a line end."""
    encoding = marked_encoding(file.read(4))
    file.seek(0)
    if encoding not in ("utf-16", "utf-32"):
        yield from file
        return
    try:
        yield from io.TextIOWrapper(file, encoding=encoding)
    except UnicodeDecodeError:
        raise SeedError(f"it breaks off as {encoding.upper()}; save it again as UTF-8") from None


def _object(text: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        raise _RecordError(f"not JSON: {error.msg} at column {error.colno}; correct the line") from None
    except (RecursionError, ValueError) as error:
        raise _RecordError(f"not a record: {_short(error)}; correct the line") from None
    # Only an escape can write half a character: decoding the line let none through.
    if "\\u" in text and _HALF_CHARACTER.search(json.dumps(record, ensure_ascii=False)):
        raise _RecordError("it holds half a character (a lone surrogate); correct the line")
    if not isinstance(record, dict):
        raise _RecordError('not a record: write {"text": …} on the line')
    return record


def _short(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"


def _told(content: dict[str, Any]) -> str:
    text = _text(content, "text")
    if not text or not text.strip():
        raise _RecordError('the record has no "text"; add it or remove the line')
    return text


def _paragraph(found: Record, source: str, segmenter: Segmenter) -> Paragraph:
    record, text = found.content, _told(found.content)
    opening = text[:EXTRACTION_LIMIT]
    title, section = _text(record, "title"), _text(record, "section")
    # What the record does not give is read from the text; a key that is there, even empty, is given.
    speakers = (
        _each(record, "speakers", _speaker)
        if "speakers" in record
        else SpeakerFinder(segmenter).speakers(opening, found.id, follows=False)
    )
    speaking = [speaker.name for speaker in speakers]
    named = mentions(opening, speaking, segmenter)
    return Paragraph(
        id=found.id,
        source=source,
        lines=(found.line, found.line),
        text=text,
        title=title,
        section=section,
        document_type=_text(record, "document_type") or official_type(title),
        date=_date(record),
        sessions=(
            _each(record, "sessions", _session)
            if "sessions" in record
            else sessions_in(f"{(title or '')[:EXTRACTION_LIMIT]}\n{opening}")
        ),
        speakers=speakers,
        topics=(
            _each(record, "topics", _topic)
            if "topics" in record
            else topics(opening, segmenter, title=title, section=section, people=[*speaking, *named])
        ),
        mentions=named,
    )


def _text(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise _RecordError(f'"{key}" is not a text; put it in quotation marks')
    return value or None


def _given_id(record: dict[str, Any]) -> str | None:
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text(record, "id")


def _date(record: dict[str, Any]) -> str | None:
    value = _text(record, "date")
    if value is None or _YEAR_OR_MONTH.fullmatch(value):
        return value
    if _DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value).isoformat()
    day = first_date(value, None)
    if day is None:
        raise _RecordError(f'"date" is {value!r}, not a day; write it as 2025-02-26')
    return day


def _each(record: dict[str, Any], key: str, read: Callable[[Any], _Entry]) -> tuple[_Entry, ...]:
    values = record.get(key)
    if values is None:
        return ()
    if not isinstance(values, list):
        raise _RecordError(f'"{key}" is not a list; write [ … ]')
    return tuple(read(value) for value in values)


def _speaker(value: Any) -> Speaker:
    record = _named(value, "name", "speakers")
    return Speaker(
        name=record["name"],
        role=_text(record, "role"),
        position=_text(record, "position"),
        organisation=_text(record, "organisation"),
        how=cast("How", _text(record, "how") or "given"),  # a record may say it in words of its own
        evidence=_given_evidence(record.get("evidence")),
    )


def _given_evidence(value: Any) -> tuple[int, int] | str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and len(value) == 2 and all(type(place) is int for place in value):
        return (value[0], value[1])
    raise _RecordError('"evidence" is neither [start, end] nor an id; correct it or leave it out')


def _session(value: Any) -> Session:
    record = _named(value, "name", "sessions")
    read = parse_session(record["name"]) or Session(record["name"])
    return replace(read, name=record["name"])


def _topic(value: Any) -> Topic:
    record = _named(value, "label", "topics")
    return Topic(record["label"], _text(record, "from") or "given")


def _named(value: Any, key: str, where: str) -> dict[str, Any]:
    """Return an entry of a list as a record: a text stands for its name."""
    record = {key: value} if isinstance(value, str) else value
    if isinstance(record, dict) and isinstance(record.get(key), str) and record[key].strip():
        return record
    raise _RecordError(f'an entry of "{where}" has no "{key}"; write a text or {{"{key}": …}}')
