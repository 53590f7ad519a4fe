"""jieba's words from its files, and the user's words added to them."""

from __future__ import annotations

import pytest

from indexer.analysis.jieba_words import JiebaWords, load_jieba_words, make_tokenizer, needs_entry


@pytest.mark.parametrize(
    ("word", "needed"),
    [
        ("低空经济", True),
        ("ai大模型", True),
        ("crh-380", True),
        ("5g", False),
        ("龘", False),
        ("甲·乙", False),
    ],
)
def test_only_a_word_that_jieba_would_cut_inside_a_block_needs_an_entry(word: str, *, needed: bool) -> None:
    assert needs_entry(word) is needed


def test_a_word_of_the_user_is_as_frequent_as_jieba_would_make_it() -> None:
    words, jieba_words = load_jieba_words(("低空经济", "低空經濟圈", "专精特新")), load_jieba_words()
    tokenizer = make_tokenizer(dict(jieba_words.frequencies), jieba_words.total)
    for word in ("低空经济", "专精特新", "低空经济圈"):
        tokenizer.add_word(word)
        assert words.frequencies.get(word) == tokenizer.FREQ[word]
        assert all(words.frequencies.get(word[:end]) is not None for end in range(1, len(word)))


def test_only_words_that_jieba_lacks_are_added() -> None:
    words = load_jieba_words(("经济", "专精特新"))
    assert words.added == {"专精特新"}
    assert words.user_words == ("经济", "专精特新")
    assert "专精特新" not in JiebaWords().frequencies


def test_an_ordinary_word_is_neither_a_name_nor_the_users() -> None:
    words = load_jieba_words(("专精特新",))
    assert words.is_ordinary("经济")
    assert words.is_person_name("孙中山")
    assert not words.is_ordinary("孙中山")
    assert not words.is_ordinary("专精特新")
