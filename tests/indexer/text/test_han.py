"""The classes of Han characters."""

from __future__ import annotations

import re

import pytest

from indexer.text.han import BMP_HAN, FIRST_HAN, HAN


@pytest.mark.parametrize("char", ["一", "太", "鿿", FIRST_HAN, "䶮"])
def test_an_ideograph_below_u10000_is_in_both_classes(char: str) -> None:
    assert re.fullmatch(HAN, char)
    assert re.fullmatch(BMP_HAN, char)


@pytest.mark.parametrize("char", ["〇", "𠮷", "\U000323af"])
def test_zero_and_the_ideographs_above_are_in_the_class_of_all(char: str) -> None:
    assert re.fullmatch(HAN, char)
    assert not re.fullmatch(BMP_HAN, char)


@pytest.mark.parametrize("char", ["a", "1", "。", "○", "⼀", "ア", "한", "\u3000"])
def test_no_other_character_is_a_han_character(char: str) -> None:
    assert not re.fullmatch(HAN, char)
