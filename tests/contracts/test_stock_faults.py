"""The faults of jieba's ChineseAnalyzer on stock Whoosh, none of which may come back."""

from __future__ import annotations

import json
import subprocess
import sys
from mmap import mmap
from pathlib import Path

import jieba
import pytest

from indexer import build_index
from indexer.store.arrays import ArrayFile
from indexer.store.generations import current_generation
from query import Index, open_index
from tests.conftest import MakeSeeds


def test_a_quoted_phrase_of_several_words_is_found(page: Index) -> None:
    assert page.search('"低空经济"').total == 9


@pytest.mark.parametrize("word", ["太原市委", "四次会议", "建"])
def test_a_word_is_found_however_the_text_around_it_is_cut(page: Index, word: str) -> None:
    assert page.search(word).total == sum(word in p.text for p in page.paragraphs())


def test_single_characters_are_found(page: Index) -> None:
    characters = {char for paragraph in page.paragraphs() for char in paragraph.text if char.isalpha()}
    missed = {char for char in characters if not page.search(char, limit=0).total}
    assert missed <= {char for char in characters if char.isascii()}  # parts of Latin words


@pytest.mark.parametrize("text", ["高三生", "ＡＩ互动", "２０２５年", "2月2日", "䶮", "𠮷", "㐂"])
def test_no_character_is_too_rare_and_no_name_is_split(
    make_seeds: MakeSeeds, tmp_path: Path, text: str
) -> None:
    build_index(make_seeds({"a.txt": f"在此处写着{text}四个字。\n\n另一段没有。"}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert index.search(text).total == 1


def test_single_digits_are_part_of_a_date(page: Index) -> None:
    assert page.search("2月26日").total == 6
    assert page.search("2月").total == 9
    assert page.search("3月26日", strict=True).total == 0


def test_a_word_added_to_jieba_after_the_build_loses_nothing(page: Index) -> None:
    before = page.search("专精特新").total
    jieba.add_word("专精特新")
    try:
        assert page.search("专精特新").total == before == 4
    finally:
        jieba.del_word("专精特新")


def test_words_with_a_middle_dot_are_found(page: Index) -> None:
    assert page.search("晋创谷·太原").total == page.search("晋创谷‧太原").total == 3


def test_snippets_end_at_a_full_stop_and_keep_the_last_character(page: Index) -> None:
    hits = page.search("发展", limit=100).hits
    for hit in hits:
        assert hit.snippet in hit.text
        if hit.kind == "body":
            assert hit.snippet[-1] in "。！？；”，、：）"
    assert any(len(hit.snippet) < len(hit.text) for hit in hits)


def test_a_shrunken_file_leaves_no_orphans(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": "第一段话在这里。\n\n第二段话在这里。"})
    build_index(seeds, tmp_path / "index")
    make_seeds({"a.txt": "第一段话在这里。"})
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert index.search("第二段").total == 0
        assert len([*index.paragraphs()]) == 1


def test_opening_an_index_does_not_unpickle_its_schema(page_index: Path) -> None:
    watch = """
import json, sys
names = []
sys.addaudithook(lambda event, args: names.append(args) if event == "pickle.find_class" else None)
from query import open_index
with open_index(sys.argv[1]) as index:
    assert index.search("低空经济").total == 9
print(json.dumps(names))
"""
    done = subprocess.run([sys.executable, "-c", watch, page_index], capture_output=True, check=True)
    assert json.loads(done.stdout) == []


def test_no_segment_is_copied_into_memory(page_index: Path) -> None:
    (path,) = current_generation(page_index).glob("segment-*.arrays")
    view = ArrayFile(path)["match.gaps"].base
    assert isinstance(view, memoryview)
    assert isinstance(view.obj, mmap)


def test_jieba_says_nothing_on_stderr(page_index: Path) -> None:
    program = """
import sys
from query import open_index
with open_index(sys.argv[1]) as index:
    index.search("低空经济")
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, page_index], capture_output=True, check=True
    )
    assert done.stderr == b""
