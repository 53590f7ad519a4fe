"""Lines to cut, words of a user, and dictionaries of both kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.analysis.dictionary import write_dictionary
from indexer.analysis.jieba_words import load_jieba_words
from indexer.analysis.segmenter import Segmenter, SegmenterChoice
from indexer.text.folding import fold
from tests.conftest import SEEDS

LINES = [fold(line) for path in SEEDS.glob("*.txt") for line in path.read_text("utf-8").split("\n") if line]

USER_WORDS = (
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


@pytest.fixture(scope="session")
def with_user_words() -> Segmenter:
    """Open the segmenter that cuts by `USER_WORDS`, too."""
    return SegmenterChoice(USER_WORDS).open()


@pytest.fixture(scope="session")
def jieba_dictionary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a dictionary of jieba's words."""
    path = tmp_path_factory.mktemp("jieba") / "dictionary.trie"
    write_dictionary(path, load_jieba_words())
    return path


@pytest.fixture(scope="session")
def user_dictionary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a dictionary of jieba's words and of `USER_WORDS`."""
    path = tmp_path_factory.mktemp("user") / "dictionary.trie"
    write_dictionary(path, load_jieba_words(USER_WORDS))
    return path
