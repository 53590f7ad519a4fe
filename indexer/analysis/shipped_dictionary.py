"""The dictionary that ships: jieba's words, frozen, so that a first build need not load them.

It is used only where it holds what the installed jieba has, and where the user has no words of their own.
Made by `python -m indexer.training.dictionary`.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.jieba_words import jieba_digest
from indexer.errors import DamageError
from indexer.store.arrays import ARRAYS_SUFFIX

__all__ = ["SHIPPED_DICTIONARY", "copy_dictionary", "shipped_dictionary"]

SHIPPED_DICTIONARY = Path(__file__).with_name("dictionary.trie")


def shipped_dictionary(user_words: tuple[str, ...]) -> Path | None:
    """Return the path of the shipped dictionary; None where the user has words, or jieba has others.

    None, too, where it is not whole: then a build freezes the words anew, and is only slower.
    """
    if user_words:
        return None
    with suppress(DamageError, OSError):
        if FrozenDictionary(SHIPPED_DICTIONARY).source == jieba_digest():
            return SHIPPED_DICTIONARY
    return None


def copy_dictionary(dictionary: Path, to: Path) -> None:
    """Copy a dictionary, both its files. Raise `OSError` when that fails."""
    for suffix in (dictionary.suffix, ARRAYS_SUFFIX):
        shutil.copyfile(dictionary.with_suffix(suffix), to.with_suffix(suffix))
