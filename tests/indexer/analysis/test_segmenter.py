"""Text is cut as jieba cuts it, by whatever does the cutting."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.dictionary import FrozenDictionary, write_dictionary
from indexer.analysis.jieba_words import JiebaWords, jieba, load_jieba_words
from indexer.analysis.segmenter import SegmenterChoice, frozen_search_words
from indexer.text.folding import fold, holds_word
from tests.conftest import SEEDS, SEGMENTER

LINES = [fold(line) for path in SEEDS.glob("*.txt") for line in path.read_text("utf-8").split("\n") if line]
ODD = st.text("低空经济发展大学生ABab019 .-_%+#&，。“”·○〇䶮𠮷é\u3000\n", max_size=30)


@pytest.fixture(scope="module")
def tokenizer() -> object:
    reference = jieba().Tokenizer()
    reference.FREQ, reference.total = reference.gen_pfdict(reference.get_dict_file())
    reference.initialized = True
    return reference


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dictionary") / "dictionary.trie"
    write_dictionary(path, load_jieba_words())
    return path


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_cut_as_jieba_cuts_it(tokenizer: object, line: str) -> None:
    assert list(SEGMENTER.cut(line)) == tokenizer.lcut(line)  # type: ignore[attr-defined]
    expected = [word for word in tokenizer.lcut_for_search(line) if holds_word(word)]  # type: ignore[attr-defined]
    assert SEGMENTER.search_words(line) == expected


@given(ODD)
def test_odd_text_is_cut_as_jieba_cuts_it(tokenizer: object, text: str) -> None:
    assert list(SEGMENTER.cut(text)) == tokenizer.lcut(text)  # type: ignore[attr-defined]
    expected = [word for word in tokenizer.lcut_for_search(text) if holds_word(word)]  # type: ignore[attr-defined]
    assert SEGMENTER.search_words(text) == expected


@pytest.mark.parametrize("line", LINES[::5])
def test_a_query_is_cut_by_the_index_as_its_text_was(frozen: Path, line: str) -> None:
    assert frozen_search_words(FrozenDictionary(frozen))(line) == SEGMENTER.search_words(line)


def test_the_frozen_dictionary_knows_what_the_files_say(frozen: Path) -> None:
    dictionary, lexis = FrozenDictionary(frozen), JiebaWords()
    asked = [*list(lexis.frequencies)[::997], *list(lexis.idfs)[::997], "没有这个词的", ""]
    for word in asked:
        assert dictionary.get(word) == lexis.frequencies.get(word)
        assert (word in dictionary) == (word in lexis.frequencies)
        assert dictionary.is_noun(word) == lexis.is_noun(word)
        assert dictionary.is_person(word) == lexis.is_person(word)
        assert dictionary.idf(word) == lexis.idf(word)
    assert dictionary.total == lexis.total


def test_a_word_that_is_none_is_a_key_error(frozen: Path) -> None:
    with pytest.raises(KeyError):
        FrozenDictionary(frozen)["没有这个词的"]


def test_a_small_build_cuts_by_the_dictionary_it_is_given(frozen: Path) -> None:
    by_dictionary = SegmenterChoice(frozen=frozen).open()
    for line in LINES:
        assert by_dictionary.cut(line) == SEGMENTER.cut(line)
        assert by_dictionary.search_words(line) == SEGMENTER.search_words(line)
        assert by_dictionary.is_noun(line[:2]) == SEGMENTER.is_noun(line[:2])
        assert by_dictionary.is_word(line[:2]) == SEGMENTER.is_word(line[:2])
        assert by_dictionary.idf(line[:2]) == SEGMENTER.idf(line[:2])
        assert by_dictionary.commonness(line) == SEGMENTER.commonness(line)
