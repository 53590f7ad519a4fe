"""E-books: their pages in the order of reading."""

from __future__ import annotations

import pytest

pytest.importorskip("lxml")

from indexer.errors import SeedError
from indexer.formats.text_block import ARTICLE
from indexer.formats.word.epub import read_epub
from tests.conftest import SEGMENTER
from tests.indexer.formats.word.make_docx import make_zip

SEALED = '<encryption><CipherReference URI="OEBPS/text/%E7%94%B2.xhtml"/></encryption>'
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def make_epub(order: tuple[str, ...], more: dict[str, str] | None = None) -> bytes:
    """Make a book whose pages are read in this order; `more` are its other files."""
    kind = 'media-type="application/xhtml+xml"'
    items = "".join(f'<item id="{name}" href="text/{name}.xhtml" {kind}/>' for name in sorted(order))
    contents = f'<item id="nav" href="nav.xhtml" properties="nav" {kind}/>'
    spine = "".join(f'<itemref idref="{name}"/>' for name in ("nav", *order))
    book = f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}{contents}</manifest><spine>{spine}</spine></package>'
    page = "<html><body><h1>第{0}章</h1><p>{0}的正文。</p></body></html>".format
    pages = {f"OEBPS/text/{name}.xhtml": page(name) for name in order}
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/book.opf": book}
    return make_zip(files | {"OEBPS/nav.xhtml": page("目录")} | pages | (more or {}))


def test_pages_are_read_in_the_order_of_the_book_and_counted_through() -> None:
    pytest.importorskip("indexer.formats.html.reader")
    found = read_epub(make_epub(("乙", "甲")), SEGMENTER)
    assert [(block.text, block.first) for block in found.blocks] == [
        *(("第乙章", 1), ("乙的正文。", 2), ("第甲章", 3), ("甲的正文。", 4))
    ]
    assert [block.level == ARTICLE for block in found.blocks] == [True, False, True, False]


def test_a_page_that_is_missing_is_a_fault() -> None:
    pytest.importorskip("indexer.formats.html.reader")
    data = make_epub(("甲", "乙")).replace("text/乙.xhtml".encode(), "text/丙.xhtml".encode())
    found = read_epub(data, SEGMENTER)
    assert [block.text for block in found.blocks] == ["第甲章", "甲的正文。"]
    assert "乙.xhtml is missing" in found.faults[0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (make_epub(("甲",), {"META-INF/encryption.xml": SEALED}), "encrypted"),
        (make_epub(("甲",), {"OEBPS/book.opf": "<package/>"}), "in which order"),
        (make_zip({"mimetype": ""}), "container.xml is missing"),
        (b"%PDF-1.7", "this is a PDF"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(SeedError) as raised:
        read_epub(data, SEGMENTER)
    assert reason in str(raised.value)
