"""Texts and queries of an index are cut by the user's words, and the index knows which they were."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer import build_index
from indexer.analysis.dictionary import FrozenDictionary
from indexer.store.generations import current_generation
from indexer.store.manifest import read_manifest
from query import inspect, open_index, verify
from tests.conftest import Command, MakeSeeds

pytestmark = pytest.mark.slow

TEXT = "王小明委员建议，发展低空经济，培养专精特新企业。\n"


def is_term(index: Path, word: str) -> bool:
    """Tell whether a word is a term that the texts of an index are ranked by."""
    with open_index(index) as opened:
        return any(
            segment.postings("words").find(word.encode()) is not None for segment in opened.searcher.segments
        )


def test_texts_and_queries_are_cut_by_the_users_words_and_a_change_builds_anew(
    make_seeds: MakeSeeds, tmp_path: Path, lianghui: Command
) -> None:
    seeds, index = make_seeds({"a.txt": TEXT}), tmp_path / "index"
    build_index(seeds, index)
    assert not is_term(index, "专精特新")
    make_seeds({"words.txt": "专精特新\n"})
    assert lianghui("status").code == 1
    assert "words.txt was absent" in lianghui("search", "企业").err
    assert build_index(seeds, index).full
    assert is_term(index, "专精特新")
    with open_index(index) as opened:
        assert opened.search("专精特新企业").words[-2:] == ("专精特新", "企业")
        assert not opened.staleness.analysis_changes(thorough=True)
    (seeds / "words.txt").unlink()
    assert "words.txt was " in lianghui("search", "企业").err
    assert build_index(seeds, index).full
    assert not is_term(index, "专精特新")


def test_a_page_added_later_is_cut_by_the_users_words(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds, index = make_seeds({"a.txt": TEXT, "words.txt": "培养什么人\n"}), tmp_path / "index"
    build_index(seeds, index)
    make_seeds({"b.txt": "李大山代表建议，回答培养什么人的问题。\n"})
    assert not build_index(seeds, index).full
    assert is_term(index, "培养什么人")


def test_workers_cut_by_the_users_words(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    line = json.dumps({"text": TEXT + "发展。"}, ensure_ascii=False) + " " * 20_000 + "\n"
    seeds, index = make_seeds({"a.jsonl": line * 110, "words.txt": "专精特新\n"}), tmp_path / "index"
    assert (seeds / "a.jsonl").stat().st_size > 2 << 20
    build_index(seeds, index)
    assert is_term(index, "专精特新")
    assert FrozenDictionary(current_generation(index) / "dictionary.trie").user_words == ("专精特新",)


def test_texts_of_all_builds_are_cut_by_the_dictionary_that_the_manifest_names(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    page = "李大山代表建议，回答培养\n什么人的问题。\n"  # one paragraph, where 培养什么人 is a word
    seeds, index = make_seeds({"a.txt": page, "words.txt": "培养什么人\n"}), tmp_path / "index"
    build_index(seeds, index)  # by jieba's files
    first = read_manifest(current_generation(index))
    make_seeds({"b.txt": page})
    build_index(seeds, index)  # by the dictionary of the index
    long = ({"text": f"第{number}段，培养什么人。" + "发展。" * 60_000} for number in range(5))
    make_seeds({"c.jsonl": "\n".join(json.dumps(record, ensure_ascii=False) for record in long)})
    assert not build_index(seeds, index).full  # by jieba's files again, in other processes
    manifest = read_manifest(current_generation(index))
    assert manifest.files[manifest.cut_by] == first.files[first.cut_by]
    assert inspect(index).holds
    (seeds / "words.txt").unlink()
    with open_index(index) as opened:
        assert verify(opened, probes=10).holds  # it cuts by the dictionary of the index alone
