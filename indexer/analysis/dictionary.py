"""The dictionary that is stored with an index: jieba's words and the user's, mapped and not loaded.

It freezes how the text was segmented: a query is cut in the same way whatever dictionary is installed
when it is asked, and jieba's own five megabytes are not read for it, nor for a small build.

A trie numbers the w words. The arrays beside it hold (u4 is an unsigned number of four bytes):

    array               type  entries  what it holds
    trie                u4    1        the CRC-32 of the trie
    frequency           u4    w        the frequency of the word; 0 for a mere prefix of words, the largest u4
                                       for a word that texts are not cut by, but whose idf is known
    part_of_speech      u1    w        bits: 1 a noun, 2 a person's name, 4 a word that only the user has
    idf                 u2    w        the inverse document frequency in thousandths, 0 where it is not known
    totals              u8    2        the sum of all frequencies, and the median idf in thousandths
    source              u1    32       the SHA-256 of the files of jieba that the words were read from
    user_words          u1    bytes    the user's words in UTF-8, one after the other
    user_words_offsets  u4    o + 1    the offset where each of these o begins, and where the last ends
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import marisa_trie
import numpy as np

from indexer.analysis.jieba_words import Frequencies, JiebaWords, jieba_digest
from indexer.store.arrays import ARRAYS_SUFFIX, Array, ArrayFile, ArrayWriter
from indexer.store.strings import append_strings, read_strings
from indexer.store.tries import map_trie, write_trie

__all__ = ["FrozenDictionary", "pack_dictionary", "write_dictionary"]

_ARRAYS = ("frequency", "part_of_speech", "idf", "totals", "source", "user_words", "user_words_offsets")
_NOUN, _PERSON_NAME, _ADDED = 1, 2, 4
_NO_FREQUENCY = 0xFFFFFFFF
_IDF_SCALE = 1_000  # idf is stored in thousandths; jieba's table itself has not many more digits


class FrozenDictionary(Frequencies):
    """The same words as `JiebaWords`, at a tenth of the speed and a hundredth of the time to open them."""

    def __init__(self, path: Path) -> None:
        """Map the trie at `path` and the arrays beside it. Raise `DamageError` when they are not whole."""
        file = ArrayFile(path.with_suffix(ARRAYS_SUFFIX))
        file.require(_ARRAYS)
        self._file = file
        self._trie = map_trie(path, file)
        self._frequencies = file.numbers("frequency")
        self.total, self._median_idf = file["totals"].tolist()
        self.user_words = tuple(read_strings(file, "user_words"))

    @cached_property
    def _parts_of_speech(self) -> Sequence[int]:
        return self._file.numbers("part_of_speech")

    @cached_property
    def _idfs(self) -> Sequence[int]:
        return self._file.numbers("idf")

    @property
    def source(self) -> bytes:
        """The SHA-256 of the files of jieba that the words were read from."""
        return bytes(self._file.raw("source"))

    @property
    def frequencies(self) -> FrozenDictionary:
        """The frequencies of the words, as a tokenizer asks for them: the dictionary itself."""
        return self

    def get(self, word: str, default: int | None = None, /) -> int | None:
        """Return the frequency of a word, 0 for a mere prefix of words, `default` for anything else."""
        number = self._trie.get(word)
        frequency = _NO_FREQUENCY if number is None else self._frequencies[number]
        return default if frequency == _NO_FREQUENCY else frequency

    def is_noun(self, word: str) -> bool:
        """Tell whether a word is a noun, or a verb used as one."""
        return bool(self._part_of_speech(word) & _NOUN)

    def is_person_name(self, word: str) -> bool:
        """Tell whether a word is a person's name."""
        return bool(self._part_of_speech(word) & _PERSON_NAME)

    def is_ordinary(self, word: str) -> bool:
        """Tell whether a word is one of jieba's and not a person's name."""
        return bool(self.get(word)) and not self._part_of_speech(word) & (_PERSON_NAME | _ADDED)

    def idf(self, word: str) -> float:
        """Return the inverse document frequency of a word, the median where it is not known."""
        number = self._trie.get(word)
        thousandths = 0 if number is None else self._idfs[number]
        return (thousandths or self._median_idf) / _IDF_SCALE

    def _part_of_speech(self, word: str) -> int:
        number = self._trie.get(word)
        return 0 if number is None else self._parts_of_speech[number]


@lru_cache(maxsize=1)
def pack_dictionary(words: JiebaWords) -> tuple[bytes, dict[str, Array]]:
    """Pack words into a trie, and what is known of them into arrays in the order of the trie's numbers."""
    trie = marisa_trie.Trie({**words.frequencies, **words.idfs, **dict.fromkeys(words.added, 0)})
    texts, numbers = zip(*trie.items(), strict=True)
    order = np.argsort(np.array(numbers))
    frequencies = [words.frequencies.get(text, _NO_FREQUENCY) for text in texts]
    bits = [_NOUN * (text in words.nouns) | _PERSON_NAME * (text in words.person_names) for text in texts]
    idfs = [_thousandths(words.idfs.get(text, 0)) for text in texts]
    part_of_speech = np.array(bits, "u1")[order]
    part_of_speech[[trie[word] for word in words.added]] |= _ADDED
    return trie.tobytes(), {
        "frequency": np.array(frequencies, "u4")[order],
        "part_of_speech": part_of_speech,
        "idf": np.array(idfs, "u2")[order],
        "totals": np.array([words.total, _thousandths(words.median_idf)], "u8"),
    }


def write_dictionary(path: Path, words: JiebaWords) -> None:
    """Write words as a trie at `path` and arrays beside it, for `FrozenDictionary` to map."""
    trie, arrays = pack_dictionary(words)
    writer = ArrayWriter(path.with_suffix(ARRAYS_SUFFIX))
    write_trie(path, trie, writer)
    for name, array in arrays.items():
        writer.append(name, array)
    writer.append("source", jieba_digest())
    append_strings(writer, "user_words", words.user_words)
    writer.close()


def _thousandths(idf: float) -> int:
    return round(idf * _IDF_SCALE)
