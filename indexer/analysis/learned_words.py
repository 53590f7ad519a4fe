"""Words that an index learned from its own texts: names, organisations, and what is set in quotation marks.

Questions are cut by them, and nothing else is: what texts are ranked by stays as jieba cuts it.

A trie numbers the w words. The arrays beside it hold (u4 is an unsigned number of four bytes):

    array   type  entries  what it holds
    trie    u4    1        the CRC-32 of the trie
    field   u1    w        the field that a word comes from, as its place in `schema.LEARNED_FROM`
    value   u4    w        the number of its value there
    count   u4    w        how many paragraphs have that value
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.jieba_words import Frequencies, tokenizer_of
from indexer.segments.schema import LEARNED_FROM
from indexer.store.arrays import ARRAYS_SUFFIX, ArrayFile
from indexer.store.tries import map_trie

__all__ = ["LearnedWords", "WithLearnedWords"]


class LearnedWords:
    """The learned words of an index, mapped; each has a number."""

    def __init__(self, path: Path) -> None:
        """Map the trie at `path` and the arrays beside it. Raise `DamageError` when they are not whole."""
        file = ArrayFile(path.with_suffix(ARRAYS_SUFFIX))
        file.require(("field", "value", "count"))
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

    def begins(self, text: str) -> bool:
        """Tell whether a text is the beginning of a word."""
        return next(self._trie.iterkeys(text), None) is not None

    def beginning(self, text: str) -> list[str]:
        """Return the words that a text begins with."""
        return self._trie.prefixes(text)  # type: ignore[no-any-return]

    def origin(self, word: str) -> tuple[str, int, int]:
        """Return the field a word comes from, the number of its value, and how many paragraphs have it."""
        at = self._trie[word]
        return LEARNED_FROM[self._fields[at]], self._values[at], self._counts[at]


class WithLearnedWords(Frequencies):
    """The frequencies of a dictionary with those of the learned words: high enough to be cut as wholes.

    They are worked out when they are asked for. A word is split in its own right (`apart`) to find
    out how frequent it has to be.
    """

    def __init__(
        self,
        dictionary: FrozenDictionary,
        learned: LearnedWords,
        apart: str = "",
        found: dict[str, int] | None = None,
    ) -> None:
        """Take what they are worked out from, and what was `found` so far."""
        self._dictionary = dictionary
        self._learned = learned
        self._apart = apart
        self._found: dict[str, int] = {} if found is None else found

    def get(self, word: str, default: int | None = None, /) -> int | None:
        """Return the frequency of a word, `default` for what is none."""
        known = self._dictionary.get(word)
        if known:
            return known
        if word != self._apart and word in self._learned:
            return self._suggested(word)
        return 0 if known == 0 or self._learned.begins(word) else default

    def _suggested(self, word: str) -> int:
        if word not in self._found:
            others = WithLearnedWords(self._dictionary, self._learned, word, self._found)
            self._found[word] = tokenizer_of(others, self._dictionary.total).suggest_freq(word)
        return self._found[word]
