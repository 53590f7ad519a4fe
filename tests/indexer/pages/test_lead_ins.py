"""Lead-ins of enumerations, and the items that they announce: made-up pieces."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.models import Kind
from indexer.pages.lead_ins import find_lead_ins
from indexer.pages.page import read_page
from indexer.pages.piece import Piece
from tests.conftest import SEGMENTER

GOALS = "今年的主要预期目标是："
SENTENCE = "这里有一段话，说的是产业、人才和资金，讲得十分明白。"


def leads(texts: Sequence[str], kind: Kind = "body") -> list[str | None]:
    return find_lead_ins([Piece(kind, text, at, at) for at, text in enumerate(texts, start=1)])


def test_items_go_on_while_they_end_in_a_semicolon() -> None:
    assert leads([GOALS, "甲增长5%；", "乙增长3%；", "丙有所改善。", SENTENCE]) == [
        None,
        GOALS,
        GOALS,
        GOALS,
        None,
    ]


def test_numbered_items_go_on_while_the_numbers_are_of_one_style() -> None:
    assert leads([GOALS, "（一）发展甲。", "（二）发展乙。", SENTENCE]) == [None, GOALS, GOALS, None]


def test_an_item_may_lead_in_items_of_its_own() -> None:
    inner = "二、完成以下任务："
    found = leads([GOALS, "一、发展甲。", inner, "1.做这个。", "2.做那个。", "三、发展丙。"])
    assert found == [None, GOALS, GOALS, inner, inner, GOALS]


def test_only_the_first_paragraph_is_announced_where_nothing_shows_more() -> None:
    assert leads(["物价上涨有多方面的因素：", SENTENCE, SENTENCE]) == [None, "物价上涨有多方面的因素：", None]


def test_a_salutation_a_turn_and_the_opening_of_news_announce_nothing() -> None:
    for line in ("各位代表：", "甲省政协主席王小明委员：", "答：", "甲台消息（新闻联播）："):
        assert leads([line, SENTENCE]) == [None, None]


def test_a_heading_ends_an_enumeration() -> None:
    pieces = [Piece("body", GOALS, 1, 1), Piece("section", "二、工作", 2, 2), Piece("body", SENTENCE, 3, 3)]
    assert find_lead_ins(pieces) == [None, None, None]


def test_a_paragraph_carries_its_lead_in_and_keeps_its_own_words() -> None:
    page = f"某某报告\n\n{SENTENCE}\n\n{GOALS}\n\n甲增长5%；\n\n乙增长3%。\n"
    read = [(each.text, each.lead) for each in read_page(page, "a.txt", SEGMENTER)][2:]
    assert read == [(GOALS, None), ("甲增长5%；", GOALS), ("乙增长3%。", GOALS)]
