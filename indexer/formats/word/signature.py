"""What a file is by its first bytes, whatever its name says, and what to do with one that is no DOCX."""

from __future__ import annotations

import re

from indexer.errors import SeedError
from indexer.formats.encoding import refuse_other_format
from indexer.formats.word.archive import Archive

__all__ = ["refuse_other_document", "refuse_other_file"]

_ZIP = b"PK"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_CONVERT = "convert it with: soffice --headless --convert-to docx FILE"
_OLE_STREAMS = (
    ("EncryptedPackage", "it is encrypted with a password; save it without one"),
    ("WordDocument", f"this is a file of Word 97–2003 (.doc); {_CONVERT}"),
    ("Workbook", "this is a spreadsheet, not a document; move it out of the seeds"),
    ("PowerPoint Document", "these are slides, not a document; move it out of the seeds"),
)
_MAIN_PARTS = (
    ("word/", None),
    ("xl/", "this is a spreadsheet, not a document; move it out of the seeds"),
    ("ppt/", "these are slides, not a document; move it out of the seeds"),
    ("meta-inf/container.xml", "this is an e-book; give it the name of one (.epub)"),
    ("content.xml", "this is an OpenDocument file; give it the name of one (.odt)"),
)
_START = 2048  # bytes that show what a file is
_STARTS = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), reason)
    for pattern, reason in (
        (rb"\0*$", "the file is empty; copy it again from where it came"),
        (rb"{\\rtf", f"this is an RTF file; {_CONVERT}"),
        (
            rb".*Content-Type: (?:text/html|multipart/related)",
            f"this is a web page packed with its pictures (.mht); {_CONVERT}",
        ),
        (
            rb"\s*<(?:!doctype html|html|head|body|meta|title|p|div)\b|\s*<\?xml\b.*<html",
            "this is a web page; give it the name of one (.html)",
        ),
        (rb"\s*<\?xml\b", f"this is XML, not a zip of it; {_CONVERT}"),
        (rb"[^\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]+$", "this is plain text; give it the name of one (.txt)"),
    )
)
_OTHER = "this is no document; move it out of the seeds"


def refuse_other_file(data: bytes) -> None:
    """Raise `SeedError`, which names what a file is, unless it is a zip."""
    if not data.startswith(_ZIP):
        refuse_other_format(data, ".docx")
        raise SeedError(_name(data))


def refuse_other_document(archive: Archive) -> None:
    """Raise `SeedError` for a zip that holds another kind of document than Word's, or none at all."""
    names = archive.names()
    for start, reason in _MAIN_PARTS:
        if any(name.startswith(start) for name in names):
            if reason:
                raise SeedError(reason)
            return
    if "[content_types].xml" not in names:
        raise SeedError("this is a zip with no document in it; unpack it and give what it holds")


def _name(data: bytes) -> str:
    """Say what a file is that is no zip."""
    if data.startswith(_OLE):
        found = (reason for stream, reason in _OLE_STREAMS if stream.encode("utf-16-le") in data)
        return next(found, f"this is a file of an old Office; {_CONVERT}")
    start = data[:_START].removeprefix(b"\xef\xbb\xbf")
    return next((reason for pattern, reason in _STARTS if pattern.match(start)), _OTHER)
