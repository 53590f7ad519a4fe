"""The dictionary that ships: jieba's words, frozen, so that a first build need not load them.

It is used only where it holds what the installed jieba has, and where the user has no words of their own.
Made by `python -m indexer.training.dictionary`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.jieba_words import jieba_digest
from indexer.store.arrays import ARRAYS_SUFFIX

__all__ = ["SHIPPED_DICTIONARY", "copy_dictionary", "shipped_dictionary"]

SHIPPED_DICTIONARY = Path(__file__).with_name("dictionary.trie")


def shipped_dictionary(user_words: tuple[str, ...]) -> Path | None:
    """Return the path of the shipped dictionary; None where the user has words, or jieba has others.

    Raise `DamageError` when it is not whole, `OSError` when it cannot be read.
    """
    if user_words or FrozenDictionary(SHIPPED_DICTIONARY).source != jieba_digest():
        return None
    return SHIPPED_DICTIONARY


def copy_dictionary(dictionary: Path, to: Path) -> None:
    """Copy a dictionary, both its files. Raise `OSError` when that fails."""
    for suffix in (dictionary.suffix, ARRAYS_SUFFIX):
        shutil.copyfile(dictionary.with_suffix(suffix), to.with_suffix(suffix))
