"""Read paragraphs from JSON lines: what a record gives is taken as it is, the rest is extracted."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError
from indexer.extraction.dates import days_mentioned
from indexer.extraction.sessions import sessions_in
from indexer.extraction.speakers.page_text import TextPiece
from indexer.extraction.speakers.reader import read_people
from indexer.extraction.topics import topics
from indexer.formats.encoding import bom_encoding, detect_line_encoding
from indexer.models import EXTRACTION_LIMIT, Fault, Paragraph
from indexer.pages.document_type import official_type
from indexer.pages.ids import Ids
from indexer.pages.record_values import (
    RecordError,
    read_dates,
    read_id,
    read_kind,
    read_list,
    read_names,
    read_session,
    read_speaker,
    read_text,
    read_topic,
)
from indexer.seeds.folder import unreadable_fault

__all__ = ["Record", "find_records", "is_readable", "read_record"]

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
    except RecordError as error:
        return Fault(source, record.line, str(error))


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
            id_ = read_id(content) or ids.make("body", _record_text(content))
        except UnicodeDecodeError:
            yield Fault(source, number, f"it is not {encoding.upper()} like the rest; save it as UTF-8")
            continue
        except RecordError as error:
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
        raise RecordError(f"not JSON: {error.msg} at column {error.colno}; correct the line") from None
    except (RecursionError, ValueError) as error:
        raise RecordError(f"not a record: {_parser_limit(error)}; correct the line") from None
    # Only an escape can write half a character: decoding the line let none through.
    if "\\u" in text and _HALF_CHARACTER.search(json.dumps(content, ensure_ascii=False)):
        raise RecordError("it holds half a character (a lone surrogate); correct the line")
    if not isinstance(content, dict):
        raise RecordError('not a record: write {"text": …} on the line')
    return content


def _parser_limit(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"


def _record_text(content: dict[str, Any]) -> str:
    text = read_text(content, "text")
    if not text or not text.strip():
        raise RecordError('the record has no "text"; add it or remove the line')
    return text


def _paragraph(record: Record, source: str, segmenter: Segmenter) -> Paragraph:
    content, text = record.content, _record_text(record.content)
    opening = text[:EXTRACTION_LIMIT]
    title, section = read_text(content, "title"), read_text(content, "section")
    # What the record does not give is extracted from the text.
    people = read_people([TextPiece("body", opening, 0)], [record.id], segmenter)[0]
    speakers = read_list(content, "speakers", read_speaker, lambda: people.speakers)
    names = [speaker.name for speaker in speakers]
    silent = (*(speaker.name for speaker in people.speakers), *people.mentions)
    mentioned = tuple(name for name in dict.fromkeys(silent) if name not in names)
    titled = sessions_in((title or "")[:EXTRACTION_LIMIT])
    named = sessions_in(opening)
    sessions = read_list(content, "sessions", read_session, lambda: titled or named[:1])
    date_, date_end = read_dates(content)
    day = date_ if date_ and _DAY.fullmatch(date_) else None
    year = int(date_[:4]) if date_ else None
    return Paragraph(
        id=record.id,
        source=source,
        lines=(record.line, record.line),
        text=text,
        title=title,
        section=section,
        document_type=read_text(content, "document_type") or official_type(title),
        kind=read_kind(content),
        date=date_,
        date_end=date_end,
        sessions=sessions,
        mentioned_sessions=read_list(
            content,
            "mentioned_sessions",
            read_session,
            lambda: (each for each in named if each not in sessions),
        ),
        speakers=speakers,
        topics=read_list(
            content,
            "topics",
            read_topic,
            lambda: topics(opening, segmenter, title=title, section=section, people=[*names, *mentioned]),
        ),
        mentions=read_names(content, "mentions", lambda: mentioned),
        reporters=read_names(content, "reporters"),
        mentioned_dates=read_names(content, "mentioned_dates", lambda: days_mentioned(opening, year, day)),
        chair=read_names(content, "chair", lambda: people.chair),
        attendees=read_names(content, "attendees", lambda: people.attendees),
        lead=read_text(content, "lead"),
    )
