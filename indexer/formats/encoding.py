"""Decode seeds in any usual encoding of Chinese text, and split text into lines."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError

__all__ = ["bom_encoding", "decode", "detect_line_encoding", "refuse_other_format", "split_lines"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its BOM begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE = ("gb18030", "big5hkscs")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x9f]")  # a sign of data, or of another encoding
_START = 256  # bytes that show what a file is
_SIGNATURES = (
    (b"%pdf-", "a PDF", ".pdf"),
    (b"pk\x03\x04", "a zip, as Word files are", ".docx"),
    (b"<!doctype html", "a web page", ".html"),
    (b"<html", "a web page", ".html"),
)
_SAMPLE = 2_000  # characters, enough to tell GB18030 from Big5


def decode(data: bytes, segmenter: Segmenter) -> str:
    """Decode a text: UTF-8, UTF-16 and UTF-32 with a byte order mark, GB18030 or Big5.

    The last two are told apart by how frequent the decoded characters are in `segmenter`'s dictionary.

    Raise `SeedError` with the reason and a remedy when it is none of these.
    """
    refuse_other_format(data, ".txt")
    encoding = bom_encoding(data[:4])
    if encoding:
        return _decode_marked(encoding, data)
    _refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_chinese_encoding(data, segmenter))


def refuse_other_format(data: bytes, own: str) -> None:
    """Raise `SeedError`, which says what a file is, where its first bytes show another format than its `own`.

    A format is named by its suffix.
    """
    start = data[:_START].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for signature, name, suffix in _SIGNATURES:
        if start.startswith(signature) and suffix != own:
            raise SeedError(f"this is {name}; give it the name of one ({suffix})")


def bom_encoding(start: bytes) -> str | None:
    """Return the encoding that the byte order mark at the start of a file names, None without one."""
    return next((encoding for bom, encoding in _BOMS if start.startswith(bom)), None)


def detect_line_encoding(file: BinaryIO, segmenter: Segmenter) -> str:
    """Detect the one encoding of a file of lines (see `decode`), and rewind the file.

    A file of which most lines are UTF-8 is UTF-8: its other lines are faults, not another encoding.

    Raise `SeedError` when it is no text, or of no encoding that is known.
    """
    from_bom = bom_encoding(file.read(4))
    file.seek(0)
    if from_bom:
        return from_bom
    others = bytearray()
    balance = 0  # lines that are UTF-8 beyond ASCII, less those that are not UTF-8
    for line in file:
        _refuse_binary(line)
        try:
            line.decode("utf-8")
            balance += not line.isascii()
        except UnicodeDecodeError:
            balance -= 1
            others += line if len(others) < _SAMPLE * 4 else b""
    file.seek(0)
    return _chinese_encoding(bytes(others), segmenter) if others and balance < 0 else "utf-8"


def split_lines(text: str) -> list[str]:
    """Split a text at line feeds, carriage returns, and the two together, as an editor counts lines."""
    return re.split(r"\r\n|\n|\r", text)


def _decode_marked(encoding: str, data: bytes) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SeedError(
            f"it begins with a mark of {error.encoding.upper()} but breaks off at byte {error.start}; "
            "save it again as UTF-8"
        ) from None


def _refuse_binary(data: bytes) -> None:
    if b"\0" in data:
        raise SeedError("this is a binary file, not text; move it out of the seeds")


def _chinese_encoding(data: bytes, segmenter: Segmenter) -> str:
    """Tell GB18030 from Big5 by the likelier text: most bytes of one can be decoded as the other.

    Raise `SeedError` when the bytes are neither.
    """
    texts = {encoding: _try_decode(encoding, data) for encoding in _CHINESE}
    readable = {name: text for name, text in texts.items() if text and not _CONTROL.search(text)}
    if not readable:
        raise SeedError(
            "its encoding is not known (not UTF-8, nor GB18030, nor Big5); save it again as UTF-8"
        )
    return max(readable, key=lambda name: segmenter.mean_log_frequency(readable[name][:_SAMPLE]))


def _try_decode(encoding: str, data: bytes) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
