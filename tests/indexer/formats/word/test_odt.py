"""Texts of OpenDocument: the same blocks as a Word file with the same text would give."""

from __future__ import annotations

import pytest

pytest.importorskip("lxml")

from indexer.errors import SeedError
from indexer.formats.text_block import ARTICLE, INNER, TextBlock
from indexer.formats.word.odt import read_odt
from tests.conftest import SEGMENTER
from tests.indexer.formats.word.make_docx import make_docx, make_zip, paragraph

PLACES = {"office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing"}
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{place}:1.0"' for name, place in PLACES.items()
)


def make_odt(body: str, styles: str = "", more: dict[str, str] | None = None) -> bytes:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return make_zip(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content} | (more or {})
    )


def blocks(body: str, styles: str = "", more: dict[str, str] | None = None) -> list[TextBlock]:
    return read_odt(make_odt(body, styles, more), SEGMENTER).blocks


def texts(body: str) -> list[str]:
    return [block.text for block in blocks(body)]


def test_paragraphs_are_read_with_all_that_stands_inside_them() -> None:
    body = "<text:p>发<text:span>展<text:a>经</text:a></text:span>济。</text:p><text:p/><text:p>完</text:p>"
    assert [(block.text, block.first) for block in blocks(body)] == [("发展经济。", 1), ("完", 3)]


def test_white_space_is_what_the_elements_for_it_say() -> None:
    assert texts("<text:p>a\n   b<text:s text:c='3'/>c<text:tab/>d</text:p>") == ["a b c d"]
    assert texts("<text:p>发展<text:line-break/>经济</text:p>") == ["发展经济"]


def test_headings_and_titles() -> None:
    style = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    body = (
        '<text:p text:style-name="P1">报告</text:p><text:h text:outline-level="1">回顾</text:h>'
        "<text:p>正文</text:p><text:h text:outline-level='2'>工业</text:h>"
    )
    assert [block.level for block in blocks(body, style)] == [ARTICLE, INNER, 0, INNER]


def test_cells_are_marked_in_tables_of_several_columns() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>".format
    row = f"<table:table-row>{cell('甲')}{cell('乙')}</table:table-row>"
    frame = f"<table:table-row>{cell('丙')}</table:table-row>"
    body = f"<table:table>{row}</table:table><table:table>{frame}</table:table>"
    assert [(block.text, block.is_cell) for block in blocks(body)] == [
        *(("甲", True), ("乙", True), ("丙", False))
    ]


def test_notes_boxes_and_comments_follow_the_paragraph() -> None:
    note = (
        "<text:note>\n<text:note-citation>1</text:note-citation>\n"
        "<text:note-body><text:p>脚注</text:p></text:note-body></text:note>"
    )
    comment = "<office:annotation><text:p>请核实</text:p></office:annotation>"
    frame = "<draw:frame>\n<draw:text-box><text:p>框中</text:p></draw:text-box>\n</draw:frame>"
    found = blocks(f"<text:p>正{note}{comment}{frame}文</text:p><text:p>下文</text:p>")
    assert [(block.text, block.first, block.kind) for block in found] == [
        *(("正文", 1, None), ("脚注", 1, None), ("请核实", 1, "aside"), ("框中", 2, None), ("下文", 3, None))
    ]


def test_a_table_of_contents_is_an_aside() -> None:
    contents = "<text:table-of-content><text:p>一、回顾 1</text:p></text:table-of-content>"
    assert [block.kind for block in blocks(f"{contents}<text:h>一、回顾</text:h>")] == ["aside", None]


def test_what_is_deleted_and_readings_are_left_out() -> None:
    deleted = (
        "<text:tracked-changes><text:deletion><text:p>旧</text:p></text:deletion></text:tracked-changes>"
    )
    ruby = "<text:ruby><text:ruby-base>汉</text:ruby-base><text:ruby-text>hàn</text:ruby-text></text:ruby>"
    assert texts(f"{deleted}<text:p>新{ruby}字</text:p>") == ["新汉字"]


def test_headers_and_footers_are_furniture() -> None:
    header = "<style:master-page><style:header><text:p>会议文件</text:p></style:header></style:master-page>"
    styles = (
        f"<office:document-styles {NAMES}><office:master-styles>{header}</office:master-styles>"
        "</office:document-styles>"
    )
    found = blocks("<text:p>正文</text:p>", more={"styles.xml": styles})
    assert [(block.text, block.kind) for block in found] == [("正文", None), ("会议文件", "furniture")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (make_odt("", more={"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "password"),
        (make_zip({"content.xml": f"<office:document-content {NAMES}/>"}), "not a text"),
        (make_docx(paragraph("甲")), "content.xml is missing"),
        (b"%PDF-1.7", "this is a PDF"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(SeedError) as raised:
        read_odt(data, SEGMENTER)
    assert reason in str(raised.value)
