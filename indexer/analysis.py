"""What words a text has, by whatever it is cut by here and now, and what is known of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

from indexer.cutter import Cutter, frozen_words, learned_words
from indexer.dictionary import Dictionary, write_dictionary
from indexer.folding import fold, folding_version
from indexer.lexis import Lexis, OwnLexis
from indexer.schema import schema_version

__all__ = [
    "Cutting",
    "commonness",
    "cut",
    "cuts_word",
    "cutter",
    "fingerprint",
    "first_word",
    "freeze",
    "frozen_words",
    "is_noun",
    "is_word",
    "learned_words",
    "packages",
    "rarity",
    "spans_border",
    "words",
]

_in_use: ContextVar[Cutter | None] = ContextVar("cutter", default=None)

_CONTEXT = 6  # characters before a place that show where its words begin
_COMMON_MARKS = dict.fromkeys("，。、：；！？“”「」《》（）—…·", 100_000)  # as a common character


def words(folded: str) -> list[str]:
    """Cut a folded text as jieba's search mode does, punctuation left out."""
    return cutter().words(folded)


def freeze(dictionary: Path) -> None:
    """Write the dictionary that `words` cuts by."""
    lexis = _lexis()
    assert isinstance(lexis, Lexis)  # what was frozen once is carried over
    write_dictionary(dictionary, lexis)


def first_word(text: str) -> str:
    """Return the first word of a text, or the empty string."""
    return next(iter(cut(text)), "")


def spans_border(left: str, right: str) -> bool:
    """Tell whether one word begins at the end of `left` and ends at the start of `right`."""
    at = 0
    for word in cut(left + right):
        if at < len(left) < at + len(word):
            return True
        at += len(word)
    return False


def is_word(text: str) -> bool:
    """Tell whether a text is an ordinary word of jieba's, and not a person's name there."""
    return _lexis().is_ordinary(text)


def cuts_word(text: str, start: int, end: int) -> bool:
    """Tell whether `text[start:end]` begins inside a word, or with a longer word than a surname."""
    at = max(0, start - _CONTEXT)
    for word in cut(text[at:end]):
        if at < start < at + len(word) or (at == start and at + len(word) < end and is_word(word)):
            return len(word) > 1
        at += len(word)
    return False


def commonness(text: str) -> float:
    """Return the mean logarithm of how often the characters occur: higher is likelier Chinese."""
    counts = _lexis().frequencies
    return sum(math.log(1 + (_COMMON_MARKS.get(char) or counts.get(fold(char)) or 0)) for char in text) / max(
        1, len(text)
    )


def cut(text: str) -> tuple[str, ...]:
    """Cut a text into its words, each once, punctuation included."""
    return cutter().cut(text)


def is_noun(word: str) -> bool:
    """Tell whether a word of the dictionary is a noun, or a verb used as one (培训, 就业)."""
    return _lexis().is_noun(word)


def rarity(word: str) -> float:
    """Return the inverse document frequency of a word in jieba's table, its median if unknown."""
    return _lexis().rarity(word)


def fingerprint() -> dict[str, str]:
    """Return what decides how text is read, folded, cut and indexed; an index is stale when it differs."""
    return _versions("lianghui", "jieba", "rjieba") | folding_version() | {"schema": schema_version()}


def packages() -> dict[str, str]:
    """Return the versions of what else writes an index; they decide nothing."""
    return _versions("numpy", "marisa-trie", "whoosh-reloaded")


def _versions(*names: str) -> dict[str, str]:
    from importlib.metadata import version  # noqa: PLC0415 - takes its time, and a search asks for none

    return {name: version(name) for name in names}


def cutter() -> Cutter:
    """Return what cuts here and now."""
    return _in_use.get() or _loaded(())


@dataclass(frozen=True, slots=True)
class Cutting:
    """What texts are cut by: jieba's words and the user's `own`, or a dictionary that holds both, `frozen`.

    By a dictionary, what little there is to cut is done before jieba's files are loaded.
    """

    own: tuple[str, ...] = ()
    frozen: Path | None = None

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Cut so until the end of the block."""
        token = _in_use.set(Cutter(partial(Dictionary, self.frozen)) if self.frozen else _loaded(self.own))
        try:
            yield
        finally:
            _in_use.reset(token)


@lru_cache(maxsize=2)
def _loaded(own: tuple[str, ...]) -> Cutter:
    return Cutter(lambda: OwnLexis(_jiebas(), own) if own else _jiebas())


@cache
def _jiebas() -> Lexis:
    return Lexis()


def _lexis() -> Lexis | Dictionary:
    return cutter().lexis
