"""Lexer: the tokens of a query, each with its position."""

from __future__ import annotations

import pytest

from query.language.lexer import QueryError, Token, tokenize
from query.language.parser import parse
from query.language.syntax_tree import Near, Text


@pytest.mark.parametrize(
    ("query", "tokens"),
    [
        ("甲 乙", [("text", "甲", 0), ("text", "乙", 2)]),
        ("“甲 乙”丙", [("phrase", "甲 乙", 0), ("text", "丙", 5)]),
        ('"5"" 屏"', [("phrase", '5" 屏', 0)]),
        (
            "（甲|乙）",
            [("open", "（", 0), ("text", "甲", 1), ("or", "|", 2), ("text", "乙", 3), ("close", "）", 4)],
        ),
        ("-甲 - 乙-丙", [("not", "-", 0), ("text", "甲", 1), ("text", "-", 3), ("text", "乙-丙", 5)]),
        (
            "甲 ＡＮＤ NOT 乙",
            [("text", "甲", 0), ("and", "ＡＮＤ", 2), ("not", "NOT", 6), ("text", "乙", 10)],
        ),
        ("甲 NEAR/3 乙", [("text", "甲", 0), ("near", "NEAR/3", 2), ("text", "乙", 9)]),
        ("发言人：甲", [("field", "发言人", 0), ("text", "甲", 4)]),
        ("topic: 甲", [("field", "topic", 0), ("text", "甲", 7)]),
        ("强调：甲", [("text", "强调：甲", 0)]),
    ],
)
def test_a_query_is_split_into_tokens_with_their_positions(
    query: str, tokens: list[tuple[str, str, int]]
) -> None:
    assert [(token.kind, token.text, token.position) for token in tokenize(query)] == tokens


def test_empty_brackets_and_texts_that_fold_to_nothing_are_left_out() -> None:
    assert tokenize("甲（（）） “ ” \u200b") == [Token("text", "甲", 0)]


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("低空 NEAR/x 人才", 3),
        ("低空 NEAR/ 人才", 3),
        ("低空 NEAR/99999 人才", 3),
        ("低空 NEAR/-1 人才", 3),
        ("低空 NEAR/5人才", 3),
        ("低空 NEAR/5/5 人才", 3),
        ("低空 ＮＥＡＲ／ｘ 人才", 3),
        ("低空 ＮＥＡＲ／ 人才", 3),
        ("低空 NEAR/“5” 人才", 3),
        ("低空 NEAR/3 人才 NEAR/x 引进", 13),
        ("低空 NEAR/x", 3),
        ("NEAR/x", 0),
        ("NEAR/x 人才", 0),
    ],
)
def test_a_near_without_a_number_behind_its_slash_is_shown_at_its_place(query: str, position: int) -> None:
    with pytest.raises(QueryError, match="behind NEAR/ stands a number up to 9999; write NEAR/10") as caught:
        parse(query)
    assert caught.value.position == position


def test_what_looks_like_a_near_and_is_quoted_or_in_small_letters_is_a_text() -> None:
    assert parse('"NEAR/x"') == Text("NEAR/x", "near/x", literal=True)
    assert parse("near/x") == Text("near/x", "near/x")
    assert parse("OR/x") == Text("OR/x", "or/x")
    assert parse("甲 NEAR/0 乙") == parse("甲 ＮＥＡＲ／０ 乙") == near("甲", "乙", 0)
    assert parse("甲 NEAR/9999 乙") == near("甲", "乙", 9999)


def near(left: str, right: str, within: int) -> Near:
    return Near((Text(left, left),), (Text(right, right),), within)


def test_near_in_small_letters_is_a_word() -> None:
    assert parse("near") == Text("near", "near")
