"""The words that an index keeps whole: the user's own, and those it learned from its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from indexer.analysis.learned_words import LearnedWords
from indexer.models import Paragraph
from indexer.seeds.folder import WORDS_FILE
from indexer.segments.schema import COINED
from indexer.text.folding import fold
from query.language.fields import LABELS
from query.matching.collector import collect
from query.matching.matchers import TextMatcher
from query.matching.searcher import Searcher

__all__ = ["Word", "lexicon", "with_places"]

_REASONS = {**LABELS, COINED: "引号"}  # what a field that words are learned from is as a reason


@dataclass(frozen=True, slots=True)
class Word:
    """A word, the reason why it is one, and in how many paragraphs that is so.

    The reason is words.txt, 发言人, 提到, 记者, 单位 or 引号. A word of words.txt counts wherever it occurs.
    """

    text: str
    reason: str
    count: int

    def to_dict(self) -> dict[str, Any]:
        """Return the word as JSON holds it."""
        return {"text": self.text, "reason": self.reason, "count": self.count}


def lexicon(
    own: Iterable[str], learned: LearnedWords, searcher: Searcher, asked: Iterable[str]
) -> list[Word]:
    """Return the user's words in their order, then the learned ones, those of most paragraphs first.

    Where words are `asked` for, only these.
    """
    wanted = {fold(word) for word in asked}
    users = [_own(word, searcher) for word in own if not wanted or fold(word) in wanted]
    found = filter(learned.__contains__, wanted) if wanted else learned
    return users + sorted(_learned(found, learned, searcher), key=lambda word: (-word.count, word.text))


def with_places(words: Iterable[Word], first: Callable[[str], Paragraph | None]) -> list[dict[str, Any]]:
    """Return words as JSON holds them, each with the source, line and id of the paragraph that is `first`.

    All three are None for a word that occurs nowhere.
    """
    return [word.to_dict() | _place(first(word.text)) for word in words]


def _place(paragraph: Paragraph | None) -> dict[str, Any]:
    if paragraph is None:
        return {"source": None, "line": None, "id": None}
    return {"source": paragraph.source, "line": paragraph.lines[0], "id": paragraph.id}


def _own(word: str, searcher: Searcher) -> Word:
    return Word(word, WORDS_FILE, collect(searcher, TextMatcher(fold(word))).total)


def _learned(found: Iterable[str], learned: LearnedWords, searcher: Searcher) -> Iterator[Word]:
    for word in found:
        field, value, count = learned.origin(word)
        yield Word(searcher.table(field).shown(value), _REASONS[field], count)
