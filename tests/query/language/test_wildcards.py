"""Wildcards and nearness: what the arrays find is what a plain scan of the folded texts finds."""

from __future__ import annotations

import pytest

from indexer.text.folding import Folded
from query.language.parser import QueryError, parse
from query.language.syntax_tree import Text, Wildcards
from query.language.wildcards import Pattern

TRIES = 300


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("张?敏", ["张艳敏"]),
        ("AI*", ["AIGC", "AI"]),
        ("专*新", ["专", "新"]),
        ("专精*", ["专精"]),
        ("202?年", ["2025年"]),
    ],
)
def test_what_a_wildcard_matched_is_highlighted(query: str, shown: list[str]) -> None:
    text = "张艳敏说，MAIN不是AIGC和AI。2025年，专精特新，12025年。"
    leaf = parse(query)
    assert isinstance(leaf, Text | Wildcards)
    assert [text[start:end] for start, end in leaf.spans(Folded.of(text))] == shown


def test_a_wildcard_that_asks_for_nothing_more_is_a_plain_text() -> None:
    assert parse("专精*") == Text("专精*", "专精")
    assert parse("什么？") == Text("什么？", "什么?")
    assert isinstance(parse("什么？？"), Wildcards)


@pytest.mark.parametrize("query", ["** OR 甲", "甲 **", "甲 ??", "甲 《*》", "*" * 30 + "甲"])
def test_wildcards_alone_are_an_error(query: str) -> None:
    with pytest.raises(QueryError, match="wildcards"):
        parse(query)


def test_many_wildcards_take_no_time() -> None:
    text = Folded.of("a" * 5_000 + "的" * 5_000)
    assert Pattern.parse("a*a*a*a*a*a*a*b").spans(text) == []
    assert Pattern.parse("的*的*的*的*的*的*是").spans(text) == []
