"""The dictionary that travels with an index: jieba's words and frequencies, mapped and not loaded.

It freezes how the text was cut: a query is cut in the same way whatever dictionary is installed
when it is asked, and jieba's own five megabytes are not read for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import numpy.typing as npt

from indexer.arrays import ArrayFile, ArrayWriter

__all__ = ["Dictionary", "packed", "write_dictionary"]

Array = npt.NDArray[Any]

_FREQUENCIES = ".arrays"


class Dictionary:
    """A word's frequency, 0 for what only begins a word: what `jieba.Tokenizer` asks its FREQ for."""

    def __init__(self, path: Path) -> None:
        """Map the trie at `path` and the frequencies beside it."""
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(path))
        file = ArrayFile(path.with_suffix(_FREQUENCIES))
        self._frequencies = file.numbers("frequency")
        self.total = int(file["total"][0])

    def __contains__(self, word: str) -> bool:
        """Tell whether a text is a word or begins one."""
        return word in self._trie

    def __getitem__(self, word: str) -> int:
        """Return the frequency of a word; raise `KeyError` for what is none."""
        return int(self._frequencies[self._trie[word]])

    def get(self, word: str, default: int | None = None) -> int | None:
        """Return the frequency of a word, `default` for what is none."""
        number = self._trie.get(word)
        return default if number is None else int(self._frequencies[number])


def packed(frequencies: Mapping[str, int]) -> tuple[bytes, Array]:
    """Return a trie of the words, and their frequencies in the order of the trie's numbers."""
    trie = marisa_trie.Trie(frequencies)
    array = np.zeros(len(trie), "u4")
    for word, frequency in frequencies.items():
        array[trie[word]] = frequency
    return trie.tobytes(), array


def write_dictionary(path: Path, trie: bytes, frequencies: Array, total: int) -> None:
    """Write what `packed` returned; `total` is the sum that jieba divides frequencies by."""
    path.write_bytes(trie)
    writer = ArrayWriter(path.with_suffix(_FREQUENCIES))
    writer.append("frequency", frequencies)
    writer.append("total", np.array([total], "u8"))
    writer.close()
