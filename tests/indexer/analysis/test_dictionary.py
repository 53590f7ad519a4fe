"""The stored dictionary knows what jieba's files and the user's words say."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.jieba_words import JiebaWords, load_jieba_words
from tests.indexer.analysis.conftest import USER_WORDS

pytestmark = pytest.mark.slow


def test_the_stored_dictionary_knows_what_jiebas_files_say(jieba_dictionary: Path) -> None:
    dictionary, words = FrozenDictionary(jieba_dictionary), JiebaWords()
    asked = [*list(words.frequencies)[::997], *list(words.idfs)[::997], "没有这个词的", ""]
    for word in asked:
        assert dictionary.get(word) == words.frequencies.get(word)
        assert (word in dictionary) == (word in words.frequencies)
        assert dictionary.is_noun(word) == words.is_noun(word)
        assert dictionary.is_person_name(word) == words.is_person_name(word)
        assert dictionary.is_ordinary(word) == words.is_ordinary(word)
        assert dictionary.idf(word) == words.idf(word)
    assert dictionary.total == words.total


def test_a_text_that_is_no_word_is_a_key_error(jieba_dictionary: Path) -> None:
    with pytest.raises(KeyError):
        FrozenDictionary(jieba_dictionary)["没有这个词的"]


def test_the_users_words_are_stored_as_they_are_written(user_dictionary: Path) -> None:
    assert FrozenDictionary(user_dictionary).user_words == USER_WORDS


def test_a_word_that_only_the_user_has_is_a_noun_of_median_idf(user_dictionary: Path) -> None:
    dictionary = FrozenDictionary(user_dictionary)
    assert dictionary.is_noun("张艳丽")
    assert not dictionary.is_ordinary("张艳丽")
    assert dictionary.idf("张艳丽") == load_jieba_words().median_idf
