"""The words that an index keeps whole: the user's own, and those it learned from its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.folding import fold
from indexer.learned import REASONS, Learned
from indexer.seeds import WORDLIST
from indexer.values import ValueTable

__all__ = ["Word", "lexicon"]


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
    own: Sequence[str],
    learned: Learned,
    *,
    asked: Iterable[str],
    tables: Callable[[str], ValueTable],
    count: Callable[[str], int],
) -> list[Word]:
    """Return the user's words in their order, then the learned ones, those of most paragraphs first.

    Where words are `asked` for, only these. `tables` hold the values that words were learned from,
    `count` says in how many paragraphs a folded text occurs.
    """
    wanted = {fold(word) for word in asked}
    users = [Word(word, WORDLIST, count(fold(word))) for word in own if not wanted or fold(word) in wanted]
    found = filter(learned.__contains__, wanted) if wanted else learned
    return users + sorted(_learned(found, learned, tables), key=lambda word: (-word.count, word.text))


def _learned(found: Iterable[str], learned: Learned, tables: Callable[[str], ValueTable]) -> Iterator[Word]:
    for word in found:
        field, value, count = learned.origin(word)
        yield Word(tables(field).shown(value), REASONS[field], count)
