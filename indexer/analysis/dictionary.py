"""The dictionary that travels with an index: what jieba knows of words, mapped and not loaded.

It freezes how the text was cut: a query is cut in the same way whatever dictionary is installed
when it is asked, and jieba's own five megabytes are not read for it, nor for a small build.

A trie numbers the w words. The arrays beside it hold (u4 is an unsigned number of four bytes):

    array            type  entries  what it holds
    trie             u4    1        the CRC-32 of the trie
    frequency        u4    w        how frequent each word is; 0 for what only begins one, the largest u4
                                    for what texts are not cut by, though its rarity is known
    part_of_speech   u1    w        1 for a noun, 2 for a person's name, 4 for one that only the user has
    rarity           u2    w        the inverse document frequency in thousandths, 0 where it is not known
    totals           u8    2        the sum of all frequencies, and the median rarity in thousandths
    own              u1    bytes    the user's words in UTF-8, one behind the other
    own_offsets      u4    o + 1    where each of these o begins, and the last ends
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import marisa_trie
import numpy as np

from indexer.analysis.jieba_words import Frequencies, JiebaWords
from indexer.store.arrays import ARRAYS_SUFFIX, Array, ArrayFile, ArrayWriter
from indexer.store.strings import append_strings, read_strings
from indexer.store.tries import map_trie, write_trie

__all__ = ["FrozenDictionary", "pack_dictionary", "write_dictionary"]

_PARTS = ("frequency", "part_of_speech", "rarity", "totals", "own", "own_offsets")
_NOUN, _PERSON, _NEW = 1, 2, 4
_ABSENT = 0xFFFFFFFF  # the frequency of what texts are not cut by, though its rarity is known
_UNIT = 1_000  # rarities are kept as thousandths; the table itself has not many more digits


class FrozenDictionary(Frequencies):
    """The same words as `JiebaWords`, at a tenth of the speed and a hundredth of the time to open them."""

    def __init__(self, path: Path) -> None:
        """Map the trie at `path` and the arrays beside it. Raise `DamageError` when they are not whole."""
        file = ArrayFile(path.with_suffix(ARRAYS_SUFFIX))
        file.require(_PARTS)
        self._file = file
        self._trie = map_trie(path, file)
        self._frequencies = file.numbers("frequency")
        self.total, self._usual = file["totals"].tolist()
        self.own = tuple(read_strings(file, "own"))

    @cached_property
    def _parts(self) -> Sequence[int]:
        return self._file.numbers("part_of_speech")

    @cached_property
    def _rarities(self) -> Sequence[int]:
        return self._file.numbers("rarity")

    @property
    def frequencies(self) -> FrozenDictionary:
        """What a tokenizer asks."""
        return self

    def get(self, word: str, default: int | None = None, /) -> int | None:
        """Return the frequency of a word, `default` for what is none."""
        number = self._trie.get(word)
        frequency = _ABSENT if number is None else self._frequencies[number]
        return default if frequency == _ABSENT else frequency

    def is_noun(self, word: str) -> bool:
        """Tell whether a word is a noun, or a verb used as one."""
        return bool(self._part(word) & _NOUN)

    def is_person(self, word: str) -> bool:
        """Tell whether a word is a person's name."""
        return bool(self._part(word) & _PERSON)

    def is_ordinary(self, word: str) -> bool:
        """Tell whether a word is one of jieba's that is no person's name."""
        return bool(self.get(word)) and not self._part(word) & (_PERSON | _NEW)

    def idf(self, word: str) -> float:
        """Return the inverse document frequency of a word, the median where it is not known."""
        number = self._trie.get(word)
        thousandths = 0 if number is None else self._rarities[number]
        return (thousandths or self._usual) / _UNIT

    def _part(self, word: str) -> int:
        number = self._trie.get(word)
        return 0 if number is None else self._parts[number]


@lru_cache(maxsize=1)
def pack_dictionary(known: JiebaWords) -> tuple[bytes, dict[str, Array]]:
    """Pack words into a trie, and what is known of them into arrays in the order of the trie's numbers."""
    trie = marisa_trie.Trie({**known.frequencies, **known.idfs, **dict.fromkeys(known.new, 0)})
    words, numbers = zip(*trie.items(), strict=True)
    order = np.argsort(np.array(numbers))
    frequencies = [known.frequencies.get(word, _ABSENT) for word in words]
    parts = [_NOUN * (word in known.nouns) | _PERSON * (word in known.people) for word in words]
    rarities = [_thousandths(known.idfs.get(word, 0)) for word in words]
    part_of_speech = np.array(parts, "u1")[order]
    part_of_speech[[trie[word] for word in known.new]] |= _NEW
    return trie.tobytes(), {
        "frequency": np.array(frequencies, "u4")[order],
        "part_of_speech": part_of_speech,
        "rarity": np.array(rarities, "u2")[order],
        "totals": np.array([known.total, _thousandths(known.median_idf)], "u8"),
    }


def write_dictionary(path: Path, words: JiebaWords) -> None:
    """Write what jieba's files say, to be mapped."""
    trie, arrays = pack_dictionary(words)
    writer = ArrayWriter(path.with_suffix(ARRAYS_SUFFIX))
    write_trie(path, trie, writer)
    for name, array in arrays.items():
        writer.append(name, array)
    append_strings(writer, "own", words.own)
    writer.close()


def _thousandths(rarity: float) -> int:
    return round(rarity * _UNIT)
