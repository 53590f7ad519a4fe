"""The dictionary that ships is what the installed jieba has, and is left where it is not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.analysis import shipped_dictionary as shipped
from indexer.analysis.dictionary import FrozenDictionary, write_dictionary
from indexer.analysis.jieba_words import load_jieba_words
from indexer.store.arrays import ARRAYS_SUFFIX, ArrayFile, ArrayWriter
from tests.indexer.segments.test_arrays_listed import parse_table


def test_the_dictionary_that_ships_is_what_the_words_of_jieba_give(tmp_path: Path) -> None:
    write_dictionary(tmp_path / "dictionary.trie", load_jieba_words())
    for suffix in (".trie", ARRAYS_SUFFIX):
        made = (tmp_path / "dictionary.trie").with_suffix(suffix).read_bytes()
        assert made == shipped.SHIPPED_DICTIONARY.with_suffix(suffix).read_bytes()
    assert shipped.shipped_dictionary(()) == shipped.SHIPPED_DICTIONARY


def test_it_is_not_for_words_of_the_user() -> None:
    assert shipped.shipped_dictionary(("可信数据空间",)) is None


def test_it_is_not_for_another_jieba(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "dictionary.trie"
    shipped.copy_dictionary(shipped.SHIPPED_DICTIONARY, copy)
    monkeypatch.setattr(shipped, "SHIPPED_DICTIONARY", copy)
    assert shipped.shipped_dictionary(()) == copy
    file, path = ArrayFile(copy.with_suffix(ARRAYS_SUFFIX)), tmp_path / "other.arrays"
    writer = ArrayWriter(path)
    for name in parse_table(FrozenDictionary):
        writer.append(name, np.zeros(32, "u1") if name == "source" else file[name])
    writer.close()
    path.replace(copy.with_suffix(ARRAYS_SUFFIX))
    assert FrozenDictionary(copy).source == bytes(32)
    assert shipped.shipped_dictionary(()) is None


@pytest.mark.parametrize("suffix", [".trie", ARRAYS_SUFFIX])
def test_it_is_left_where_it_is_not_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    copy = tmp_path / "dictionary.trie"
    shipped.copy_dictionary(shipped.SHIPPED_DICTIONARY, copy)
    monkeypatch.setattr(shipped, "SHIPPED_DICTIONARY", copy)
    whole = copy.with_suffix(suffix).read_bytes()
    copy.with_suffix(suffix).write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert shipped.shipped_dictionary(()) is None
    copy.with_suffix(suffix).unlink()
    assert shipped.shipped_dictionary(()) is None
