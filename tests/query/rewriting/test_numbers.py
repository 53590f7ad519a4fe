"""Numbers in digits and in words."""

from __future__ import annotations

import pytest

from indexer.text.folding import fold
from query.rewriting.numbers import number_spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("百分之五", "5%"),
        ("百分之四点五", "4.5%"),
        ("20大", "二十大"),
        ("1200万", "一千二百万"),
        ("105次", "一百零五次"),
        ("第10届", "第十届"),
        ("2008年", "二千零八年"),
    ],
)
def test_a_number_is_written_both_ways(one: str, other: str) -> None:
    assert fold(other) in number_spellings(fold(one))
    assert fold(one) in number_spellings(fold(other))


@pytest.mark.parametrize("text", ["一带一路", "十分重要", "三农", "低空经济", "007号", "123456"])
def test_what_counts_nothing_is_written_one_way(text: str) -> None:
    assert number_spellings(fold(text)) == ()
