"""What a file holds becomes articles and paragraphs, as the lines of a page do."""

from __future__ import annotations

from indexer.formats.text_block import ARTICLE, INNER, FileText, TextBlock
from indexer.models import Paragraph
from indexer.pages.page import read_file_text
from tests.conftest import SEGMENTER

SAYS = "市政协委员张小明说，要发展低空经济，建设产业联盟，让企业放心。"
MORE = "会议听取了工作报告，并进行了审议。"


def read(*blocks: TextBlock, date: str | None = None) -> list[Paragraph]:
    return [*read_file_text(FileText([*blocks], date), "a.pdf", SEGMENTER)]


def block(text: str, number: int, **marks: object) -> TextBlock:
    return TextBlock(text, number, number, **marks)  # type: ignore[arg-type]


def test_headings_that_the_file_marks_begin_articles_and_sections() -> None:
    found = read(
        block("推动产业发展，人人有责。", 1, level=ARTICLE),  # no heading by its text
        block(SAYS, 2),
        block("怎样做，做什么。", 3, level=INNER),
        block(MORE, 4),
        block("——记一次会议", 5, level=INNER),
        block("另一篇", 6, level=ARTICLE),
        block(MORE, 7),
    )
    assert [(each.kind, each.title, each.section) for each in found] == [
        ("headline", "推动产业发展，人人有责。", None),
        ("body", "推动产业发展，人人有责。", None),
        ("section", "推动产业发展，人人有责。", None),
        ("body", "推动产业发展，人人有责。", "怎样做，做什么。"),
        ("subheadline", "推动产业发展，人人有责。", None),
        ("headline", "另一篇", None),
        ("body", "另一篇", None),
    ]
    assert [speaker.name for speaker in found[1].speakers] == ["张小明"]


def test_what_stands_around_an_article_belongs_to_none_and_nobody_speaks_there() -> None:
    found = read(
        block("推动产业发展", 1, level=ARTICLE),
        block("某报 第 3 版", 2, kind="furniture"),
        block(SAYS, 3),
        block(SAYS.replace("张小明", "李小红"), 4, kind="aside"),
    )
    around = [each for each in found if each.kind in ("aside", "furniture")]
    assert [(each.title, each.speakers, each.topics, each.mentions) for each in around] == [
        (None, (), (), ())
    ] * 2
    assert [each.title for each in found if each not in around] == ["推动产业发展"] * 2
    assert all("李小红" not in each.mentions for each in found)


def test_what_stands_around_does_not_end_a_list_or_a_speech() -> None:
    found = read(
        block("推动产业发展", 1, level=ARTICLE),
        block("主要预期目标是：", 2),
        block("第 1 页", 3, kind="furniture"),
        block("经济增长5%左右；", 4),
        block("物价稳定。", 5),
    )
    assert [each.lead for each in found if each.kind == "body"][1:] == ["主要预期目标是："] * 2


def test_pages_and_lines_are_those_of_the_file() -> None:
    found = read(TextBlock(MORE, 1, 3, page=1), TextBlock(SAYS, 4, 9, page=2))
    assert [(each.lines, each.page, each.place) for each in found] == [
        ((1, 3), 1, "a.pdf:第 1 页"),
        ((4, 9), 2, "a.pdf:第 2 页"),
    ]


def test_the_day_of_the_file_dates_what_names_none_and_the_text_comes_first() -> None:
    assert {each.date for each in read(block(MORE, 1), date="2025-03-05")} == {"2025-03-05"}
    told = read(block("会议3月1日开幕。" + MORE, 1), date="2025-03-05")
    assert {each.date for each in told} == {"2025-03-01"}
    yesterday = read(block("昨日，" + MORE, 1), date="2025-03-05")
    assert {each.date for each in yesterday} == {"2025-03-05"}  # the day on which it was published


def test_cells_are_no_headings() -> None:
    cells = [block(text, number, is_cell=True) for number, text in enumerate(("总收入", "总支出"), 2)]
    found = read(block(MORE, 1), *cells)
    assert [each.kind for each in found] == ["body"] * 3


def test_what_is_only_bold_may_be_a_cell_a_sentence_or_a_signature() -> None:
    sentence = "今年以来，全市经济运行总体平稳，各项事业都有新的进展，人民生活持续改善"
    found = read(
        block("推动产业发展", 1, level=ARTICLE),
        block(MORE, 2),
        block(sentence, 3, level=INNER),
        block("总收入", 4, level=INNER, is_cell=True),
        block("本报记者 王小明", 5, level=INNER),
        block("出席委员：", 6, level=INNER),
    )
    assert [each.kind for each in found[2:]] == ["body", "body", "byline", "head"]
