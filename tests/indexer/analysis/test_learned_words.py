"""Words learned from the texts: questions are cut by them, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import LianghuiError, build_index
from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.jieba_words import make_tokenizer
from indexer.analysis.learned_words import LearnedWords, WithLearnedWords
from indexer.store.generations import DICTIONARY_FILE, LEARNED_WORDS_FILE, current_generation
from indexer.text.folding import fold, holds_word
from query import Index, open_index
from tests.conftest import MakeSeeds
from tests.indexer.analysis.conftest import LINES

NAMED = "甲处的标题\n\n全国人大代表鲁滨孙·克鲁索建议，打造“一老一小”的「幸福驛站群」。\n"
PLAIN = "乙处的标题\n\n发展经济，教育是根本。\n"


def learned_words(index: Path) -> LearnedWords:
    return LearnedWords(current_generation(index) / LEARNED_WORDS_FILE)


def origins(index: Path) -> dict[str, tuple[str, int]]:
    """Return the field and the count of each learned word."""
    words = learned_words(index)
    return {word: words.origin(word)[::2] for word in words}


def test_people_organisations_and_coined_words_are_learned(page_index: Path) -> None:
    found = origins(page_index)
    assert found["张艳丽"] == ("speaker", 4)
    assert found["民盟太原市委"] == ("speaker", 1)
    assert found["范兆森"][0] == "mentions"
    assert found["陈嘉欣"][0] == "reporter"
    assert found["太原慈善职业技术学校"][0] == "organisation"
    assert found["专精特新"][0] == "coined"


def test_a_word_of_the_dictionary_is_not_learned(page_index: Path) -> None:
    dictionary = FrozenDictionary(current_generation(page_index) / DICTIONARY_FILE)
    assert not [word for word in learned_words(page_index) if dictionary.get(word)]


def test_every_learned_word_stays_whole(page: Index, page_index: Path) -> None:
    for word in learned_words(page_index):
        assert page.segmenter.question_words(word) == [word]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("张艳丽谈低空经济", ["张艳丽", "谈", "低空", "经济"]),
        ("专精特新企业，怎样培养？", ["专精特新", "企业", "怎样", "培养"]),
        ("太原慈善职业技术学校的培训", ["太原慈善职业技术学校", "的", "培训"]),
        ("提高", ["提高"]),
        ("", []),
        ("，。", []),
    ],
)
def test_a_question_is_cut_into_words_that_do_not_overlap(
    page: Index, question: str, words: list[str]
) -> None:
    assert page.segmenter.question_words(fold(question)) == words


@pytest.mark.parametrize("line", LINES[::9])
def test_each_character_of_a_line_is_in_one_word(page: Index, line: str) -> None:
    words = page.segmenter.question_words(line)
    assert all(map(holds_word, words))
    assert "".join(filter(str.isalnum, "".join(words))) == "".join(filter(str.isalnum, line))


@given(st.text("张艳丽范兆森专精特新低空经济·民盟太原市委a1 ，", max_size=20))
def test_any_question_is_cut_without_loss(page_index: Path, text: str) -> None:
    with open_index(page_index) as index:
        words = "".join(index.segmenter.question_words(fold(text)))
    assert "".join(filter(str.isalnum, words)) == "".join(filter(str.isalnum, fold(text)))


def test_a_learned_word_is_as_frequent_as_jieba_would_make_it(page_index: Path) -> None:
    dictionary = FrozenDictionary(current_generation(page_index) / DICTIONARY_FILE)
    with_learned = WithLearnedWords(dictionary, learned_words(page_index))
    for word in ("张艳丽", "专精特新", "太原慈善职业技术学校"):
        assert with_learned[word] == make_tokenizer(dictionary, dictionary.total).suggest_freq(word)
        assert with_learned[word[:-1]] == (dictionary.get(word[:-1]) or 0)
    assert "没有这个词的" not in with_learned
    with pytest.raises(KeyError):
        with_learned["没有这个词的"]


def test_texts_are_ranked_by_jiebas_words_alone(page: Index) -> None:
    assert "专精特新" not in page.segmenter.search_words("专精特新企业")
    assert all(
        segment.postings("words").find("专精特新".encode()) is None for segment in page.searcher.segments
    )


def test_names_with_a_dot_and_words_in_traditional_script_are_kept_whole(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    build_index(make_seeds({"a.txt": NAMED}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        question = fold("請鲁滨孙•克鲁索談一老一小和幸福驿站群")
        assert index.segmenter.question_words(question) == [
            "请",
            "鲁滨孙·克鲁索",
            "谈",
            "一老一小",
            "和",
            "幸福驿站群",
        ]


def test_a_word_that_no_paragraph_has_any_more_is_forgotten(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds, index = make_seeds({"a.txt": NAMED, "b.txt": PLAIN}), tmp_path / "index"
    build_index(seeds, index)
    assert origins(index)["一老一小"] == ("coined", 1)
    make_seeds({"c.txt": NAMED})
    build_index(seeds, index)
    assert origins(index)["一老一小"] == ("coined", 2)
    for name in ("a.txt", "c.txt"):
        (seeds / name).unlink()
    assert not build_index(seeds, index, force=True).full
    assert origins(index) == {}
    with open_index(index) as opened:
        assert opened.segmenter.question_words("一老一小") != ["一老一小"]


def test_an_incremental_build_learns_what_a_full_one_does(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": PLAIN})
    build_index(seeds, tmp_path / "steps")
    make_seeds({"b.txt": NAMED})
    build_index(seeds, tmp_path / "steps")
    build_index(seeds, tmp_path / "once")
    assert origins(tmp_path / "steps") == origins(tmp_path / "once") != {}


@pytest.mark.parametrize("name", [LEARNED_WORDS_FILE, "learned.arrays"])
def test_learned_words_that_are_missing_are_damage_with_a_remedy(
    make_seeds: MakeSeeds, tmp_path: Path, name: str
) -> None:
    build_index(make_seeds({"a.txt": NAMED}), tmp_path / "index")
    (current_generation(tmp_path / "index") / name).unlink()
    with pytest.raises(LianghuiError, match=r"damaged .* rebuild it with"):
        open_index(tmp_path / "index")


@pytest.mark.parametrize("name", [DICTIONARY_FILE, "dictionary.arrays"])
def test_a_build_upon_an_index_without_its_dictionary_says_how_to_start_over(
    make_seeds: MakeSeeds, tmp_path: Path, name: str
) -> None:
    seeds = make_seeds({"a.txt": NAMED})
    build_index(seeds, tmp_path / "index")
    (current_generation(tmp_path / "index") / name).unlink()
    make_seeds({"b.txt": PLAIN})
    with pytest.raises(LianghuiError, match=r"damaged .* rebuild it with"):
        build_index(seeds, tmp_path / "index")
