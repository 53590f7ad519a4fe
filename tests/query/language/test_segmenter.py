"""The words of a query, cut by the dictionary of an index and by the words that it learned."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import build_index
from query import Index, open_index
from tests.conftest import MakeSeeds


def test_texts_are_cut_as_the_index_is_and_questions_into_words_side_by_side(page: Index) -> None:
    assert [*page.segmenter.search_words("科学技术人员")] == ["科学", "技术", "科学技术", "人员"]
    assert [*page.segmenter.question_words("科学技术人员")] == ["科学技术", "人员"]


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("经济", True),
        ("人民代表大会", True),
        ("2025", True),
        ("zqxw", True),
        ("经", False),
        ("a", False),
        ("经甲", False),
    ],
)
def test_a_word_is_known_by_a_list_or_by_being_a_number_or_latin(page: Index, word: str, known: bool) -> None:  # noqa: FBT001 - a case
    assert page.segmenter.is_known(word) is known


def test_only_questions_are_cut_by_learned_words(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": "甲处的标题\n\n大家办好「一老一小驿站」，办好「一老一小驿站」。\n"})
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert index.segmenter.is_known("一老一小驿站")
        assert "一老一小驿站" in index.segmenter.question_words("办好一老一小驿站")
        assert "一老一小驿站" not in index.segmenter.search_words("办好一老一小驿站")
