"""Titles and headings: by style, by outline level, by how they look."""

from __future__ import annotations

import pytest

pytest.importorskip("lxml")

from indexer.formats.text_block import ARTICLE, INNER
from tests.indexer.formats.word.make_docx import blocks, make_docx, paragraph, root, run, table

CENTRED = '<w:jc w:val="center"/>'
LARGE, SMALL = '<w:sz w:val="44"/>', '<w:sz w:val="28"/>'
BODY = paragraph(run("各位代表，现在我代表市人民政府，向大会报告工作，请予审议。", SMALL)) * 2


def style(style_id: str, name: str, based_on: str = "", properties: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/><w:pPr>{properties}</w:pPr></w:style>'
    )


STYLES = {
    "styles.xml": root(
        "styles",
        style("a5", "Title", properties='<w:outlineLvl w:val="0"/>')
        + style("1", "heading 1", properties='<w:outlineLvl w:val="0"/>')
        + style("2", "标题 2")
        + style("x", "章名", based_on="1")
        + style("y", "条文", based_on="x", properties='<w:outlineLvl w:val="9"/>'),
    )
}


def styled(text: str, style_id: str) -> str:
    return paragraph(text, properties=f'<w:pStyle w:val="{style_id}"/>')


def levels(body: str) -> list[int]:
    return [block.level for block in blocks(body, STYLES)]


def test_styles_tell_the_title_from_headings_and_text() -> None:
    body = (
        styled("报告", "a5")
        + styled("回顾", "1")
        + styled("工业", "2")
        + styled("章", "x")
        + styled("条", "y")
    )
    assert levels(body) == [ARTICLE, INNER, INNER, INNER, 0]


def test_an_outline_level_of_the_paragraph_itself_makes_a_heading() -> None:
    body = paragraph("前言") + paragraph("回顾", properties='<w:outlineLvl w:val="0"/>')
    assert levels(body) == [0, INNER]


def test_the_first_heading_is_the_title_where_it_is_the_only_one_of_its_rank() -> None:
    assert levels(styled("报告", "1") + styled("回顾", "2") + styled("展望", "2")) == [ARTICLE, INNER, INNER]
    assert levels(styled("回顾", "1") + styled("展望", "1")) == [INNER, INNER]
    assert levels(paragraph("来源：某报") + styled("报告", "1")) == [0, INNER]


@pytest.mark.parametrize(
    ("first", "level"),
    [
        (paragraph(run("政府工作报告", LARGE), properties=CENTRED), ARTICLE),
        (paragraph(run("政府工作报告", SMALL + "<w:b/>"), properties=CENTRED), ARTICLE),
        (paragraph(run("政府工作报告", SMALL), properties=CENTRED), 0),
        (paragraph(run("政府工作报告", LARGE)), 0),
        (paragraph(run("本报告经大会审议通过。", LARGE), properties=CENTRED), 0),
        (table((paragraph(run("政府工作报告", LARGE), properties=CENTRED), "附件")), 0),
    ],
)
def test_without_styles_a_first_paragraph_that_is_centred_and_stands_out_is_the_title(
    first: str, level: int
) -> None:
    assert levels(first + BODY)[0] == level


def test_a_title_over_two_paragraphs_and_not_what_stands_below_it() -> None:
    lines = ("某市人民代表大会", "政府工作报告", "（2025年1月）")
    body = "".join(paragraph(run(line, LARGE), properties=CENTRED) for line in lines) + BODY
    found = blocks(body)
    assert [(block.text, block.first, block.last, block.level) for block in found[:2]] == [
        ("某市人民代表大会政府工作报告", 1, 2, ARTICLE),
        ("（2025年1月）", 3, 3, 0),
    ]


def test_what_hangs_on_a_title_parts_it_from_what_follows() -> None:
    note = f'<w:comment w:id="1">{paragraph("请核实")}</w:comment>'
    lines = ("某市人民代表大会", '<w:r><w:commentReference w:id="1"/></w:r>'), ("政府工作报告",)
    body = "".join(paragraph(run(line, LARGE), *more, properties=CENTRED) for line, *more in lines)
    found = blocks(body + BODY, {"comments.xml": root("comments", note)})
    assert [(block.text, block.level) for block in found[:3]] == [
        *(("某市人民代表大会", ARTICLE), ("请核实", 0), ("政府工作报告", 0))
    ]


def test_the_paragraphs_of_a_chunk_below_its_title_are_no_lines_of_it() -> None:
    chunk = make_docx(styled("报告", "a5") + paragraph("各位代表"), STYLES)
    found = blocks('<w:altChunk r:id="a.docx"/>', {"a.docx": chunk})
    assert [(block.text, block.level) for block in found] == [("报告", ARTICLE), ("各位代表", 0)]


def test_a_document_all_centred_and_bold_has_no_title() -> None:
    line = paragraph(run("发展经济", SMALL + "<w:b/>"), properties=CENTRED)
    assert levels(line * 3) == [0, 0, 0]


def test_a_table_of_contents_is_an_aside_and_no_heading() -> None:
    parts = {"styles.xml": root("styles", style("11", "toc 1") + style("1", "heading 1"))}
    found = blocks(styled("一、回顾 1", "11") + styled("一、回顾", "1") + styled("二、展望", "1"), parts)
    assert [(block.level, block.kind) for block in found] == [(0, "aside"), (INNER, None), (INNER, None)]


def test_styles_based_on_each_other_in_a_circle_come_to_an_end() -> None:
    circle = root("styles", style("1", "甲", based_on="2") + style("2", "heading 2", based_on="1"))
    found = blocks(styled("回顾", "1") + styled("展望", "1"), {"styles.xml": circle})
    assert [block.level for block in found] == [INNER, INNER]
