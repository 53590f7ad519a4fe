"""What is called .docx and is something else is named, with what to do."""

from __future__ import annotations

import pytest

pytest.importorskip("lxml")

from indexer.errors import SeedError
from indexer.formats.word.docx import read_docx
from tests.conftest import SEGMENTER
from tests.indexer.formats.word.make_docx import make_docx, make_zip, paragraph

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            OLE + "WordDocument".encode("utf-16-le"),
            "(.doc); convert it with: soffice --headless --convert-to docx",
        ),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted with a password; save it without one"),
        (OLE + "Workbook".encode("utf-16-le"), "spreadsheet"),
        (OLE, "old Office; convert it"),
        (b"%PDF-1.7 ...", "this is a PDF"),
        (rb"{\rtf1\ansi}", "RTF file; convert it"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "web page; give it the name"),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "web page; give it the name"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web page packed with its pictures"),
        (b'<?xml version="1.0"?><w:wordDocument/>', "XML, not a zip of it; convert it"),
        ("发展经济。".encode(), "plain text; give it the name"),
        ("发展经济。".encode("gb18030"), "plain text; give it the name"),
        (b"", "the file is empty"),
        (bytes(100), "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no document;"),
        (make_zip({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "spreadsheet"),
        (make_zip({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "slides"),
        (make_zip({"mimetype": "", "META-INF/container.xml": ""}), ".epub"),
        (make_zip({"mimetype": "", "content.xml": ""}), ".odt"),
        (make_zip({"a.txt": "甲"}), "no document in it; unpack it"),
        (make_docx(paragraph("甲"))[:300], "damaged zip"),
        (b"PK\3\4", "damaged zip"),
    ],
)
def test_it_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(SeedError) as raised:
        read_docx(data, SEGMENTER)
    assert reason in str(raised.value)
