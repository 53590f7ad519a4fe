"""The parts of a Word file beside its body: notes, comments, headers, chunks; ISO Strict; what is damaged."""

from __future__ import annotations

import quopri

import pytest

pytest.importorskip("lxml")

from indexer.errors import SeedError
from indexer.formats.word.docx import read_docx
from tests.conftest import SEGMENTER
from tests.indexer.formats.word.make_docx import (
    W,
    blocks,
    make_docx,
    make_zip,
    paragraph,
    read,
    root,
    run,
    texts,
    unzip,
)

CHUNK = '<w:altChunk r:id="{}"/>'
PAGE = "<html><body><p>发展经济。</p></body></html>".encode()
MHT = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    + quopri.encodestring(PAGE)
    + b"\r\n--b--\r\n"
)


def refer(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def notes(kind: str, *contents: str) -> str:
    separator = f'<w:{kind} w:type="separator" w:id="-1">{paragraph("分隔")}</w:{kind}>'
    each = (f'<w:{kind} w:id="{at}">{paragraph(text)}</w:{kind}>' for at, text in enumerate(contents, 1))
    return root(f"{kind}s", separator + "".join(each))


def test_notes_follow_the_paragraph_that_refers_to_them_and_have_its_number() -> None:
    parts = {"footnotes.xml": notes("footnote", "脚注"), "endnotes.xml": notes("endnote", "尾注")}
    body = paragraph("正文", refer("endnote", 1), refer("footnote", 1)) + paragraph("下文")
    found = blocks(body, parts)
    assert [(block.text, block.first, block.kind) for block in found] == [
        *(("正文", 1, None), ("尾注", 1, None), ("脚注", 1, None), ("下文", 2, None))
    ]


def test_a_note_is_read_once_and_one_without_reference_at_the_end() -> None:
    parts = {"footnotes.xml": notes("footnote", "脚注", "孤注")}
    body = paragraph("正文", refer("footnote", 1), refer("footnote", 1)) + paragraph("下文")
    assert texts(body, parts) == ["正文", "脚注", "下文", "孤注"]


def test_a_comment_is_an_aside() -> None:
    parts = {"comments.xml": notes("comment", "请核实")}
    found = blocks(paragraph("正文", refer("comment", 1)), parts)
    assert [(block.text, block.kind) for block in found] == [("正文", None), ("请核实", "aside")]


def test_the_words_of_diagrams_and_charts_follow_their_paragraph_as_captions() -> None:
    drawn = "http://schemas.openxmlformats.org/drawingml/2006"
    names = f'xmlns:a="{drawn}/main" xmlns:c="{drawn}/chart" xmlns:dgm="{drawn}/diagram"'
    box = "<a:p><a:r><a:t>受</a:t></a:r><a:r><a:t>理</a:t></a:r></a:p><a:p/>"
    series = "<c:strCache><c:pt><c:v>工业</c:v></c:pt></c:strCache>" * 2
    numbers = "<c:numCache><c:pt><c:v>5</c:v></c:pt></c:numCache>"
    parts = {
        "diagramData1.xml": f"<dgm:dataModel {names}>{box}</dgm:dataModel>",
        "chart1.xml": f"<c:chart {names}><a:p><a:t>产值</a:t></a:p>{series}{numbers}</c:chart>",
    }
    body = paragraph(
        "如图",
        f'<w:r><dgm:relIds {names} r:dm="diagramData1.xml"/></w:r>',
        f'<w:r><c:chart {names} r:id="chart1.xml"/></w:r>',
    )
    found = blocks(body + paragraph("下文"), parts)
    assert [(block.text, block.first, block.kind) for block in found] == [
        *(("如图", 1, None), ("受理", 1, "caption"), ("产值", 1, "caption"), ("工业", 1, "caption")),
        ("下文", 2, None),
    ]


def test_headers_and_footers_are_furniture_at_the_end_once_each() -> None:
    parts = {
        "header1.xml": root("hdr", paragraph("会议文件")),
        "header2.xml": root("hdr", paragraph("会议文件")),
        "footer1.xml": root("ftr", paragraph("第 3 页")),
    }
    found = blocks(paragraph("正文"), parts)
    assert [(block.text, block.first, block.kind) for block in found] == [
        *(("正文", 1, None), ("会议文件", 2, "furniture"), ("第 3 页", 3, "furniture"))
    ]


def test_iso_strict_is_read_like_what_word_writes() -> None:
    body = paragraph("正文", refer("footnote", 1), properties='<w:outlineLvl w:val="1"/>') + paragraph("下文")
    parts = {"footnotes.xml": notes("footnote", "脚注")}
    strict = read_docx(make_docx(body, parts, strict=True), SEGMENTER)
    assert strict == read(body, parts)
    assert len(strict.blocks) == 3


def test_a_document_is_found_by_its_relation_whatever_it_is_called() -> None:
    files = unzip(make_docx(paragraph("正文")))
    files["other/text.xml"] = files.pop("word/document.xml")
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"word/document.xml", b"/Other/text.xml")
    assert [block.text for block in read_docx(make_zip(files), SEGMENTER).blocks] == ["正文"]


def test_a_chunk_of_plain_text_is_read_in_its_place_and_counted_on() -> None:
    body = paragraph("前") + CHUNK.format("a.txt") + paragraph("后")
    found = blocks(body, {"a.txt": "甲\n\n乙\n".encode("gb18030")})
    assert [(block.text, block.first) for block in found] == [("前", 1), ("甲", 2), ("乙", 3), ("后", 4)]


def test_a_chunk_that_is_a_word_file_is_read_to_a_depth() -> None:
    data = make_docx(paragraph("底"))
    for _ in range(5):
        data = make_docx(CHUNK.format("a.docx") + paragraph("层"), {"a.docx": data})
    found = read_docx(data, SEGMENTER)
    assert [block.text for block in found.blocks] == ["层"] * 4
    assert len(found.faults) == 1
    assert "in each other" in found.faults[0]


@pytest.mark.parametrize(("name", "page"), [("a.html", PAGE), ("a.mht", MHT)])
def test_a_chunk_that_is_a_web_page_is_text_of_the_document(name: str, page: bytes) -> None:
    pytest.importorskip("indexer.formats.html.reader")
    found = blocks(paragraph("前") + CHUNK.format(name) + paragraph("后"), {name: page})
    assert [(block.text, block.kind) for block in found] == [("前", None), ("发展经济。", None), ("后", None)]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("a.rtf", rb"{\rtf1 x}", "RTF"), ("b.mht", b"MIME-Version: 1.0\r\n\r\nx", "without a web page")],
)
def test_a_chunk_that_cannot_be_read_is_a_fault(name: str, content: bytes, reason: str) -> None:
    found = read(paragraph("正文") + CHUNK.format(name), {name: content})
    assert [block.text for block in found.blocks] == ["正文"]
    assert len(found.faults) == 1
    assert reason in found.faults[0]


def test_a_chunk_that_is_missing_is_a_fault() -> None:
    found = read(paragraph("正文") + CHUNK.format("none"))
    assert [block.text for block in found.blocks] == ["正文"]
    assert "missing" in found.faults[0]


def test_nothing_is_read_that_lies_outside_the_file() -> None:
    files = unzip(make_docx(CHUNK.format("a.txt"), {"a.txt": "甲"}))
    relations = files["word/_rels/document.xml.rels"]
    files["word/_rels/document.xml.rels"] = relations.replace(b"Id=", b'TargetMode="External" Id=')
    found = read_docx(make_zip(files), SEGMENTER)
    assert (found.blocks, len(found.faults)) == ([], 1)


def test_a_damaged_part_beside_the_document_is_a_fault() -> None:
    found = read(paragraph("正文"), {"footnotes.xml": "<w:footnotes", "header1.xml": "?"})
    assert [block.text for block in found.blocks] == ["正文"]
    assert ["footnotes" in found.faults[0], "header1" in found.faults[1]] == [True, True]


@pytest.mark.parametrize("missing", ["word/document.xml", "_rels/.rels"])
def test_a_file_without_its_document_is_named(missing: str) -> None:
    files = unzip(make_docx(paragraph("正文")))
    del files[missing]
    with pytest.raises(SeedError, match="save it again"):
        read_docx(make_zip(files), SEGMENTER)


def test_a_file_without_text_gives_no_blocks() -> None:
    assert read(paragraph() + paragraph(run("", "<w:b/>"))).blocks == []


def test_nothing_says_when_it_was_said() -> None:
    created = f'<x xmlns:w="{W}"><created>2025-02-26T00:00:00Z</created></x>'
    assert read(paragraph("正文"), {"core.xml": created}).date is None
