"""Folding: which texts are equal, and the offsets that lead back to the original."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.folding import DECIMAL_POINT, Folded, find_units, fold, join_pair, units

MIXED = st.text(alphabet=st.sampled_from("太原臺灣市委AIａｉＩ12２,.㎡①½²ﬁé́ \u3000\u200b—–·‧，“”。ß高雪🚁"))


def join(parts: list[str]) -> str:
    text = "".join(parts[:1])
    for left, right in pairwise(parts):
        text = text.removesuffix(left) + join_pair(left, right)
    return text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＩ", "ai"),
        ("２月２６日", "2月26日"),
        ("臺灣縣議會", "台湾县议会"),
        ("高 雪", "高雪"),
        ("高\u3000雪", "高雪"),
        ("阿衣木沙‧托合塔洪", "阿衣木沙·托合塔洪"),
        ("2024–2025", "2024-2025"),
        ("两会——侧记", "两会－－侧记"),
        ("太\u200b原", "太原"),
        ("㎡", "m2"),
        ("⽔利", "水利"),
        ("大⻛⻋", "大风车"),
        ("ﬁn", "FIN"),
        ("e\u0301", "é"),
        ("葛\U000e0100", "葛"),
        ("New  York", "new york"),
        ("AI\t\ufeffOK", "AI OK"),
        ("ｶﾞ", "ガ"),
    ],
)
def test_spellings_of_one_thing_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("needle", "haystack"),
    [
        ("AI", "MAIN"),
        ("2月", "12月"),
        ("newyork", "New York"),
        ("122", "①22"),
        ("太原", "太谷原"),
    ],
)
def test_a_part_of_a_run_is_not_found(needle: str, haystack: str) -> None:
    assert find_units(fold(needle), fold(haystack)) == []


@pytest.mark.parametrize(
    ("needle", "haystack"),
    [
        ("AI", "开展AI互动"),
        ("2月", "12月和2月"),
        ("5A级", "国家5A级景区"),
        ("2025年", "①2025年"),
        ("100", "100㎡"),
        ("新动能 澎湃", "新动能澎湃"),
    ],
)
def test_a_whole_run_is_found_anywhere_in_the_text(needle: str, haystack: str) -> None:
    assert len(find_units(fold(needle), fold(haystack))) == 1


def test_units_are_runs_and_single_characters() -> None:
    assert units(fold("“AI+”占78.10%")) == ["“", "ai", "+", "”", "占", f"78{DECIMAL_POINT}10", "%"]


@pytest.mark.parametrize(
    ("needle", "haystack", "count"),
    [
        ("5%", "增长6.5%左右", 0),
        ("6", "增长6.5%左右", 0),
        ("6.5%", "增长6.5%左右", 1),
        ("3万亩", "面积3.3万亩", 0),
        ("2億5000萬元", "計2億5,000萬元", 1),
        ("2億5,000萬元", "计2亿5000万元", 1),
        ("1234567", "共1,234,567人", 1),
        ("234", "共1,234,567人", 0),
        ("2025年", "3.2025年工作", 1),
        ("2025", "2025.2.26", 1),
        ("乙", "甲1，2乙", 1),
        ("1234", "增加，1,234人", 1),
        ("1234", "投资1,234，2025年完成", 1),
        ("1234", "汇率为7.1234", 0),
        ("7.1234", "汇率为7.1234", 1),
    ],
)
def test_a_number_is_found_as_a_whole(needle: str, haystack: str, count: int) -> None:
    assert len(find_units(fold(needle), fold(haystack))) == count


def test_the_span_of_a_number_has_its_commas() -> None:
    text = "計2億5,000萬元"
    ((start, end),) = Folded.of(text).spans(fold("5000萬"))
    assert text[start:end] == "5,000萬"


def test_white_space_keeps_two_runs_apart() -> None:
    assert units(fold("New York 12 34年")) == ["new", "york", "12", "34", "年"]


def test_spans_lead_back_to_the_original_where_folding_changes_lengths() -> None:
    text = "约 100㎡的 ﬁne 场地……"
    spans = Folded.of(text).spans(fold("fine场地..."))
    assert [text[start:end] for start, end in spans] == ["ﬁne 场地…"]


@given(st.text() | MIXED)
def test_both_ways_of_folding_agree(text: str) -> None:
    assert Folded.of(text).text == fold(text)


@given(st.text() | MIXED)
def test_every_folded_character_has_its_offsets_in_the_text(text: str) -> None:
    folded = Folded.of(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert folded.starts == sorted(folded.starts)


@given(st.text() | MIXED)
def test_units_joined_pair_by_pair_are_the_folded_text(text: str) -> None:
    assert join(units(fold(text))) == fold(text)


@given(st.text() | MIXED, st.data())
def test_a_part_between_two_units_is_found_where_it_was_cut_out(text: str, data: st.DataObject) -> None:
    parts = units(fold(text))
    first = data.draw(st.integers(0, len(parts)))
    last = data.draw(st.integers(first, len(parts)))
    needle = join(parts[first:last])
    assert not needle or find_units(needle, fold(text))


@given(MIXED)
def test_the_text_of_a_span_folds_to_what_was_looked_for(text: str) -> None:
    folded = Folded.of(text)
    for unit in set(units(folded.text)):
        for start, end in folded.spans(unit):
            assert unit in fold(text[start:end])
