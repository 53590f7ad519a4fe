"""What a reader of the paper would see is read, in its order, and nothing else."""

from __future__ import annotations

import pytest

pytest.importorskip("lxml")

from tests.indexer.formats.word.make_docx import blocks, paragraph, root, run, table, texts


def box(content: str) -> str:
    return f"<w:pict><w:txbxContent>{content}</w:txbxContent></w:pict>"


def field(code: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return (
        f"{mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{mark('separate')}{result}{mark('end')}"
    )


def test_runs_are_joined_and_paragraphs_counted_with_the_empty_ones() -> None:
    found = blocks(paragraph("发展", "经济。") + paragraph() + paragraph("改善民生。"))
    assert [(block.text, block.first, block.last) for block in found] == [
        ("发展经济。", 1, 1),
        ("改善民生。", 3, 3),
    ]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("关于发展", "经济的报告", ["关于发展经济的报告"]),
        ("economic", "growth", ["economic growth"]),
        ("2025", "年", ["2025年"]),
        ("发展经济。", "改善民生。", ["发展经济。", "改善民生。"]),
        ("一、回顾", "\u3000\u3000过去一年", ["一、回顾", "过去一年"]),
    ],
)
def test_a_line_break_joins_what_it_cuts_and_parts_sentences(
    before: str, after: str, joined: list[str]
) -> None:
    assert texts(paragraph(before, "<w:r><w:br/></w:r>", after)) == joined


def test_a_page_break_ends_a_text_and_no_paragraph() -> None:
    found = blocks(paragraph("目录", '<w:r><w:br w:type="page"/></w:r>', "正文") + paragraph("下文"))
    assert [(block.text, block.first) for block in found] == [("目录", 1), ("正文", 1), ("下文", 2)]


def test_tabs_hyphens_and_line_feeds_in_the_xml_are_characters_of_one_line() -> None:
    between = "<w:r><w:tab/></w:r>", "甲\n乙", "<w:r><w:noBreakHyphen/></w:r>"
    assert texts(paragraph("姓名", *between, "丙")) == ["姓名 甲 乙-丙"]


def test_cells_are_read_row_by_row_and_marked() -> None:
    found = blocks(paragraph("前") + table(("甲", "乙"), ("丙", "丁")) + paragraph("后"))
    assert [(block.text, block.is_cell) for block in found] == [
        *(("前", False), ("甲", True), ("乙", True), ("丙", True), ("丁", True), ("后", False))
    ]


def test_a_table_in_a_cell_is_read_in_its_place() -> None:
    inner = paragraph("一") + table(("二", "三")) + paragraph("四")
    assert texts(table(("甲", inner, "乙"))) == ["甲", "一", "二", "三", "四", "乙"]


def test_merged_cells_are_read_once() -> None:
    wide = "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + paragraph("合计")
    down = "<w:tcPr><w:vMerge/></w:tcPr>" + paragraph()
    assert texts(table((wide,), ("甲", "乙"), (down, "丙"))) == ["合计", "甲", "乙", "丙"]


def test_a_table_of_one_column_is_a_frame_and_no_table() -> None:
    found = blocks(table((paragraph("发展经济。") + paragraph("改善民生。"),), ("完。",)))
    assert [block.is_cell for block in found] == [False, False, False]


def test_a_frame_in_a_cell_stays_part_of_the_table() -> None:
    assert all(block.is_cell for block in blocks(table((table(("甲",)), "乙"))))


def test_a_text_box_stands_before_or_after_the_paragraph_that_holds_it() -> None:
    anchor = f"<w:r>{box(paragraph('框中'))}</w:r>"
    assert texts(paragraph(anchor, "正文")) == ["框中", "正文"]
    assert texts(paragraph("正文", anchor, "续")) == ["正文续", "框中"]


def test_of_two_forms_of_a_text_box_one_is_read() -> None:
    choice = f'<mc:Choice Requires="wps">{box(paragraph("框中"))}</mc:Choice>'
    fallback = f"<mc:Fallback>{box(paragraph('框中'))}</mc:Fallback>"
    both = f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    assert texts(paragraph(both)) == ["框中"]


def test_a_form_without_text_gives_way_to_one_with_it() -> None:
    choice = '<mc:Choice Requires="wps"><w:drawing/></mc:Choice>'
    fallback = f"<mc:Fallback>{box(paragraph('框中'))}</mc:Fallback>"
    both = f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    assert texts(paragraph(both)) == ["框中"]


def test_tracked_changes_are_read_as_if_accepted() -> None:
    deleted = "<w:del><w:r><w:t>旧</w:t><w:delText>旧</w:delText></w:r></w:del>"
    moved_from = f"<w:moveFrom>{run('移走')}</w:moveFrom>"
    kept = f"<w:ins>{run('新')}</w:ins><w:moveTo>{run('移来')}</w:moveTo>"
    assert texts(paragraph(deleted, moved_from, kept)) == ["新移来"]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    first = paragraph("发展", properties="<w:rPr><w:del/></w:rPr>")
    assert texts(first + paragraph("经济。") + paragraph("完")) == ["发展经济。", "完"]
    assert texts(first) == ["发展"]
    assert texts(first + table((first, "乙")) + paragraph("完")) == ["发展", "发展", "乙", "完"]


def test_what_wraps_runs_does_not_hide_them() -> None:
    wrapped = (
        f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt>",
        f"<w:hyperlink>{run('乙')}</w:hyperlink>",
        f"<w:smartTag>{run('丙')}</w:smartTag>",
        f"<w:fldSimple w:instr='PAGE'>{run('丁')}</w:fldSimple>",
    )
    assert texts(paragraph(*wrapped)) == ["甲乙丙丁"]
    assert texts(f"<w:sdt><w:sdtContent>{paragraph('戊')}</w:sdtContent></w:sdt>") == ["戊"]


def test_the_result_of_a_field_is_read_and_its_code_is_not() -> None:
    assert texts(paragraph("第", field(" PAGE ", run("3")), "页")) == ["第3页"]
    nested = field(" IF " + "</w:instrText></w:r>" + field("X", run("隐")) + "<w:r><w:instrText>", run("显"))
    assert texts(paragraph(nested, "后")) == ["显后"]


def test_a_field_that_is_never_closed_hides_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert texts(paragraph("前", begin, "中") + paragraph("后")) == ["前中", "后"]


def test_symbols_of_fonts_become_characters() -> None:
    signs = [
        ("Symbol", "F061"),
        ("Wingdings", "F0FE"),
        ("Wingdings", "F04A"),
        ("宋体", "F041"),
        ("宋体", "2103"),
    ]
    markup = "".join(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>' for font, code in signs)
    assert texts(paragraph(markup)) == ["α☑ A℃"]


def test_a_reading_above_a_character_is_left_out() -> None:
    base, reading = f"<w:rubyBase>{run('汉')}</w:rubyBase>", f"<w:rt>{run('hàn')}</w:rt>"
    assert texts(paragraph(f"<w:r><w:ruby>{reading}{base}</w:ruby></w:r>", "字")) == ["汉字"]


def test_hidden_text_is_left_out() -> None:
    hidden = '<w:style w:styleId="h" w:type="character"><w:rPr><w:vanish/></w:rPr></w:style>'
    parts = {"styles.xml": root("styles", hidden)}
    content = run("甲", "<w:vanish/>"), run("乙", '<w:rStyle w:val="h"/>'), run("丙", '<w:vanish w:val="0"/>')
    assert texts(paragraph(*content), parts) == ["丙"]


def test_formulas_are_read() -> None:
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    assert texts(paragraph("设", f'<m:oMath xmlns:m="{math}"><m:r><m:t>x=1</m:t></m:r></m:oMath>')) == [
        "设x=1"
    ]
