"""The words that an index keeps whole: the user's own, and those it learned from its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct

from indexer.analysis.learned_words import LearnedWords
from indexer.models import Paragraph
from indexer.seeds.folder import WORDS_FILE
from indexer.segments.schema import COINED
from indexer.text.folding import fold
from query.language.fields import LABELS
from query.matching.finder import Finder
from query.matching.matchers import TextMatcher

__all__ = ["Word", "add_first_sources", "list_words"]

_REASONS = {**LABELS, COINED: "引号"}  # of a word, by the field it was learned from


class Word(Struct, frozen=True):
    """A word that is kept whole, why it is, and the number of paragraphs that give the reason.

    The reason is words.txt, 发言人, 提到, 记者, 单位 or 引号. A word of words.txt counts in every paragraph
    that contains it.
    """

    text: str
    reason: str
    count: int

    def to_dict(self) -> dict[str, Any]:
        """Return the word as it stands in JSON."""
        return {"text": self.text, "reason": self.reason, "count": self.count}


def list_words(
    user_words: Iterable[str], learned: LearnedWords, searcher: Finder, only: Iterable[str] = ()
) -> list[Word]:
    """List the user's words in their order, then the learned ones, the most frequent first.

    Where there are words in `only`, list those of them that are kept whole; they are compared folded.
    """
    wanted = {fold(word) for word in only}
    users = [_count_user_word(word, searcher) for word in user_words if not wanted or fold(word) in wanted]
    chosen = filter(learned.__contains__, wanted) if wanted else learned
    others = _read_learned_words(chosen, learned, searcher)
    return users + sorted(others, key=lambda word: (-word.count, word.text))


def add_first_sources(
    words: Iterable[Word], first: Callable[[str], Paragraph | None]
) -> list[dict[str, Any]]:
    """Return words as they stand in JSON, with the source, line and id of the `first` paragraph of each.

    All three are None for a word that occurs nowhere.
    """
    return [word.to_dict() | _source_of(first(word.text)) for word in words]


def _source_of(paragraph: Paragraph | None) -> dict[str, Any]:
    if paragraph is None:
        return {"source": None, "line": None, "id": None}
    return {"source": paragraph.source, "line": paragraph.lines[0], "id": paragraph.id}


def _count_user_word(word: str, searcher: Finder) -> Word:
    return Word(word, WORDS_FILE, searcher.count(TextMatcher(fold(word))))


def _read_learned_words(words: Iterable[str], learned: LearnedWords, searcher: Finder) -> Iterator[Word]:
    """Look up the reason and the number of paragraphs of some learned words, folded."""
    for word in words:
        field, value, count = learned.origin(word)
        yield Word(searcher.table(field).shown(value), _REASONS[field], count)
