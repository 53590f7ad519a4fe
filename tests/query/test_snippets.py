"""Snippets end where sentences end, hold the matches, and never cut one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from query.language.parser import QueryError, parse, quote
from query.language.syntax_tree import leaves
from query.snippets import densest_snippet, find_highlights

TEXT = "第一句没有它。第二句有低空经济，也有人才。第三句又有低空经济。第四句也没有它。"


def cut(text: str, query: str, length: int) -> str:
    start, end = densest_snippet(text, find_highlights(text, leaves(parse(query))), length)
    return text[start:end]


def texts_highlighted(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in find_highlights(text, leaves(parse(query)))]


def test_the_sentence_with_most_matches_is_shown() -> None:
    assert cut(TEXT, "低空经济 人才", 20) == "第二句有低空经济，也有人才。"


def test_as_many_sentences_as_fit_are_shown() -> None:
    assert cut(TEXT, "低空经济", 30) == "第二句有低空经济，也有人才。第三句又有低空经济。"


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert cut("他说：“要加快发展。”她说：“好。”", "加快", 12) == "他说：“要加快发展。”"


def test_a_long_sentence_is_cut_at_its_commas() -> None:
    assert cut("一二三四五六，七八九十甲乙，丙丁戊己庚辛。", "甲乙", 8) == "七八九十甲乙，"


def test_a_match_across_a_full_stop_is_not_cut() -> None:
    assert cut("头一句话。尾一句话。", '"话。尾"', 5) == "头一句话。尾一句话。"


def test_a_text_without_an_end_keeps_its_last_character() -> None:
    assert cut("第一句。没有句号的结尾", "结尾", 10) == "没有句号的结尾"


def test_overlapping_matches_are_highlighted_once() -> None:
    assert texts_highlighted("低空经济产业", "低空经济 经济产业") == ["低空经济产业"]


def test_a_highlight_covers_the_original_text() -> None:
    assert texts_highlighted("ＡＩ 和 AI，㎡", "ai m2") == ["ＡＩ", "AI", "㎡"]


@given(st.text(alphabet="低空经济人才，。！”A1 ", min_size=1), st.data(), st.integers(1, 40))
def test_a_snippet_holds_a_match_and_cuts_none(text: str, data: st.DataObject, length: int) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    try:
        asked = leaves(parse(quote(text[start:end])))
    except QueryError:
        return
    spans = find_highlights(text, asked)
    first, last = densest_snippet(text, spans, length)
    assert 0 <= first <= last <= len(text)
    assert not any(a < first < b or a < last < b for a, b in spans)
    assert not spans or any(first <= a and b <= last for a, b in spans)
