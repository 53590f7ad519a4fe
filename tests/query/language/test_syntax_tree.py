"""Syntax trees: their leaves, and what is made of them."""

from __future__ import annotations

import pytest

from indexer.text.folding import Folded
from query.language.parser import parse
from query.language.syntax_tree import (
    EVERYTHING,
    And,
    Or,
    SessionName,
    Text,
    any_of,
    leaves,
    map_leaves,
    replace_near,
)


def text(name: str) -> Text:
    return Text(name, name)


def test_leaves_are_all_texts_outside_of_not_each_once() -> None:
    assert leaves(parse("甲 (乙 OR 甲) 丙 NEAR 丁 -戊 topic:己")) == tuple(map(text, "甲乙丙丁"))
    assert leaves(EVERYTHING) == ()


@pytest.mark.parametrize(
    ("negated", "query"), [(False, "甲甲 (乙乙 OR 丙丙) -丁"), (True, "甲甲 (乙乙 OR 丙丙) -丁丁")]
)
def test_leaves_are_changed_and_those_inside_not_only_where_told(negated: bool, query: str) -> None:  # noqa: FBT001 - a case
    changed = map_leaves(parse("甲 (乙 OR 丙) -丁"), lambda leaf: text(leaf.text * 2), negated=negated)
    assert changed == parse(query)


def test_a_text_beside_near_becomes_all_that_it_is_changed_to() -> None:
    changed = map_leaves(parse("甲 NEAR/3 乙"), lambda leaf: any_of([leaf, text("丙")]))
    assert changed == parse("(甲 OR 丙) NEAR/3 (乙 OR 丙)")


def test_near_is_replaced_by_and() -> None:
    assert replace_near(parse("甲 NEAR/3 (乙 OR 丙) OR 丁")) == Or((parse("甲 (乙 OR 丙)"), text("丁")))


def test_any_of_some_trees_is_one_or_of_all_their_alternatives() -> None:
    assert any_of([parse("甲 OR 乙"), text("乙"), parse("甲 丙")]) == Or(
        (text("甲"), text("乙"), And((text("甲"), text("丙"))))
    )
    assert any_of([text("甲"), text("甲")]) == text("甲")


def test_a_session_is_highlighted_in_every_spelling() -> None:
    printed = "市政协十四届四次会议和市十五届人大五次会议"
    spans = SessionName("政协第十四届太原市委员会第四次会议").spans(Folded.of(printed))
    assert [printed[start:end] for start, end in spans] == ["市政协十四届四次会议"]
