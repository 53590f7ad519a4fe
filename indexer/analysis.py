"""How text is cut into words: jieba, and all of its quirks, live here."""

from __future__ import annotations

import logging
import math
import sys
import unicodedata
import warnings
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from statistics import median
from types import ModuleType
from typing import Any

from indexer.folding import fold, holds_word

__all__ = [
    "commonness",
    "cut",
    "cuts_word",
    "fingerprint",
    "first_word",
    "is_noun",
    "is_word",
    "rarity",
    "spans_border",
    "words",
]

_CONTEXT = 6  # characters before a place that show where its words begin
_NOUN = ("n", "nz", "nt", "vn", "an", "l")
_PERSON = ("nr", "nrt", "nrfg")
_COMMON_MARKS = dict.fromkeys("，。、：；！？“”「」《》（）—…·", 100_000)  # as a common character


def words(folded: str) -> list[str]:
    """Cut a folded text as jieba's search mode does, punctuation left out."""
    return [word for word in _tokenizer().lcut_for_search(folded) if holds_word(word)]


def first_word(text: str) -> str:
    """Return the first word of a text, or the empty string."""
    return next(iter(_tokenizer().cut(text)), "")


def spans_border(left: str, right: str) -> bool:
    """Tell whether one word begins at the end of `left` and ends at the start of `right`."""
    at = 0
    for word in _tokenizer().cut(left + right):
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
    for word in _tokenizer().cut(text[at:end]):
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


def cut(text: str) -> list[str]:
    """Cut a text into its words, each once, punctuation included."""
    return _tokenizer().lcut(text)  # type: ignore[no-any-return]


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
def _tokenizer() -> Any:
    """Return a tokenizer of our own: what others add to jieba's shared one changes nothing here.

    The dictionary is read directly; jieba's cache in the temp folder is one file for all users.
    """
    tokenizer = _jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


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
