"""What the user types: leaves, phrases, and errors that show the place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.folding import fold
from query.language.parser import MAX_DEPTH, MAX_POSITIONAL, MAX_QUERY_LENGTH, QueryError, parse, quote
from query.language.syntax_tree import (
    Abbreviation,
    And,
    Field,
    Near,
    Not,
    Numeral,
    Or,
    SessionName,
    Text,
    Tree,
    Wildcards,
    leaves,
)


def texts(query: str) -> list[str]:
    return [leaf.text for leaf in leaves(parse(query))]


def shown(tree: Tree) -> str:
    """Write a tree with every bracket that it has."""
    match tree:
        case Text() | Wildcards() | SessionName() | Abbreviation() | Numeral():
            return tree.text
        case Near():
            sides = ("+".join(part.text for part in side) for side in (tree.left, tree.right))
            return f" ~{tree.within} ".join(sides)
        case Field():
            return f"{tree.name}={tree.text}"
        case And():
            return f"({' & '.join(map(shown, tree.parts))})"
        case Or():
            return f"({' | '.join(map(shown, tree.parts))})"
        case Not():
            return f"!{shown(tree.part)}"
    raise AssertionError(tree)


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
        ("推进“低空「经济」发展”", ["推进", "低空「经济」发展"]),
        ("“推进「低空经济」发展”", ["推进「低空经济」发展"]),
        ("「推进“低空经济”发展」", ["推进“低空经济”发展"]),
        ("“推进“低空经济”发展”", ["推进“低空经济”发展"]),
        ('"推进“低空"经济', ["推进“低空", "经济"]),
        ('“5"屏”', ['5"屏']),
    ],
)
def test_blanks_separate_leaves_and_quotes_keep_them_together(query: str, leaves: list[str]) -> None:
    assert texts(query) == leaves


@pytest.mark.parametrize("query", ["", "  ", "\u3000", '""', "“ ”", "\u200b", "“", '"', "”“", " 」 "])
def test_an_empty_query_is_an_error(query: str) -> None:
    with pytest.raises(QueryError, match="empty"):
        parse(query)


@pytest.mark.parametrize("query", ["，", "。！", '"……"', "- ·"])
def test_a_query_of_only_punctuation_is_an_error(query: str) -> None:
    with pytest.raises(QueryError, match="only punctuation"):
        parse(query)


def test_an_open_bracket_is_shown_with_a_caret_under_its_place() -> None:
    with pytest.raises(QueryError) as caught:
        parse("低空 （经济")
    assert caught.value.position == 3
    message, query, caret = str(caught.value).split("\n")
    assert "never closed" in message
    assert query == "  低空 （经济"
    assert caret == "  " + " " * 5 + "^"  # two wide characters and a blank before it


def test_a_query_has_a_greatest_length() -> None:
    assert texts("低" * MAX_QUERY_LENGTH) == ["低" * MAX_QUERY_LENGTH]
    with pytest.raises(QueryError, match=str(MAX_QUERY_LENGTH)):
        parse("低" * (MAX_QUERY_LENGTH + 1))


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
        tree = parse(quote(text))
    except QueryError:
        return
    assert tree == Text(text, fold(text), literal=True)


def test_bytes_that_are_no_text_are_an_error() -> None:
    with pytest.raises(QueryError, match="no text"):
        parse("低空\udcff")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("甲 OR 乙", "(甲 | 乙)"),
        ("甲 ＯＲ 乙", "(甲 | 乙)"),
        ("甲｜乙", "(甲 | 乙)"),
        ("甲|乙|丙", "(甲 | 乙 | 丙)"),
        ("甲 AND 乙", "(甲 & 乙)"),
        ("甲 乙 OR 丙", "((甲 & 乙) | 丙)"),
        ("甲 (乙 OR 丙)", "(甲 & (乙 | 丙))"),
        ("甲（乙｜丙）", "(甲 & (乙 | 丙))"),
        ("甲 -乙", "(甲 & !乙)"),
        ("甲 －乙", "(甲 & !乙)"),
        ("甲 NOT 乙", "(甲 & !乙)"),
        ("-(甲 乙)", "!(甲 & 乙)"),
        ("NOT NOT 甲", "!!甲"),
        ('-"甲 乙"', "!甲 乙"),
        ("2025-02", "2025-02"),
        ("甲 - 乙", "(甲 & - & 乙)"),
        ("甲-乙", "甲-乙"),
        ("or Or 甲", "(or & Or & 甲)"),
        ('"甲 OR 乙"', "甲 OR 乙"),
        ('"speaker:甲"', "speaker:甲"),
        ("speaker:张某 甲", "(speaker=张某 & 甲)"),
        ("发言人：张某", "speaker=张某"),
        ("发言人：“张 某”", "speaker=张 某"),
        ("ＳＰＥＡＫＥＲ：张某", "speaker=张某"),
        ("date:2025-02..", "date=2025-02.."),
        ("-话题：教育 甲", "(!topic=教育 & 甲)"),
        ("强调：要实干", "强调：要实干"),
        ("甲 ()", "甲"),
        ("某大道（）至某大道（（））", "(某大道 & 至某大道)"),
        ("10:30", "10:30"),
    ],
)
def test_operators_and_fields_are_understood(query: str, tree: str) -> None:
    assert shown(parse(query)) == tree


@pytest.mark.parametrize(
    ("query", "position", "message"),
    [
        ("甲 OR", 2, "OR has nothing beside it"),
        ("OR 甲", 0, "OR has nothing beside it"),
        ("甲 OR OR 乙", 2, "OR has nothing beside it"),
        ("甲 NOT", 2, "NOT has nothing beside it"),
        ("AND", 0, "AND has nothing beside it"),
        ("(甲", 0, "never closed; add \\)"),
        ("甲（乙", 1, "never closed; add ）"),
        ("甲)", 1, "nothing was opened"),
        ("甲 (OR)", 2, r"\( has nothing beside it"),
        ("speaker:", 0, "has no value"),
        ("甲 发言人： OR 乙", 2, "has no value"),
    ],
)
def test_what_cannot_be_understood_is_shown_at_its_place(query: str, position: int, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        parse(query)
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("甲 NEAR", 2),
        ("NEAR 甲", 0),
        ("(甲 乙) NEAR 丙", 6),
        ("甲 NEAR -乙", 2),
        ("甲 NEAR 话题：乙", 2),
        ("甲 NEAR/3 OR", 2),
    ],
)
def test_near_without_a_text_beside_it_is_shown_at_its_place(query: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.position == position


def test_brackets_have_a_greatest_depth() -> None:
    assert texts("(" * MAX_DEPTH + "甲" + ")" * MAX_DEPTH) == ["甲"]
    with pytest.raises(QueryError, match=str(MAX_DEPTH)):
        parse("(" * 5_000)
    with pytest.raises(QueryError, match=str(MAX_DEPTH)):
        parse("-(" * 2_000)


def test_wildcards_and_nears_have_a_greatest_number() -> None:
    assert len(texts(" ".join(f"甲{number}*" for number in range(MAX_POSITIONAL)))) == MAX_POSITIONAL
    with pytest.raises(QueryError, match=str(MAX_POSITIONAL)):
        parse(" OR ".join(["甲*乙"] * (MAX_POSITIONAL + 1)))
    with pytest.raises(QueryError, match=str(MAX_POSITIONAL)):
        parse(" NEAR ".join(["甲"] * (MAX_POSITIONAL + 2)))


def test_what_not_excludes_is_no_leaf() -> None:
    assert texts("甲 -乙 OR (丙 NOT 丁)") == ["甲", "丙"]


@given(st.text('甲乙 ()（）-|｜"“”:：ANDORT speaker发言人\u3000', max_size=40))
def test_any_mix_of_operators_is_a_query_or_an_error_with_a_place(query: str) -> None:
    try:
        position = 0 if parse(query) else -1
    except QueryError as error:
        position = error.position
    assert 0 <= position <= len(query)
