"""What the user types: leaves, phrases, and errors that show the place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query.language import LONGEST, QueryError, parse, quote


def texts(query: str) -> list[str]:
    return [leaf.text for leaf in parse(query)]


@pytest.mark.parametrize(
    ("query", "leaves"),
    [
        ("低空经济", ["低空经济"]),
        ("低空经济 人才", ["低空经济", "人才"]),
        ("低空经济\u3000人才", ["低空经济", "人才"]),
        (" 低空经济\t", ["低空经济"]),
        ('"低空 经济"', ["低空 经济"]),
        ("“低空 经济”", ["低空 经济"]),
        ("「低空 经济」", ["低空 经济"]),
        ("＂低空 经济＂", ["低空 经济"]),
        ("打造“天空之城”", ["打造", "天空之城"]),
        ('"“专精特新”企业"', ["“专精特新”企业"]),
        ('"5"" 屏"', ['5" 屏']),
        ("低空经济 低空经济", ["低空经济"]),
        ('"" 人才', ["人才"]),
        ("企业落地”", ["企业落地”"]),
    ],
)
def test_blanks_separate_leaves_and_quotes_keep_them_together(query: str, leaves: list[str]) -> None:
    assert texts(query) == leaves


@pytest.mark.parametrize("query", ["", "  ", "\u3000", '""', "“ ”", "\u200b"])
def test_an_empty_query_is_an_error(query: str) -> None:
    with pytest.raises(QueryError, match="empty"):
        parse(query)


@pytest.mark.parametrize("query", ["，", "。！", '"……"', "- ·"])
def test_a_query_of_only_punctuation_is_an_error(query: str) -> None:
    with pytest.raises(QueryError, match="only punctuation"):
        parse(query)


def test_an_open_quotation_is_shown_with_a_caret_under_its_place() -> None:
    with pytest.raises(QueryError) as caught:
        parse("低空 “经济")
    assert caught.value.position == 3
    message, query, caret = str(caught.value).split("\n")
    assert "never closed" in message
    assert query == "  低空 “经济"
    assert caret == "  " + " " * 5 + "^"  # two wide characters and a blank before it


def test_a_query_has_a_greatest_length() -> None:
    assert texts("低" * LONGEST) == ["低" * LONGEST]
    with pytest.raises(QueryError, match=str(LONGEST)):
        parse("低" * (LONGEST + 1))


@given(st.text())
def test_any_text_is_a_query_or_an_error_with_a_place(text: str) -> None:
    try:
        position = 0 if parse(text) else -1
    except QueryError as error:
        position = error.position
    assert 0 <= position <= len(text)


@given(st.text(min_size=1))
def test_a_quoted_text_is_taken_literally(text: str) -> None:
    try:
        leaves = parse(quote(text))
    except QueryError:
        return
    assert [leaf.text for leaf in leaves] == [text]


def test_bytes_that_are_no_text_are_an_error() -> None:
    with pytest.raises(QueryError, match="no text"):
        parse("低空\udcff")
