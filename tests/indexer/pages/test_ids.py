"""Ids of paragraphs: from content, the same in every build."""

from __future__ import annotations

import re

from indexer.pages.ids import Ids, is_given_id


def test_an_id_depends_on_source_kind_and_text_alone() -> None:
    id_ = Ids("a.txt").make("body", "要加快发展。")
    after_another = Ids("a.txt")
    after_another.make("body", "大家都同意。")
    assert after_another.make("body", "要加快发展。") == id_
    assert Ids("b.txt").make("body", "要加快发展。") != id_
    assert Ids("a.txt").make("headline", "要加快发展。") != id_


def test_equal_paragraphs_are_numbered() -> None:
    ids = Ids("a.txt")
    assert ids.make("body", "同意。") != ids.make("body", "同意。")


def test_an_id_that_was_made_is_not_a_given_one() -> None:
    assert not is_given_id(Ids("a.txt").make("body", "同意。"))
    assert is_given_id("x-1")


def test_no_id_is_a_number_that_a_spreadsheet_would_write_otherwise() -> None:
    ids = Ids("a.txt")
    made = [ids.make("body", str(number)) for number in range(20_000)]
    assert len({*made}) == len(made)
    assert not any(re.fullmatch(r"\d+(e\d+)?", id_) for id_ in made)
    assert not any(map(is_given_id, made))
