"""The words of a query: those that texts are ranked by, and those that a question is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.learned_words import LearnedWords
from indexer.analysis.segmenter import make_question_cut, make_search_cut
from indexer.text.folding import units

__all__ = ["QuerySegmenter"]

_RECENT = 64  # texts that were cut for ranking: a query needs each of its own more than once


class QuerySegmenter:
    """Cuts folded texts by the dictionary of an index; jieba is not waited for before there is one to cut."""

    def __init__(self, dictionary: FrozenDictionary, learned: LearnedWords) -> None:
        """Cut by the dictionary, and questions also by the `learned` words."""
        self._dictionary = dictionary
        self._learned = learned

    def search_words(self, folded: str) -> Sequence[str]:
        """Cut a text as those of the index were cut: each word behind the shorter ones inside it."""
        return self._search_words(folded)

    def question_words(self, folded: str) -> Sequence[str]:
        """Cut a question, none of its words inside another, also by what the index learned."""
        return self._question_words(folded)

    def is_known(self, word: str) -> bool:
        """Tell whether a word is one: a Latin word or a number always, a character alone never."""
        return len(word) > 1 and (
            len(units(word)) == 1 or word in self._learned or bool(self._dictionary.get(word))
        )

    @cached_property
    def _search_words(self) -> Callable[[str], Sequence[str]]:
        return lru_cache(_RECENT)(make_search_cut(self._dictionary))

    @cached_property
    def _question_words(self) -> Callable[[str], Sequence[str]]:
        return make_question_cut(self._dictionary, self._learned)
