"""Lines to articles and pieces: made-up pages, each with one difficulty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.pages.layout import Article, lay_out
from tests.conftest import SEGMENTER

BODY = "会场外，春风拂面；会场内，讨论热烈，代表们为发展出谋划策，气氛十分融洽。"


def pieces(*lines: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for article in lay_out(lines, SEGMENTER) for piece in article.pieces]


def kinds(*lines: str) -> list[str]:
    return [kind for kind, _ in pieces(*lines)]


def test_a_sentence_cut_inside_a_word_is_joined() -> None:
    articles = lay_out(["大会开幕。会议听取了工作报", "", "告，并进行了审议。"], SEGMENTER)
    (piece,) = articles[0].pieces
    assert (piece.text, piece.first, piece.last) == ("大会开幕。会议听取了工作报告，并进行了审议。", 1, 3)


def test_a_sentence_cut_twice_is_joined_into_one() -> None:
    assert len(pieces("第一句。第二句，说的是产", "业和人才，以及", "资金。")) == 1


def test_a_sentence_cut_at_a_comma_is_joined() -> None:
    assert pieces("推动产业升级，", "培育人才。") == [("body", "推动产业升级，培育人才。")]


def test_a_complete_sentence_is_not_joined_to_the_next() -> None:
    assert len(pieces(BODY, BODY)) == 2


def test_a_paragraph_that_breaks_off_before_a_heading_stays_as_it_is() -> None:
    assert kinds("标题在这里", BODY, "第一句。第二句没有说", "产业新赛道", BODY) == [
        "headline",
        "body",
        "body",
        "section",
        "body",
    ]


def test_a_numbered_paragraph_is_no_continuation() -> None:
    assert len(pieces("会议有几项议程。主要内容是", "一、听取报告。")) == 2


def test_a_paragraph_that_begins_inside_a_sentence_is_a_fragment() -> None:
    assert kinds("标题在这里", BODY, "上团结合作、步调一致，确保要求落地。", BODY) == [
        "headline",
        "body",
        "fragment",
        "body",
    ]


def test_a_place_name_that_begins_like_a_particle_is_no_fragment() -> None:
    assert kinds("标题在这里", "上海的代表说了很多，大家都赞同。") == ["headline", "body"]


def test_pieces_of_an_article_are_known_for_what_they_are() -> None:
    assert kinds(
        "推动产业新发展",
        "——代表委员建言献策",
        "两会观察",
        BODY,
        "科技这一边",
        BODY,
        "记者 王小明 李大山",
    ) == ["headline", "subheadline", "label", "body", "section", "body", "byline"]


def test_a_heading_after_a_byline_begins_a_new_article() -> None:
    articles = lay_out(["推动产业新发展", BODY, "（王小明）", "培养技能新人才", BODY], SEGMENTER)
    assert [article.title for article in articles] == ["推动产业新发展", "培养技能新人才"]


def test_a_heading_after_a_sign_off_begins_a_new_article() -> None:
    articles = lay_out(["推动产业新发展", BODY + "（王小明）", "培养技能新人才", BODY], SEGMENTER)
    assert [article.title for article in articles] == ["推动产业新发展", "培养技能新人才"]


def test_a_heading_above_a_news_report_begins_a_new_article() -> None:
    articles = lay_out(["推动产业新发展", BODY, "培养技能新人才", "本报讯 " + BODY], SEGMENTER)
    assert [article.title for article in articles] == ["推动产业新发展", "培养技能新人才"]


def test_a_heading_above_a_formula_of_adoption_begins_a_new_article() -> None:
    articles = lay_out(
        ["推动产业新发展", BODY, "关于某项工作的说明", "（2024年1月9日某某大会通过）", BODY], SEGMENTER
    )
    assert [article.title for article in articles] == ["推动产业新发展", "关于某项工作的说明"]
    assert [piece.kind for piece in articles[1].pieces] == ["headline", "formula", "body"]


def test_photographs_with_captions_are_a_column_of_their_own() -> None:
    articles = lay_out(
        ["推动产业新发展", BODY, "记者 王小明", "两会剪影", BODY, "李大山 摄影报道", "新的标题", BODY],
        SEGMENTER,
    )
    assert [(article.title, [piece.kind for piece in article.pieces]) for article in articles] == [
        ("推动产业新发展", ["headline", "body", "byline"]),
        (None, ["label", "caption", "credit"]),
        ("新的标题", ["headline", "body"]),
    ]


def test_a_label_with_nothing_under_it_belongs_to_no_article() -> None:
    assert [article.title for article in lay_out(["推动产业新发展", BODY, "两会同期声"], SEGMENTER)] == [
        "推动产业新发展",
        None,
    ]


def test_a_line_that_only_says_when_it_was_printed_is_a_dateline() -> None:
    assert kinds("市领导看望代表", "2012-03-20 A1版 要闻", BODY) == ["headline", "dateline", "body"]


def test_a_list_of_attendance_is_known_for_what_it_is() -> None:
    line = "出席委員　曹爾大　　林明小　　邱　毅　　高金素小　瓦歷斯‧貝大"
    assert kinds("議事錄", line, BODY) == ["headline", "attendance", "body"]


@pytest.mark.parametrize(
    "line", ["出席会议的委员认真讨论。", "列席", "（由委員王小明、李大山說明）", "（國防組）"]
)
def test_who_is_not_listed_with_blanks_is_no_list(line: str) -> None:
    assert "attendance" not in kinds("議事錄", BODY, line, BODY)
    assert "byline" not in kinds("議事錄", BODY, line, BODY)


def test_a_remark_in_brackets_is_no_byline() -> None:
    assert kinds("标题在这里", BODY, "（热烈鼓掌）", BODY) == ["headline", "body", "body", "body"]


LINES = st.lists(
    st.sampled_from(
        [
            *("", " ", "，", "上", "AI", BODY, BODY[:-1], BODY[5:20], "本报讯 " + BODY),
            *("标题", "——副题", "一、产业", "两会剪影", "记者 王小明", "（王小明）", "李大山 摄影报道"),
            "（2024年1月9日通过）",
        ]
    )
    | st.text(max_size=30).map(lambda text: text.replace("\n", "").replace("\r", "")),
    max_size=12,
)


@given(LINES)
def test_nothing_is_lost_and_nothing_invented(lines: list[str]) -> None:
    text = "".join(piece.text for article in lay_out(lines, SEGMENTER) for piece in article.pieces)
    assert "".join(text.split()) == "".join("".join(lines).split())


@given(LINES)
def test_every_line_with_text_lies_in_exactly_one_piece(lines: list[str]) -> None:
    articles: list[Article] = lay_out(lines, SEGMENTER)
    covered = [
        number
        for article in articles
        for piece in article.pieces
        for number in range(piece.first, piece.last + 1)
        if lines[number - 1].strip()
    ]
    assert covered == [number for number, line in enumerate(lines, start=1) if line.strip()]


def test_lines_that_a_list_announces_are_no_headings() -> None:
    lines = ("标题在这里", BODY, "向大会致贺的有：", "甲国总统 王某某", "乙国总理 李某某", BODY)
    assert kinds(*lines) == ["headline", "body", "body", "body", "body", "body"]


def test_cells_of_a_table_are_no_headings() -> None:
    cells = ("年度", "预算金额", "执行率", "甲项目", "12", "乙项目", "合计")
    assert kinds("标题在这里", BODY, *cells, BODY) == ["headline", *["body"] * 9]


def test_a_long_line_without_an_end_is_a_heading_where_sentences_stand_around_it() -> None:
    long = "形成保护合力，遏制侵权违法行为，完善各项制度建设，开创工作新局面，迈上发展新台阶"
    assert kinds("标题在这里", BODY, long, BODY) == ["headline", "body", "section", "body"]


def test_a_long_line_below_the_headline_belongs_to_it() -> None:
    long = "表决通过新修订的某某法和某某条例等多项决定，任命王某某为某某部部长，还审议了多个文件"
    assert kinds("标题在这里", long, BODY) == ["headline", "subheadline", "body"]


def test_the_lines_of_a_wrapped_page_are_joined() -> None:
    text = "主席我现在简述这份文件的内容希望各位认真考虑这项建议并且予以支持因为它关系到大家的利益" * 9
    lines = [text[at : at + 30] for at in range(0, len(text), 30)]
    assert pieces("标题在这里", *lines[:-1], lines[-1] + "。") == [
        ("headline", "标题在这里"),
        ("body", text + "。"),
    ]


def test_a_quotation_that_a_line_break_cut_is_joined() -> None:
    assert (
        len(pieces("会议有几项议程。", "九、函送检测方法「物质中元素检测方法", "（第三版）」，请查照案。"))
        == 2
    )


def test_items_with_marks_and_no_text_below_are_no_headings() -> None:
    items = ("（一）严格预算执行", "（二）盘活存量资金", "（三）加强绩效管理")
    assert kinds("标题在这里", BODY, "主要任务是：", *items, BODY) == ["headline", *["body"] * 6]
    parts = ("（一）严格预算执行", BODY, "（二）盘活存量资金", BODY)
    assert kinds("标题在这里", BODY, "主要任务是：", *parts)[3:] == ["section", "body", "section", "body"]


def test_a_number_with_its_unit_is_no_heading() -> None:
    assert kinds("标题在这里", BODY, "5418.9亿元", BODY) == ["headline", "body", "body", "body"]


def test_a_plan_may_be_a_headline() -> None:
    assert kinds("某某县发展规划纲要", BODY) == ["headline", "body"]
