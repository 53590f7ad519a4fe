"""Segment the texts of a query by the dictionary of an index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.learned_words import LearnedWords
from indexer.analysis.segmenter import make_question_cut, make_search_cut
from indexer.text.folding import units

__all__ = ["QuerySegmenter"]

_CACHED_TEXTS = 64  # a query needs the words of each of its texts more than once


class QuerySegmenter:
    """Cuts folded texts into words; jieba is loaded when the first text is cut."""

    def __init__(self, dictionary: FrozenDictionary, learned: LearnedWords) -> None:
        """Cut by the words of the dictionary, and questions also by the `learned` words."""
        self._dictionary = dictionary
        self._learned = learned

    def search_words(self, folded: str) -> Sequence[str]:
        """Cut a text as the index was cut: each word is preceded by the shorter words inside it."""
        return self._search_words(folded)

    def question_words(self, folded: str) -> Sequence[str]:
        """Cut a question into words that do not overlap, also by the learned words."""
        return self._question_words(folded)

    def is_known(self, word: str) -> bool:
        """Tell whether a word is in a word list, a Latin word or a number; a single character never is."""
        return len(word) > 1 and (
            len(units(word)) == 1 or word in self._learned or bool(self._dictionary.get(word))
        )

    @cached_property
    def _search_words(self) -> Callable[[str], Sequence[str]]:
        return lru_cache(_CACHED_TEXTS)(make_search_cut(self._dictionary))

    @cached_property
    def _question_words(self) -> Callable[[str], Sequence[str]]:
        return make_question_cut(self._dictionary, self._learned)
