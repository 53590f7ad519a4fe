"""How text is cut into words: jieba, and all of its quirks, live here."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

from indexer.dictionary import Dictionary, write_dictionary
from indexer.folding import fold, folding_version, holds_word
from indexer.lexis import Lexis, jieba

__all__ = [
    "commonness",
    "cut",
    "cuts_word",
    "cutting_by",
    "fingerprint",
    "first_word",
    "freeze",
    "frozen_cut",
    "frozen_words",
    "is_noun",
    "is_word",
    "rarity",
    "spans_border",
    "words",
]

_current: ContextVar[Dictionary | None] = ContextVar("dictionary", default=None)

_Cut = Callable[[str], list[str]]

# What jieba cuts on its own, and what in it rjieba cuts in the same way. Not the marks that join
# letters and digits, and not the characters that only one of the two counts as Chinese.
_BLOCK = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+)")
_PLAIN = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9]+")
_ODD = re.compile(
    r"[+#&._%\-]|[^\u4e00-\u9fd5\u3000-\u303f\uff00-\uffef\u2010-\u2027\u2030-\u205e\u0020-\u007e·×]"
)
_CONTEXT = 6  # characters before a place that show where its words begin
_COMMON_MARKS = dict.fromkeys("，。、：；！？“”「」《》（）—…·", 100_000)  # as a common character


def words(folded: str) -> list[str]:
    """Cut a folded text as jieba's search mode does, punctuation left out."""
    return _searched(cut(folded), _lexis())


def frozen_words(dictionary: Dictionary) -> Callable[[str], list[str]]:
    """Return `words` by the dictionary that an index was cut with, which is mapped, not loaded."""
    return lambda folded: _searched(_tokenizer_of(dictionary).lcut(folded), dictionary)


def frozen_cut(dictionary: Dictionary) -> Callable[[str], list[str]]:
    """Return what cuts a folded text into its words by a frozen dictionary, punctuation left out."""
    return lambda folded: list(filter(holds_word, _tokenizer_of(dictionary).lcut(folded)))


def freeze(dictionary: Path) -> None:
    """Write the dictionary that `words` cuts by."""
    write_dictionary(dictionary, _loaded())


@contextmanager
def cutting_by(dictionary: Path) -> Iterator[None]:
    """Cut by a dictionary that was frozen: what little there is to cut is done before jieba's is loaded."""
    token = _current.set(Dictionary(dictionary))
    try:
        yield
    finally:
        _current.reset(token)


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
    """Tell whether a text is an ordinary word of the dictionary, and not a person's name there."""
    return bool(_lexis().frequencies.get(text)) and not _lexis().is_person(text)


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


@lru_cache(maxsize=4)  # a paragraph is cut for its keywords and for its words
def cut(text: str) -> tuple[str, ...]:
    """Cut a text into its words, each once, punctuation included."""
    return tuple(_by_block(text, _rjieba().cut, _tokenizer().lcut))


def _searched(cut_words: Iterable[str], lexis: Lexis | Dictionary) -> list[str]:
    """Return words as jieba's search mode does, punctuation left out."""
    # Only what is loaded for good is remembered: an index that was closed must be let go.
    parts = _loaded_parts if isinstance(lexis, Lexis) else partial(_parts, lexis)
    return list(chain.from_iterable(map(parts, cut_words)))


@lru_cache(maxsize=1 << 16)
def _loaded_parts(word: str) -> tuple[str, ...]:
    return _parts(_loaded(), word)


def _parts(lexis: Lexis | Dictionary, word: str) -> tuple[str, ...]:
    """Return a word behind the words of two and of three characters inside it, nothing for punctuation."""
    if not holds_word(word):
        return ()
    sizes = range(2, min(4, len(word)))
    parts = (word[at : at + size] for size in sizes for at in range(len(word) - size + 1))
    return (*filter(lexis.frequencies.get, parts), word)


def _by_block(text: str, fast: _Cut, slow: _Cut) -> list[str]:
    """Cut a text with `fast` where it cuts as `slow` does: see `_ODD`.

    jieba cuts each block on its own, so that one odd block does not slow down the others.
    """
    if not _ODD.search(text):
        return fast(text)
    found: list[str] = []
    for block in filter(None, _BLOCK.split(text)):
        found += fast(block) if _PLAIN.fullmatch(block) else slow(block)
    return found


def is_noun(word: str) -> bool:
    """Tell whether a word of the dictionary is a noun, or a verb used as one (培训, 就业)."""
    return _lexis().is_noun(word)


def rarity(word: str) -> float:
    """Return the inverse document frequency of a word in jieba's table, its median if unknown."""
    return _lexis().rarity(word)


def fingerprint() -> dict[str, str]:
    """Return what decides how text is folded and cut; an index is stale when it differs."""
    from importlib.metadata import version  # noqa: PLC0415 - takes its time, and a search asks for none

    return {"jieba": version("jieba"), "rjieba": version("rjieba")} | folding_version()


@cache
def _rjieba() -> ModuleType:
    """Import jieba's algorithm in Rust: the same words, twenty times as fast."""
    return import_module("rjieba")


@cache
def _loaded() -> Lexis:
    return Lexis()


def _lexis() -> Lexis | Dictionary:
    return _current.get() or _loaded()


def _tokenizer() -> Any:
    return _tokenizer_of(_lexis())


@lru_cache(maxsize=2)
def _tokenizer_of(lexis: Lexis | Dictionary) -> Any:
    """Return a tokenizer of our own: what others add to jieba's shared one changes nothing here."""
    tokenizer = jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total = lexis.frequencies, lexis.total
    tokenizer.initialized = True
    return tokenizer
