"""The kind of a document, from its title, its shape and what is said in it: made-up pages."""

from __future__ import annotations

import pytest

from indexer.pages.document_type import official_type
from indexer.pages.page import read_page
from tests.conftest import SEGMENTER

SENTENCE = "这里有一段话，说的是产业、人才和资金，讲得十分明白。"


def types(*lines: str) -> set[str | None]:
    return {each.document_type for each in read_page("\n\n".join(lines), "a.txt", SEGMENTER)}


@pytest.mark.parametrize(
    ("title", "kind"),
    [("某某会议政治决议", "决议"), ("政府工作报告", "报告"), ("讨论关于某事的报告", None), (None, None)],
)
def test_a_document_names_its_type_at_the_end_of_its_title(title: str | None, kind: str | None) -> None:
    assert official_type(title) == kind


@pytest.mark.parametrize("title", ["某某会議議事錄", "某某会议议事录"])
def test_a_type_is_written_in_one_script(title: str) -> None:
    assert official_type(title) == "议事录"


def test_who_asks_and_who_answers_make_an_interview() -> None:
    questions = ("记者：产业怎样发展？", "王小明：加快升级。", "记者：人才从哪里来？", "王小明：靠培养。")
    assert types("谈产业发展", SENTENCE, *questions) == {"答问"}


def test_turns_of_many_make_a_transcript() -> None:
    turns = (
        "主席：现在开会。",
        "王小明委员：我有异议。",
        "主席：请说。",
        "李大山委员：我也有。",
        "主席：散会。",
    )
    assert types("某某会第三次会议", *turns) == {"速记"}


def test_the_head_of_a_record_makes_minutes() -> None:
    head = ("时　　间　2013年5月8日", "出席委员　王小明　李大山　张小红")
    assert types("某某会第3次会议议事录", *head, "报告事项", SENTENCE) == {"议事录"}


def test_most_lines_being_names_make_a_list() -> None:
    assert types(
        "致贺名单一览", "向大会致贺的有：", "甲国总统 王某某", "乙国总理 李某某", "丙国议长 张某某"
    ) == {"名单"}


def test_what_others_say_in_the_words_of_a_reporter_makes_news() -> None:
    assert types("甲区两建议", "王小明委员表示，加快发展产业。", SENTENCE) == {"报道"}


def test_who_delivers_a_speech_makes_a_speech() -> None:
    lines = (
        "在某某会闭幕会上的讲话",
        "——2015年3月5日在某某市第十二届人民代表大会第三次会议上",
        "王小明",
        SENTENCE,
    )
    assert types(*lines) == {"讲话"}


def test_an_essay_has_no_type() -> None:
    assert types("产业与人才", SENTENCE) == {None}
