"""The numbers of lists, which the reader sees and the text does not spell out."""

from __future__ import annotations

import pytest

pytest.importorskip("lxml")

from indexer.formats.word.numerals import write_number
from tests.indexer.formats.word.make_docx import paragraph, root, texts


def level(number: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return root("numbering", f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}')


def item(text: str, depth: int = 0, list_id: int = 1) -> str:
    number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(text, properties=number)


def test_numbers_count_on_and_start_anew_below_each_other() -> None:
    parts = {"numbering.xml": lists(level(0, "chineseCountingThousand", "%1、"), level(1, "decimal", "%2."))}
    body = item("回顾") + item("工业", 1) + item("农业", 1) + paragraph("间") + item("展望") + item("工业", 1)
    assert texts(body, parts) == ["一、回顾", "1. 工业", "2. 农业", "间", "二、展望", "1. 工业"]


def test_a_number_may_hold_those_of_the_levels_above() -> None:
    legal = level(1, "decimal", "%1.%2", "<w:isLgl/>")
    parts = {"numbering.xml": lists(level(0, "upperRoman", "第%1章"), legal)}
    assert texts(item("总则") + item("目的", 1), parts) == ["第I章 总则", "1.1 目的"]


def test_a_level_may_go_on_through_those_above() -> None:
    parts = {
        "numbering.xml": lists(
            level(0, "decimal", "第%1章"), level(1, "decimal", "第%2条", '<w:lvlRestart w:val="0"/>')
        )
    }
    body = item("甲") + item("乙", 1) + item("丙") + item("丁", 1)
    assert texts(body, parts) == ["第1章 甲", "第1条 乙", "第2章 丙", "第2条 丁"]


def test_a_level_may_start_anew_below_some_of_those_above_it_only() -> None:
    levels = [level(depth, "decimal", f"%{depth + 1}、") for depth in (0, 1)]
    parts = {"numbering.xml": lists(*levels, level(2, "decimal", "%3）", '<w:lvlRestart w:val="1"/>'))}
    body = (
        item("甲")
        + item("乙", 1)
        + item("丙", 2)
        + item("丁", 1)
        + item("戊", 2)
        + item("己")
        + item("庚", 2)
    )
    assert [text[:2] for text in texts(body, parts)] == ["1、", "1、", "1）", "2、", "2）", "2、", "1）"]


def test_lists_of_one_kind_count_together_unless_one_starts_anew() -> None:
    nums = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="0"/>{override}</w:num>'
        for at, override in (
            (1, ""),
            (2, ""),
            (3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'),
        )
    )
    parts = {"numbering.xml": lists(level(0, "decimal", "（%1）"), nums=nums)}
    body = item("甲") + item("乙", list_id=2) + item("丙", list_id=3) + item("丁", list_id=3)
    assert texts(body, parts) == ["（1）甲", "（2）乙", "（7）丙", "（8）丁"]


def test_bullets_and_unknown_lists_put_nothing_before_the_text() -> None:
    parts = {"numbering.xml": lists(level(0, "bullet", "•"))}
    assert texts(item("甲") + item("乙", list_id=9) + item("丙", depth=4), parts) == ["甲", "乙", "丙"]


def test_an_empty_paragraph_counts_and_gives_no_block() -> None:
    parts = {"numbering.xml": lists(level(0, "decimal", "%1、"))}
    assert texts(item("甲") + item("") + item("乙"), parts) == ["1、甲", "3、乙"]


def test_a_style_numbers_its_paragraphs() -> None:
    number = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    style = f'<w:style w:type="paragraph" w:styleId="s"><w:pPr>{number}</w:pPr></w:style>'
    parts = {
        "numbering.xml": lists(level(0, "ideographTraditional", "%1、")),
        "styles.xml": root("styles", style),
    }
    assert texts(paragraph("人口", properties='<w:pStyle w:val="s"/>'), parts) == ["甲、人口"]


def test_a_list_style_is_found_where_a_list_refers_to_it() -> None:
    styled = f'<w:styleLink w:val="x"/>{level(0, "decimal", "%1、")}'
    definition = f'<w:abstractNum w:abstractNumId="5">{styled}</w:abstractNum>'
    nums = f'{definition}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    assert texts(item("甲"), {"numbering.xml": lists('<w:numStyleLink w:val="x"/>', nums=nums)}) == ["1、甲"]


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("decimal", "1 4 10 19 20 27 101 110 1010"),
        ("chineseCountingThousand", "一 四 十 十九 二十 二十七 一百零一 一百一十 一千零一十"),
        ("japaneseCounting", "一 四 十 十九 二十 二十七 一百〇一 一百一十 一千〇一十"),
        ("ideographDigital", "一 四 一〇 一九 二〇 二七 一〇一 一一〇 一〇一〇"),
        ("upperRoman", "I IV X XIX XX XXVII CI CX MX"),
        ("lowerLetter", "a d j s t aa wwww fffff " + "v" * 39),
        ("decimalZero", "01 04 10 19 20 27 101 110 1010"),
        ("ideographTraditional", "甲 丁 癸 19 20 27 101 110 1010"),
        ("hebrew1", "1 4 10 19 20 27 101 110 1010"),
    ],
)
def test_numbers_are_written_in_the_form_of_the_list(form: str, written: str) -> None:
    assert " ".join(write_number(each, form) for each in (1, 4, 10, 19, 20, 27, 101, 110, 1010)) == written
