"""Bytes to text to lines: encodings told apart, and nothing decoded by guess where a guess fails."""

from __future__ import annotations

import codecs
import re

from indexer.analysis import commonness
from indexer.errors import SeedError

__all__ = ["decode", "split_lines"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE = ("gb18030", "big5hkscs")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x9f]")  # no text of ours, then, but data
_SAMPLE = 2_000  # characters, enough to tell the two apart


def decode(data: bytes) -> str:
    """Return the text in `data`: UTF-8, UTF-16 and UTF-32 with a mark, GB18030 or Big5.

    Raise `SeedError` with the reason and a remedy when it is none of these.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(encoding, data)
    if b"\0" in data:
        raise SeedError("this is a binary file, not text; move it out of the seeds")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_chinese(data, error)


def split_lines(text: str) -> list[str]:
    """Cut at line feeds, carriage returns, and the two together, as an editor counts lines."""
    return re.split(r"\r\n|\n|\r", text)


def _decode_as(encoding: str, data: bytes) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SeedError(
            f"it begins with a mark of {error.encoding.upper()} but breaks off at byte {error.start}; "
            "save it again as UTF-8"
        ) from None


def _decode_chinese(data: bytes, utf8: UnicodeDecodeError) -> str:
    decoded = (_decoded(encoding, data) for encoding in _CHINESE)
    readable = [text for text in decoded if text is not None and not _CONTROL.search(text)]
    if not readable:
        raise SeedError(
            f"its encoding is not known (not UTF-8 from byte {utf8.start} on, nor GB18030, nor Big5); "
            "save it again as UTF-8"
        )
    # Most bytes of the one can be read as the other, and give rare characters then.
    return max(readable, key=lambda text: commonness(text[:_SAMPLE]))


def _decoded(encoding: str, data: bytes) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
