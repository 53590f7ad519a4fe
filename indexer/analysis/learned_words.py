"""The words that an index learned from its own texts: names, organisations, and words set in quotation marks.

Only questions are cut by them: the terms that texts are ranked by are jieba's words.

A trie numbers the w words. The arrays beside it hold (u4 is an unsigned number of four bytes):

    array   type  entries  what it holds
    trie    u4    1        the CRC-32 of the trie
    field   u1    w        the field that the word comes from, as an offset into `schema.LEARNED_FROM`
    value   u4    w        the number of its value in that field
    count   u4    w        the number of paragraphs with that value
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.jieba_words import Frequencies, make_tokenizer
from indexer.segments.schema import LEARNED_FROM
from indexer.store.arrays import ARRAYS_SUFFIX, ArrayFile
from indexer.store.tries import map_trie

__all__ = ["LearnedWords", "WithLearnedWords"]

_ARRAYS = ("field", "value", "count")


class LearnedWords:
    """The learned words of an index, folded, in a mapped trie."""

    def __init__(self, path: Path) -> None:
        """Map the trie at `path` and the arrays beside it. Raise `DamageError` when they are not whole."""
        file = ArrayFile(path.with_suffix(ARRAYS_SUFFIX))
        file.require(_ARRAYS)
        self._trie = map_trie(path, file)
        self._fields = file.numbers("field")
        self._values = file.numbers("value")
        self._counts = file.numbers("count")

    def __contains__(self, word: str) -> bool:
        """Tell whether a folded text is one of the words."""
        return word in self._trie

    def __iter__(self) -> Iterator[str]:
        """Iterate over the words, folded."""
        return self._trie.iterkeys()  # type: ignore[no-any-return]

    def is_prefix(self, text: str) -> bool:
        """Tell whether a folded text is a prefix of a word, or a word."""
        return next(self._trie.iterkeys(text), None) is not None

    def prefixes(self, text: str) -> list[str]:
        """List the words that a folded text begins with, the shortest first."""
        return self._trie.prefixes(text)  # type: ignore[no-any-return]

    def origin(self, word: str) -> tuple[str, int, int]:
        """Return the field of a word, the number of its value there, and how many paragraphs have it.

        Raise `KeyError` for a text that is none of the words.
        """
        number = self._trie[word]
        return LEARNED_FROM[self._fields[number]], self._values[number], self._counts[number]


class WithLearnedWords(Frequencies):
    """The frequencies of a dictionary, and of the learned words: high enough for them to be cut as wholes.

    Those of learned words are computed when they are asked for: as jieba suggests, from the parts into
    which a word is cut while the word itself is left out (`excluded`).
    """

    def __init__(
        self,
        dictionary: FrozenDictionary,
        learned: LearnedWords,
        excluded: str = "",
        computed: dict[str, int] | None = None,
    ) -> None:
        """Add `learned` words to a dictionary, without one that is `excluded`.

        `computed` holds the frequencies of learned words that are known already, and takes new ones.
        """
        self._dictionary = dictionary
        self._learned = learned
        self._excluded = excluded
        self._computed: dict[str, int] = {} if computed is None else computed

    def get(self, word: str, default: int | None = None, /) -> int | None:
        """Return the frequency of a word, 0 for a mere prefix of words, `default` for anything else."""
        frequency = self._dictionary.get(word)
        if frequency:
            return frequency
        if word != self._excluded and word in self._learned:
            return self._suggested_frequency(word)
        return 0 if frequency == 0 or self._learned.is_prefix(word) else default

    def _suggested_frequency(self, word: str) -> int:
        if word not in self._computed:
            others = WithLearnedWords(self._dictionary, self._learned, word, self._computed)
            self._computed[word] = make_tokenizer(others, self._dictionary.total).suggest_freq(word)
        return self._computed[word]
