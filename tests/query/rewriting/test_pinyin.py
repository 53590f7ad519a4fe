"""Names by their sound: misspelt ones, and those given in pinyin."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import build_index
from query import Index, open_index
from query.rewriting.pinyin import PinyinNames
from tests.conftest import MakeSeeds


@pytest.mark.parametrize("query", ["pinyin:zhaomoulan", "ｐｉｎｙｉｎ：ZhaoMoulan", "拼音：“Zhao Mou Lan”"])
def test_pinyin_is_asked_for_as_a_field(small: Index, query: str) -> None:
    results = small.search(query)
    assert (results.rung, results.total) == ("exact", 2)  # what names her, and what she says
    assert [*results.meant.values()] == [("赵某兰",)]


def test_pinyin_that_spells_nobody_finds_nothing(small: Index) -> None:
    assert (small.search("pinyin:xiangmowanzi").total, small.search("xiangmowanzi").total) == (0, 0)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("赵谋兰", ("赵某兰",)),
        ("赵谋兰的提案", ("赵某兰",)),
        ("赵某兰", ()),  # it is no other name
        ("赵谋", ()),  # it is only a part of one
        ("兰", ()),
    ],
)
def test_names_of_the_same_sound_are_found_in_a_text(small: Index, text: str, names: tuple[str, ...]) -> None:
    assert PinyinNames(small.searcher, small.generation.sounds).sounding_like(text) == names


@pytest.mark.parametrize("letters", ["zhaomoulan", "Zhao Moulan", "ZHAO MOU LAN"])
def test_case_and_blanks_of_pinyin_do_not_matter(small: Index, letters: str) -> None:
    assert PinyinNames(small.searcher, small.generation.sounds).spelled(letters) == ("赵某兰",)


def test_a_part_of_the_pinyin_of_a_name_is_not_enough(small: Index) -> None:
    assert PinyinNames(small.searcher, small.generation.sounds).spelled("zhaomou") == ()


def test_a_name_whose_paragraphs_went_is_suggested_no_more(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    speaks = '{"text": "低空经济要发展。", "speakers": ["赵某兰"]}'
    seeds = make_seeds({"a.jsonl": speaks, "b.jsonl": '{"text": "教育是根本。"}'})
    build_index(seeds, tmp_path / "index")
    (seeds / "a.jsonl").unlink()
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert index.search("赵谋兰").suggestions == ()
        assert index.search("教育", speaker="赵谋兰").meant == {}
