"""The answers of one index: found when they are asked for, the last one remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import cast

from indexer.seeds.user_files import Synonyms, read_synonyms
from indexer.staleness import Staleness
from query.language.fields import Filters
from query.language.segmenter import QuerySegmenter
from query.language.syntax_tree import Tree
from query.matching.finder import Finder
from query.question import Asked, Question
from query.rewriting.pinyin import PinyinNames
from query.rewriting.relaxation import Answer

__all__ = ["Answers"]

_Words = tuple[str, bool, date, tuple[tuple[str, tuple[str, ...]], ...]]
"""What tells a question from others; the day is a part of it, from which 去年 is counted."""


class Answers:
    """Understands and answers questions to a finder."""

    def __init__(
        self, finder: Finder, segmenter: QuerySegmenter, pinyin: PinyinNames, staleness: Staleness
    ) -> None:
        """Prepare to answer; `staleness` knows the seeds, where the synonyms of the user are."""
        self._finder = finder
        self._segmenter = segmenter
        self._pinyin = pinyin
        self._staleness = staleness
        self._last: tuple[_Words, Question, Answer] | None = None

    def question(
        self, query: str, tree: Tree, filters: Filters, *, strict: bool, ranked: bool = True
    ) -> Question:
        """Understand a parsed query with its filters; raise what `Question.understand` raises."""
        asked = Asked(self._finder, self._segmenter, self._synonyms, self._pinyin)
        return Question.understand(asked, query, tree, filters, strict=strict, ranked=ranked)

    def find(
        self, query: str, tree: Tree, filters: Filters, *, strict: bool
    ) -> tuple[Question, Answer, Iterator[Answer]]:
        """Answer a query; return with the answer those on the rungs below, which are found when needed."""
        with self._finder.complete() as is_complete:
            question = self.question(query, tree, filters, strict=strict)
            answer, below = question.relaxation.answer(question.tree)
        if is_complete():
            self._last = _words_of(query, filters, strict=strict), question, answer
        return question, answer, below

    def recall(self, query: str, tree: Tree, filters: Filters, *, strict: bool) -> tuple[Question, Answer]:
        """Return the answer to a query, without finding it again if it is the last one that was found.

        Who shows an answer asks several times: for hits, by month, by speaker.
        """
        last = self._last
        if last is None or last[0] != _words_of(query, filters, strict=strict):
            return self.find(query, tree, filters, strict=strict)[:2]
        return last[1:]

    @cached_property
    def _synonyms(self) -> Synonyms:
        """The user's synonyms as they are in the seeds now: they take effect without a build."""
        return read_synonyms(self._staleness.seeds)


def _words_of(query: str, filters: Filters, *, strict: bool) -> _Words:
    given = cast("dict[str, str | Sequence[str]]", {name: value for name, value in filters.items() if value})
    texts = {name: (value,) if isinstance(value, str) else (*value,) for name, value in given.items()}
    return query, strict, date.today(), tuple(sorted(texts.items()))  # noqa: DTZ011 - as dates are read
