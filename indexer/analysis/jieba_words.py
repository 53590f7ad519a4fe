"""jieba's words, read from its files: their frequencies, idf and parts of speech; and the user's words."""

from __future__ import annotations

import hashlib
import logging
import re
import sys
import warnings
from abc import abstractmethod
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any, Protocol

from indexer.text.folding import fold

__all__ = [
    "JIEBA_BLOCK",
    "JIEBA_HAN",
    "Frequencies",
    "JiebaWords",
    "WithUserWords",
    "import_jieba",
    "is_one_block",
    "jieba_digest",
    "load_jieba_words",
    "make_tokenizer",
    "needs_entry",
]

JIEBA_HAN = r"\u4E00-\u9FD5"
"""The Chinese characters that jieba knows of, to stand in a character class: fewer than there are."""

JIEBA_BLOCK = re.compile(rf"([{JIEBA_HAN}a-zA-Z0-9+#&\._%\-]+)")
"""A block of text: jieba cuts each on its own."""

# Tags in jieba's dictionary, after the scheme of ICTCLAS.
_NOUN_TAGS = ("n", "nz", "nt", "vn", "an", "l")
_PERSON_NAME_TAGS = ("nr", "nrt", "nrfg")


_IDF_FILE = "analyse/idf.txt"


class Frequencies(Protocol):
    """The frequencies of words, as a tokenizer of jieba's asks for them."""

    @abstractmethod
    def get(self, word: str, /) -> int | None:
        """Return the frequency of a word, 0 for a mere prefix of words, None for anything else."""

    def __contains__(self, word: str, /) -> bool:
        """Tell whether a text is a word or a prefix of one."""
        return self.get(word) is not None

    def __getitem__(self, word: str, /) -> int:
        """Return the frequency of a word, 0 for a mere prefix; raise `KeyError` for anything else."""
        frequency = self.get(word)
        if frequency is None:
            raise KeyError(word)
        return frequency


class _LazyModule(ModuleType):
    """Imports the module in whose place it stands when that is first asked for something.

    jieba imports the tables for words that it does not know; few queries hold one, and they take a tenth of
    the time of a search.
    """

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@cache
def import_jieba() -> ModuleType:
    """Import jieba without pkg_resources, which it asks for only to find its own files."""
    absent = "pkg_resources" not in sys.modules
    if absent:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    sys.modules.setdefault("jieba.finalseg", _LazyModule("jieba.finalseg"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes in its regular expressions
            import jieba  # noqa: PLC0415 - only a build and the ranking need it
    finally:
        if absent:
            del sys.modules["pkg_resources"]
    jieba.setLogLevel(logging.CRITICAL)
    imported: ModuleType = jieba
    return imported


def is_one_block(word: str) -> bool:
    """Tell whether jieba keeps all characters of a word in one block."""
    return JIEBA_BLOCK.fullmatch(word) is not None


def needs_entry(word: str) -> bool:
    """Tell whether jieba cuts a folded word as a whole only with an entry in its dictionary.

    It needs none for a single character nor for a run of letters and digits, and none helps where a
    word has characters that end a block.
    """
    return len(word) > 1 and is_one_block(word) and not (word.isascii() and word.isalnum())


def make_tokenizer(frequencies: Frequencies, total: int) -> Any:
    """Make a tokenizer of jieba's that cuts by these frequencies and their sum, and by nothing else.

    What others add to jieba's shared tokenizer does not change it.
    """
    tokenizer = import_jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total = frequencies, total
    tokenizer.initialized = True
    return tokenizer


class JiebaWords:
    """Jieba's files in memory: two seconds to load, and the fastest to ask.

    They are read directly. jieba's cache in the temp folder is one file for all users, and
    jieba.analyse loads its table twice, and a tagger that nobody asked for.
    """

    user_words: tuple[str, ...] = ()
    """The user's words, as they are written."""

    added: frozenset[str] = frozenset()
    """Those of them, folded, that jieba does not have."""

    def __init__(self) -> None:
        """Load the frequencies; all else is loaded when it is first asked for."""
        tokenizer = import_jieba().Tokenizer()
        self.frequencies: dict[str, int]
        self.total: int
        self.frequencies, self.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())

    def is_noun(self, word: str) -> bool:
        """Tell whether a word is a noun, or a verb used as one (培训, 就业)."""
        return word in self.nouns

    def is_person_name(self, word: str) -> bool:
        """Tell whether a word is a person's name."""
        return word in self.person_names

    def is_ordinary(self, word: str) -> bool:
        """Tell whether a word is one of jieba's and not a person's name."""
        return bool(self.frequencies.get(word)) and word not in self.added and not self.is_person_name(word)

    def idf(self, word: str) -> float:
        """Return the inverse document frequency of a word, the median where it is not known."""
        return self.idfs.get(word, self.median_idf)

    @property
    def nouns(self) -> set[str]:
        """The words that are nouns."""
        return self._by_part_of_speech[0]

    @property
    def person_names(self) -> set[str]:
        """The words that are names of people."""
        return self._by_part_of_speech[1]

    @cached_property
    def idfs(self) -> dict[str, float]:
        """The inverse document frequencies in jieba's table, to three digits."""
        lines = _read_jieba_file(_IDF_FILE).decode("utf-8").splitlines()
        return {word: round(float(value), 3) for word, value in map(str.split, lines)}

    @cached_property
    def median_idf(self) -> float:
        """The median of the inverse document frequencies."""
        return sorted(self.idfs.values())[len(self.idfs) // 2]

    @cached_property
    def _by_part_of_speech(self) -> tuple[set[str], set[str]]:
        nouns, person_names = set(), set()
        with import_jieba().Tokenizer().get_dict_file() as lines:
            for line in lines:
                word, _, tag = line.decode("utf-8").split()
                if tag in _NOUN_TAGS:
                    nouns.add(word)
                elif tag in _PERSON_NAME_TAGS:
                    person_names.add(word)
        return nouns, person_names


class WithUserWords(JiebaWords):
    """jieba's words, and the user's, whose frequencies are high enough for them to be cut as wholes.

    What jieba does not have counts as a noun, and is no ordinary word: it may be a name.
    """

    def __init__(self, base: JiebaWords, user_words: Sequence[str]) -> None:
        """Add words to those of `base`, which is left unchanged."""
        folded = sorted({*map(fold, user_words)}, key=lambda word: (len(word), word))
        self._base = base
        self.user_words = tuple(user_words)
        self.added = frozenset(word for word in folded if not base.frequencies.get(word))
        self.frequencies = dict(base.frequencies)
        tokenizer = make_tokenizer(self.frequencies, base.total)
        for word in filter(needs_entry, folded):  # the longer one is to win against those inside it
            before = self.frequencies.get(word, 0)
            tokenizer.add_word(word)
            tokenizer.total -= before  # jieba counts it twice, rjieba does not
        self.total = tokenizer.total

    @cached_property
    def nouns(self) -> set[str]:
        """The words that are nouns."""
        return self._base.nouns | self.added

    @property
    def person_names(self) -> set[str]:
        """The words that are names of people."""
        return self._base.person_names

    @cached_property
    def idfs(self) -> dict[str, float]:
        """The inverse document frequencies in jieba's table."""
        return self._base.idfs

    @cached_property
    def median_idf(self) -> float:
        """The median of the inverse document frequencies."""
        return self._base.median_idf


def jieba_digest() -> bytes:
    """Return the SHA-256 of the files of the installed jieba that words are read from."""
    digest = hashlib.sha256()
    for name in ("dict.txt", _IDF_FILE):
        digest.update(_read_jieba_file(name))
    return digest.digest()


def _read_jieba_file(name: str) -> bytes:
    from importlib.resources import files  # noqa: PLC0415 - no search reads one

    return (files("jieba") / name).read_bytes()


@lru_cache(maxsize=2)
def load_jieba_words(user_words: tuple[str, ...] = ()) -> JiebaWords:
    """Load jieba's words with the user's; what was loaded last is kept for the next call."""
    return WithUserWords(load_jieba_words(), user_words) if user_words else JiebaWords()
