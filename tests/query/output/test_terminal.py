"""Text on a terminal: line breaks, colours, and nothing that could steer it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.width import width_of
from query.output.terminal import Screen

PLAIN = Screen(20, colour=False)


def test_lines_are_broken_by_width_and_never_begin_with_a_comma() -> None:
    assert PLAIN.paragraph("一二三四五六七八九，十一二三四五六七八。", (), 2) == [
        "  一二三四五六七八",
        "  九，十一二三四五六",
        "  七八。",
    ]


def test_a_latin_word_is_not_broken() -> None:
    assert PLAIN.paragraph("一二三四五六七innovation八", (), 0) == ["一二三四五六七", "innovation八"]


def test_matches_stand_in_brackets_without_colour() -> None:
    assert PLAIN.paragraph("发展低空经济。", [(2, 6)], 0) == ["发展[低空经济]。"]


def test_matches_are_coloured_on_both_sides_of_a_line_break() -> None:
    lines = Screen(8, colour=True).paragraph("发展低空经济。", [(2, 6)], 0)
    assert lines == ["发展\x1b[1;33m低空\x1b[0m", "\x1b[1;33m经济\x1b[0m。"]


def test_two_parts_of_a_line_stand_at_its_ends() -> None:
    assert PLAIN.headline("1 ", "王小明", "2025-02-26") == ["1 王小明  2025-02-26"]
    assert PLAIN.headline("1 ", "王小明", "") == ["1 王小明"]


def test_what_does_not_fit_beside_stands_below() -> None:
    assert PLAIN.headline("1 ", "王小明、李大山", "2025-02-26") == ["1 王小明、李大山", "  2025-02-26"]


@given(st.text(alphabet="低空经济，。“”AI1 [", max_size=80), st.integers(12, 40))
def test_no_line_is_wider_than_the_screen_and_nothing_is_lost(text: str, width: int) -> None:
    lines = Screen(width, colour=False).paragraph(text, (), 2)
    chunks = re.findall(r"[A-Za-z0-9]+|[“\[]+|[，。”]+", text)
    widest = max([2 * len(chunk) for chunk in chunks], default=0) + 4
    assert all(width_of(line) <= max(width, 2 + widest) for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
