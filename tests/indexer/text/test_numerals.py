"""Numerals: Chinese and Arabic ones have the same values."""

from __future__ import annotations

import re

import pytest

from indexer.text.numerals import NUMERAL, parse_numeral

VALUES = [
    *(("0", 0), ("14", 14), ("１４", 14), ("007", 7)),
    *(("零", 0), ("九", 9), ("十", 10), ("十四", 14), ("二十", 20), ("二十一", 21)),
    *(("百", 100), ("一百零二", 102), ("三百二十一", 321), ("九百九十九", 999)),
    *(("二〇", 20), ("一九四", 194), ("一〇二", 102)),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_a_numeral_has_its_value(text: str, value: int) -> None:
    assert parse_numeral(text) == value


@pytest.mark.parametrize("text", [text for text, _ in VALUES])
def test_the_pattern_matches_a_whole_numeral(text: str) -> None:
    assert re.fullmatch(NUMERAL, text)


@pytest.mark.parametrize("text", ["", "两", "第十", "1234", "一二三四五六七"])
def test_the_pattern_matches_nothing_else(text: str) -> None:
    assert not re.fullmatch(NUMERAL, text)


def test_a_character_that_no_numeral_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        parse_numeral("两百")
