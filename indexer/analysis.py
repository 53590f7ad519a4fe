"""How text is cut into words: jieba, and all of its quirks, live here."""

from __future__ import annotations

import logging
import math
import re
import sys
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

from indexer.dictionary import Dictionary, packed, write_dictionary
from indexer.folding import fold, holds_word

__all__ = [
    "commonness",
    "cut",
    "cuts_word",
    "fingerprint",
    "first_word",
    "freeze",
    "frozen_words",
    "is_noun",
    "is_word",
    "rarity",
    "spans_border",
    "words",
]

_Cut = Callable[[str], list[str]]

# What jieba cuts on its own, and what in it rjieba cuts in the same way. Not the marks that join
# letters and digits, and not the characters that only one of the two counts as Chinese.
_BLOCK = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+)")
_PLAIN = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9]+")
_ODD = re.compile(
    r"[+#&._%\-]|[^\u4e00-\u9fd5\u3000-\u303f\uff00-\uffef\u2010-\u2027\u2030-\u205e\u0020-\u007e·×]"
)
_CONTEXT = 6  # characters before a place that show where its words begin
_NOUN = ("n", "nz", "nt", "vn", "an", "l")
_PERSON = ("nr", "nrt", "nrfg")
_COMMON_MARKS = dict.fromkeys("，。、：；！？“”「」《》（）—…·", 100_000)  # as a common character


def words(folded: str) -> list[str]:
    """Cut a folded text as jieba's search mode does, punctuation left out."""
    return _searched(cut(folded), _tokenizer().FREQ)


def frozen_words(dictionary: Dictionary) -> Callable[[str], list[str]]:
    """Return `words` by the dictionary that an index was cut with, which is mapped, not loaded."""
    tokenizer = _jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total = dictionary, dictionary.total
    tokenizer.initialized = True
    return lambda folded: _searched(tokenizer.lcut(folded), tokenizer.FREQ)


def freeze(dictionary: Path) -> None:
    """Write the dictionary that `words` cuts by."""
    write_dictionary(dictionary, *_packed(), _tokenizer().total)


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
    return _tokenizer().FREQ.get(text, 0) > 0 and text not in _by_part_of_speech()[1]


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
    counts = _tokenizer().FREQ
    return sum(math.log(1 + (_COMMON_MARKS.get(char) or counts.get(fold(char), 0))) for char in text) / max(
        1, len(text)
    )


@lru_cache(maxsize=4)  # a paragraph is cut for its keywords and for its words
def cut(text: str) -> tuple[str, ...]:
    """Cut a text into its words, each once, punctuation included."""
    return tuple(_by_block(text, _rjieba().cut, _tokenizer().lcut))


def _searched(cut_words: Iterable[str], dictionary: Mapping[str, int] | Dictionary) -> list[str]:
    """Return words as jieba's search mode does: before each the words of two and three inside it."""
    found: list[str] = []
    for word in filter(holds_word, cut_words):
        if len(word) > 2:
            found += [part for part in _parts(word) if dictionary.get(part)]
        found.append(word)
    return found


@lru_cache(maxsize=1 << 14)
def _parts(word: str) -> tuple[str, ...]:
    """Return what is two or three characters long inside a longer word."""
    return tuple(
        word[at : at + size] for size in range(2, min(4, len(word))) for at in range(len(word) - size + 1)
    )


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
    return word in _by_part_of_speech()[0]


def rarity(word: str) -> float:
    """Return the inverse document frequency of a word in jieba's table, its median if unknown."""
    table = _rarities()
    return table.get(word, table[""])


def fingerprint() -> dict[str, str]:
    """Return what decides how text is folded and cut; an index is stale when it differs."""
    return {
        "jieba": version("jieba"),
        "rjieba": version("rjieba"),
        "opencc": version("opencc"),
        "unicode": unicodedata.unidata_version,
    }


@cache
def _jieba() -> ModuleType:
    """Import jieba without pkg_resources, which it asks for only to find its own files."""
    absent = "pkg_resources" not in sys.modules
    if absent:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes in its regular expressions
            import jieba  # noqa: PLC0415 - only a build and the ranking need it
    finally:
        if absent:
            del sys.modules["pkg_resources"]
    jieba.setLogLevel(logging.CRITICAL)
    module: ModuleType = jieba
    return module


@cache
def _rjieba() -> ModuleType:
    """Import jieba's algorithm in Rust: the same words, twenty times as fast."""
    return import_module("rjieba")


@cache
def _tokenizer() -> Any:
    """Return a tokenizer of our own: what others add to jieba's shared one changes nothing here.

    The dictionary is read directly; jieba's cache in the temp folder is one file for all users.
    """
    tokenizer = _jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@cache
def _packed() -> tuple[bytes, Any]:
    return packed(_tokenizer().FREQ)


@cache
def _by_part_of_speech() -> tuple[frozenset[str], frozenset[str]]:
    """Return the nouns and the names of people in jieba's dictionary."""
    nouns, people = set(), set()
    with _tokenizer().get_dict_file() as lines:
        for line in lines:
            word, _, tag = line.decode("utf-8").split()
            if tag in _NOUN:
                nouns.add(word)
            elif tag in _PERSON:
                people.add(word)
    return frozenset(nouns), frozenset(people)


@cache
def _rarities() -> dict[str, float]:
    """Return jieba's table of inverse document frequencies, its median under the empty word.

    Read here because jieba.analyse loads it twice, and a tagger that nobody asked for.
    """
    lines = (files("jieba") / "analyse" / "idf.txt").read_text("utf-8").splitlines()
    table = {word: float(value) for word, value in map(str.split, lines)}
    return table | {"": median(table.values())}
