"""Chunks of other formats in a Word file (`w:altChunk`), which Word reads when it opens the file."""

from __future__ import annotations

import email
import re

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError
from indexer.formats.encoding import decode, split_lines
from indexer.formats.text_block import FileText, TextBlock

__all__ = ["read_foreign_chunk", "read_web_page"]

_MIME = re.compile(rb"\s*(?:MIME-Version|Content-[A-Za-z-]+|From|Subject|Date):", re.IGNORECASE)
_MARKUP = re.compile(rb"<(?:html|head|body|p|div|table|span|h\d|br)\b", re.IGNORECASE)
_HTML = "text/html"
_RTF = rb"{\rtf"


def read_foreign_chunk(data: bytes, segmenter: Segmenter) -> FileText:
    """Read a chunk that is a web page, one packed with its pictures (MHT), or plain text.

    Raise `SeedError` for one that is none of these.
    """
    if data.startswith(_RTF):
        raise SeedError("RTF; save the file again with Word, which then puts its text into it")
    if _MIME.match(data):
        return read_web_page(_web_page(data), segmenter)
    if _MARKUP.search(data[:4096]):
        return read_web_page(data, segmenter)
    lines = split_lines(decode(data, segmenter))
    return FileText([TextBlock(line.strip(), at, at) for at, line in enumerate(lines, 1) if line.strip()])


def read_web_page(data: bytes, segmenter: Segmenter) -> FileText:
    """Read a web page that is part of a document: all of it belongs to the text, nothing stands around it."""
    from indexer.formats.html.encoding import decode_page  # noqa: PLC0415 - few documents need it
    from indexer.formats.html.reader import read_html_text  # noqa: PLC0415 - likewise

    markup, lost = decode_page(data, segmenter)
    faults = [f"{lost} characters could not be read; save it again as UTF-8"] if lost else []
    return FileText(read_html_text(markup), faults=faults)


def _web_page(data: bytes) -> bytes:
    """Return the web page in an MHT, as UTF-8 with a mark where its own encoding is known."""
    try:
        pages = [part for part in email.message_from_bytes(data).walk() if part.get_content_type() == _HTML]
    except RecursionError:
        raise SeedError("messages nested too deeply; save the file again with Word") from None
    for part in pages:
        page = part.get_payload(decode=True)
        if isinstance(page, bytes):
            return _marked(page, str(part.get_param("charset", "")))
    raise SeedError("a message without a web page; save the file again with Word")


def _marked(page: bytes, charset: str) -> bytes:
    try:
        return page.decode(charset).encode("utf-8-sig")
    except (LookupError, ValueError):
        return page
