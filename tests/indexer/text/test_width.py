"""The width of a text on a terminal, in columns."""

from __future__ import annotations

import pytest
from wcwidth import wcswidth

from indexer.text.width import width_of


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("AI 1", 4),
        ("低空AI", 6),
        ("ＡＩ，。", 8),
        ("“·”…", 4),  # of ambiguous width: narrow, as terminals print them
        ("e\u0301", 1),
        ("太\u200b原", 4),
        ("한국", 4),
        ("🚁", 2),
    ],
)
def test_wide_characters_take_two_columns_and_invisible_ones_none(text: str, columns: int) -> None:
    assert width_of(text) == columns == wcswidth(text)


def test_control_characters_take_no_column() -> None:
    assert width_of("\x1b\n\t") == 0
