"""Text is cut as jieba cuts it, whichever segmenter and dictionary cuts it; the user's words stay whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.jieba_words import import_jieba, make_tokenizer
from indexer.analysis.segmenter import Segmenter, SegmenterChoice, make_search_cut
from indexer.extraction.names import is_name
from indexer.extraction.topics import topics
from indexer.text.folding import fold, holds_word, readable
from tests.conftest import SEGMENTER
from tests.indexer.analysis.conftest import LINES, USER_WORDS

ODD = st.text("低空经济发展大学生ABab019 .-_%+#&，。“”·○〇䶮𠮷é\u3000\n", max_size=30)
PIECES = st.sampled_from(
    [*map(fold, USER_WORDS), "低空", "学", "大学生", "发展", "m", "4", "15g", "的", "，", "·", " ", "-"]
)


@pytest.fixture(scope="module")
def tokenizer() -> object:
    reference = import_jieba().Tokenizer()
    reference.FREQ, reference.total = reference.gen_pfdict(reference.get_dict_file())
    reference.initialized = True
    return reference


def jieba_cut(segmenter: Segmenter, text: str) -> list[str]:
    """Cut by jieba itself, with the frequencies of a segmenter, what people write for the text."""
    words = segmenter.dictionary
    return list(make_tokenizer(words.frequencies, words.total).lcut(readable(text)))


def readables(words: Iterable[str]) -> list[str]:
    return [*map(readable, words)]


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_cut_as_jieba_cuts_it(tokenizer: object, line: str) -> None:
    assert readables(SEGMENTER.cut(line)) == tokenizer.lcut(readable(line))  # type: ignore[attr-defined]
    expected = [word for word in tokenizer.lcut_for_search(readable(line)) if holds_word(word)]  # type: ignore[attr-defined]
    assert readables(SEGMENTER.search_words(line)) == expected


def test_a_decimal_is_one_word() -> None:
    assert fold("6.5%") in SEGMENTER.cut(fold("增长6.5%左右"))


@given(ODD)
def test_odd_text_is_cut_as_jieba_cuts_it(tokenizer: object, text: str) -> None:
    assert list(SEGMENTER.cut(text)) == tokenizer.lcut(text)  # type: ignore[attr-defined]
    expected = [word for word in tokenizer.lcut_for_search(text) if holds_word(word)]  # type: ignore[attr-defined]
    assert SEGMENTER.search_words(text) == expected


@pytest.mark.parametrize("line", LINES[::5])
def test_a_query_is_cut_by_the_stored_dictionary_as_texts_were(jieba_dictionary: Path, line: str) -> None:
    assert make_search_cut(FrozenDictionary(jieba_dictionary))(line) == SEGMENTER.search_words(line)


def test_a_small_build_cuts_by_the_stored_dictionary_as_by_jiebas_files(jieba_dictionary: Path) -> None:
    stored = SegmenterChoice(dictionary=jieba_dictionary).open()
    for line in LINES:
        assert stored.cut(line) == SEGMENTER.cut(line)
        assert stored.search_words(line) == SEGMENTER.search_words(line)
        assert stored.is_noun(line[:2]) == SEGMENTER.is_noun(line[:2])
        assert stored.is_word(line[:2]) == SEGMENTER.is_word(line[:2])
        assert stored.idf(line[:2]) == SEGMENTER.idf(line[:2])
        assert stored.mean_log_frequency(line) == SEGMENTER.mean_log_frequency(line)


@pytest.mark.parametrize("word", USER_WORDS)
def test_a_word_of_the_user_is_cut_as_a_whole(with_user_words: Segmenter, word: str) -> None:
    assert fold(word) in with_user_words.cut(fold(f"说到{word}，"))
    assert with_user_words.cut(fold(word)) == (fold(word),)


@pytest.mark.parametrize("line", LINES[::2])
def test_a_line_is_cut_as_jieba_cuts_it_with_the_users_words(with_user_words: Segmenter, line: str) -> None:
    assert readables(with_user_words.cut(line)) == jieba_cut(with_user_words, line)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_any_text_is_cut_as_jieba_cuts_it_with_the_users_words(with_user_words: Segmenter, text: str) -> None:
    words = list(with_user_words.cut(text))
    assert "".join(words) == text
    if not re.search("鲁滨孙·克鲁索|“两山”理论", text):
        assert words == jieba_cut(with_user_words, text)


@pytest.mark.parametrize(
    "text", [*LINES[::7], *map(fold, USER_WORDS), fold("请鲁滨孙·克鲁索谈低空經濟圈和CRH-380")]
)
def test_the_stored_dictionary_cuts_the_users_words_alike(
    with_user_words: Segmenter, user_dictionary: Path, text: str
) -> None:
    assert make_search_cut(FrozenDictionary(user_dictionary))(text) == with_user_words.search_words(text)
    assert SegmenterChoice(dictionary=user_dictionary).open().cut(text) == with_user_words.cut(text)


def test_the_shared_dictionaries_of_jieba_and_rjieba_are_left_alone(with_user_words: Segmenter) -> None:
    import rjieba  # noqa: PLC0415

    assert with_user_words.cut("专精特新") == ("专精特新",)
    assert "专精特新" not in rjieba.cut("专精特新")
    assert "专精特新" not in import_jieba().lcut("专精特新")


def test_segmenters_with_different_user_words_share_nothing() -> None:
    one, other = SegmenterChoice(("专精特新",)).open(), SegmenterChoice(("特新企业",)).open()
    for _ in range(2):
        assert "专精特新" not in SEGMENTER.search_words("专精特新企业")
        assert "专精特新" in one.search_words("专精特新企业")
        assert one.is_noun("专精特新")
        assert "特新企业" in other.search_words("专精特新企业")
        assert not other.is_noun("专精特新")


def test_a_name_among_the_users_words_is_a_noun_and_still_a_name(user_dictionary: Path) -> None:
    for choice in (SegmenterChoice(USER_WORDS), SegmenterChoice(dictionary=user_dictionary)):
        segmenter = choice.open()
        assert is_name("张艳丽", segmenter)
        assert segmenter.is_noun("张艳丽")
        assert not segmenter.is_word("张艳丽")
        assert segmenter.is_word("经济")


def test_a_word_of_the_user_that_is_repeated_is_a_topic() -> None:
    segmenter = SegmenterChoice(("可信数据空间",)).open()
    found = topics("建设可信数据空间，用好可信数据空间。", segmenter, title=None, section=None)
    assert [topic.label for topic in found] == ["可信数据空间"]


def test_a_word_across_the_border_of_two_texts_is_seen() -> None:
    assert SEGMENTER.spans_border("会议听取了报", "告，并审议")
    assert not SEGMENTER.spans_border("会议听取了报告", "，并审议")


def test_a_span_that_begins_inside_a_word_cuts_it() -> None:
    assert SEGMENTER.cuts_word("发展经济", 1, 3)
    assert not SEGMENTER.cuts_word("发展经济", 2, 4)
