"""The user's own words: cut as wholes by whatever cuts, and an index knows which it was cut by."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import SeedError, build_index
from indexer.analysis.dictionary import FrozenDictionary, write_dictionary
from indexer.analysis.jieba_words import jieba, load_jieba_words, tokenizer_of
from indexer.analysis.segmenter import Segmenter, SegmenterChoice, frozen_search_words
from indexer.extraction.names import is_name
from indexer.extraction.topics import topics
from indexer.seeds.user_files import read_user_words
from indexer.store.generations import current_generation
from indexer.store.manifest import read_manifest
from indexer.text.folding import fold
from query import inspect, open_index, verify
from tests.conftest import SEEDS, SEGMENTER, Command, MakeSeeds

OWN = (
    "低空经济",
    "低空經濟圈",
    "专精特新",
    "张艳丽",
    "AI大模型",
    "CRH-380",
    "鲁滨孙·克鲁索",
    "“两山”理论",
    "经济",
    "5G",
    "龘",
    "空" * 40,
)
LINES = [fold(line) for path in SEEDS.glob("*.txt") for line in path.read_text("utf-8").split("\n") if line]
PIECES = st.sampled_from(
    [*map(fold, OWN), "低空", "学", "大学生", "发展", "m", "4", "15g", "的", "，", "·", " ", "-"]
)
TEXT = "王小明委员建议，发展低空经济，培养专精特新企业。\n"


@pytest.fixture(scope="module")
def own() -> Segmenter:
    return SegmenterChoice(OWN).open()


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "dictionary.trie"
    write_dictionary(path, load_jieba_words(OWN))
    return path


@pytest.mark.parametrize("word", OWN)
def test_a_word_of_the_users_is_cut_as_a_whole(own: Segmenter, word: str) -> None:
    assert fold(word) in own.cut(fold(f"说到{word}，"))
    assert own.cut(fold(word)) == (fold(word),)


@pytest.mark.parametrize("line", LINES[::2])
def test_a_line_is_cut_as_jieba_cuts_it_with_these_words(own: Segmenter, line: str) -> None:
    assert list(own.cut(line)) == tokenizer_of(own.words.frequencies, own.words.total).lcut(line)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_any_text_is_cut_as_jieba_cuts_it_with_these_words(own: Segmenter, text: str) -> None:
    cut_words = list(own.cut(text))
    assert "".join(cut_words) == text
    if not re.search("鲁滨孙·克鲁索|“两山”理论", text):
        assert cut_words == tokenizer_of(own.words.frequencies, own.words.total).lcut(text)


def test_words_are_as_frequent_as_jieba_would_make_them(own: Segmenter) -> None:
    tokenizer = tokenizer_of(dict(load_jieba_words().frequencies), load_jieba_words().total)
    for word in ("低空经济", "低空经济圈", "专精特新"):
        tokenizer.add_word(word)
        assert own.words.frequencies.get(word) == tokenizer.FREQ[word]
        assert all(own.words.frequencies.get(word[:end]) is not None for end in range(1, len(word)))


def test_jiebas_shared_words_are_left_alone(own: Segmenter) -> None:
    import rjieba  # noqa: PLC0415

    assert own.cut("专精特新") == ("专精特新",)
    assert "专精特新" not in rjieba.cut("专精特新")
    assert "专精特新" not in jieba().lcut("专精特新")


def test_two_lists_in_one_process_know_nothing_of_each_other() -> None:
    one, other = SegmenterChoice(("专精特新",)).open(), SegmenterChoice(("特新企业",)).open()
    for _ in range(2):
        assert "专精特新" not in SEGMENTER.search_words("专精特新企业")
        assert "专精特新" in one.search_words("专精特新企业")
        assert one.is_noun("专精特新")
        assert "特新企业" in other.search_words("专精特新企业")
        assert not other.is_noun("专精特新")


@pytest.mark.parametrize("text", [*LINES[::7], *map(fold, OWN), fold("请鲁滨孙·克鲁索谈低空經濟圈和CRH-380")])
def test_a_frozen_dictionary_holds_the_users_words(own: Segmenter, frozen: Path, text: str) -> None:
    assert frozen_search_words(FrozenDictionary(frozen))(text) == own.search_words(text)
    assert SegmenterChoice(frozen=frozen).open().cut(text) == own.cut(text)


def test_a_name_among_the_words_is_a_noun_and_still_a_name(frozen: Path) -> None:
    for choice in (SegmenterChoice(OWN), SegmenterChoice(frozen=frozen)):
        segmenter = choice.open()
        assert is_name("张艳丽", segmenter)
        assert segmenter.is_noun("张艳丽")
        assert not segmenter.is_word("张艳丽")
        assert segmenter.is_word("经济")
        assert segmenter.idf("张艳丽") == load_jieba_words().median_idf


def test_a_word_of_the_users_that_comes_again_is_a_topic() -> None:
    segmenter = SegmenterChoice(("可信数据空间",)).open()
    found = topics("建设可信数据空间，用好可信数据空间。", segmenter, title=None, section=None)
    assert [topic.label for topic in found] == ["可信数据空间"]


def test_words_are_read_with_remarks_and_blank_lines(make_seeds: MakeSeeds) -> None:
    seeds = make_seeds({"words.txt": "\ufeff# 企业\n专精特新\n\n  C#  # 语言\r\nＡＩ大模型\nAI大模型\n"})
    assert read_user_words(seeds).words == ("专精特新", "C#", "ＡＩ大模型")


@pytest.mark.parametrize(
    ("content", "line", "remedy"),
    [
        ("低空\n低空 经济\n", 2, "write one word a line"),
        ("——\n", 1, "remove it"),
        ("好" * 41, 1, "shorten"),
        (b"\xe5\xa5\xbd\n\xff\n", 2, "save the file as UTF-8"),
    ],
)
def test_what_cannot_be_a_word_is_named_with_its_line(
    make_seeds: MakeSeeds, tmp_path: Path, content: str | bytes, line: int, remedy: str
) -> None:
    seeds = make_seeds({"a.txt": TEXT, "words.txt": content})
    with pytest.raises(SeedError, match=rf"words\.txt, line {line}: .*{remedy}"):
        build_index(seeds, tmp_path / "index")


def test_the_lists_beside_the_seeds_are_no_seeds(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": TEXT, "words.txt": "低空经济\n", "synonyms.txt": "", "sub/words.txt": TEXT})
    assert build_index(seeds, tmp_path / "index").changes.added == ("a.txt", "sub/words.txt")


def ranked(index: Path, word: str) -> bool:
    """Tell whether a word is one that the texts of an index are ranked by."""
    with open_index(index) as opened:
        return any(
            segment.postings("words").find(word.encode()) is not None for segment in opened.searcher.segments
        )


def test_texts_and_queries_are_cut_by_them_and_a_change_builds_anew(
    make_seeds: MakeSeeds, tmp_path: Path, lianghui: Command
) -> None:
    seeds, index = make_seeds({"a.txt": TEXT}), tmp_path / "index"
    build_index(seeds, index)
    assert not ranked(index, "专精特新")
    make_seeds({"words.txt": "专精特新\n"})
    assert lianghui("status").code == 1
    assert "words.txt was absent" in lianghui("search", "企业").err
    assert build_index(seeds, index).full
    assert ranked(index, "专精特新")
    with open_index(index) as opened:
        assert opened.search("专精特新企业").words[-2:] == ("专精特新", "企业")
        assert not opened.staleness.analysis_changes(thorough=True)
    (seeds / "words.txt").unlink()
    assert "words.txt was " in lianghui("search", "企业").err
    assert build_index(seeds, index).full
    assert not ranked(index, "专精特新")


def test_a_page_that_comes_later_is_cut_by_them_too(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds, index = make_seeds({"a.txt": TEXT, "words.txt": "培养什么人\n"}), tmp_path / "index"
    build_index(seeds, index)
    make_seeds({"b.txt": "李大山代表建议，回答培养什么人的问题。\n"})
    assert not build_index(seeds, index).full
    assert ranked(index, "培养什么人")


def test_workers_cut_by_them_too(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    line = json.dumps({"text": TEXT + "发展。"}, ensure_ascii=False) + " " * 20_000 + "\n"
    seeds, index = make_seeds({"a.jsonl": line * 110, "words.txt": "专精特新\n"}), tmp_path / "index"
    assert (seeds / "a.jsonl").stat().st_size > 2 << 20
    build_index(seeds, index)
    assert ranked(index, "专精特新")
    assert FrozenDictionary(current_generation(index) / "dictionary.trie").own == ("专精特新",)


def test_texts_of_all_builds_are_cut_by_the_words_that_the_passport_names(
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
        assert verify(opened, probes=10).holds  # it asks for no words but those of the index
