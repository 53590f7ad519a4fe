"""What jieba knows of words, as its files say it: how common, how rare in texts, what part of speech."""

from __future__ import annotations

import logging
import re
import sys
import warnings
from abc import abstractmethod
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from types import ModuleType
from typing import Any, Protocol

from indexer.text.folding import fold

__all__ = [
    "JIEBAS",
    "JIEBA_BLOCK",
    "Frequencies",
    "JiebaWords",
    "WithUserWords",
    "is_cuttable",
    "is_one_block",
    "jieba",
    "load_jieba_words",
    "tokenizer_of",
]

_NOUN = ("n", "nz", "nt", "vn", "an", "l")
_PERSON = ("nr", "nrt", "nrfg")

JIEBAS = r"\u4E00-\u9FD5"
"""The Chinese characters that jieba knows of, as a part of a class: fewer than there are."""

JIEBA_BLOCK = re.compile(rf"([{JIEBAS}a-zA-Z0-9+#&\._%\-]+)")
"""What jieba cuts on its own."""


class Frequencies(Protocol):
    """How frequent words are, as a tokenizer of jieba's asks for it."""

    @abstractmethod
    def get(self, word: str, /) -> int | None:
        """Return the frequency of a word, 0 for what only begins one, None for what is none."""

    def __contains__(self, word: str, /) -> bool:
        """Tell whether a text is a word or begins one."""
        return self.get(word) is not None

    def __getitem__(self, word: str, /) -> int:
        """Return the frequency of a word, 0 for what only begins one; raise `KeyError` for what is none."""
        frequency = self.get(word)
        if frequency is None:
            raise KeyError(word)
        return frequency


@cache
def jieba() -> ModuleType:
    """Import jieba without pkg_resources, which it asks for only to find its own files."""
    absent = "pkg_resources" not in sys.modules
    if absent:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes in its regular expressions
            import jieba as module  # noqa: PLC0415 - only a build and the ranking need it
    finally:
        if absent:
            del sys.modules["pkg_resources"]
    module.setLogLevel(logging.CRITICAL)
    imported: ModuleType = module
    return imported


def is_one_block(word: str) -> bool:
    """Tell whether a word is of such characters only as jieba keeps together."""
    return JIEBA_BLOCK.fullmatch(word) is not None


def is_cuttable(word: str) -> bool:
    """Tell whether jieba has to know a folded word to cut it: letters, digits, one character it keeps."""
    return len(word) > 1 and is_one_block(word) and not (word.isascii() and word.isalnum())


def tokenizer_of(frequencies: Frequencies, total: int) -> Any:
    """Return a tokenizer that cuts by these words, and by nothing that others add to jieba's own."""
    tokenizer = jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total = frequencies, total
    tokenizer.initialized = True
    return tokenizer


class JiebaWords:
    """Jieba's files in memory: two seconds to load, and the fastest to ask.

    They are read directly. jieba's cache in the temp folder is one file for all users, and
    jieba.analyse loads its table twice, and a tagger that nobody asked for.
    """

    own: tuple[str, ...] = ()
    """The user's words, as they are written."""

    new: frozenset[str] = frozenset()
    """Those of them, folded, that jieba does not have."""

    def __init__(self) -> None:
        """Load the words that texts are cut by."""
        tokenizer = jieba().Tokenizer()
        self.frequencies: dict[str, int]
        self.total: int
        self.frequencies, self.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())

    def is_noun(self, word: str) -> bool:
        """Tell whether a word is a noun, or a verb used as one (培训, 就业)."""
        return word in self.nouns

    def is_person(self, word: str) -> bool:
        """Tell whether a word is a person's name."""
        return word in self.people

    def is_ordinary(self, word: str) -> bool:
        """Tell whether a word is one of jieba's that is no person's name."""
        return bool(self.frequencies.get(word)) and word not in self.new and not self.is_person(word)

    def idf(self, word: str) -> float:
        """Return the inverse document frequency of a word, the median where it is not known."""
        return self.idfs.get(word, self.median_idf)

    @property
    def nouns(self) -> set[str]:
        """The words that are nouns."""
        return self._by_part_of_speech[0]

    @property
    def people(self) -> set[str]:
        """The words that are names of people."""
        return self._by_part_of_speech[1]

    @cached_property
    def idfs(self) -> dict[str, float]:
        """The inverse document frequencies of words."""
        lines = (files("jieba") / "analyse" / "idf.txt").read_text("utf-8").splitlines()
        return {word: round(float(value), 3) for word, value in map(str.split, lines)}

    @cached_property
    def median_idf(self) -> float:
        """The median of them."""
        return sorted(self.idfs.values())[len(self.idfs) // 2]

    @cached_property
    def _by_part_of_speech(self) -> tuple[set[str], set[str]]:
        nouns, people = set(), set()
        with jieba().Tokenizer().get_dict_file() as lines:
            for line in lines:
                word, _, tag = line.decode("utf-8").split()
                if tag in _NOUN:
                    nouns.add(word)
                elif tag in _PERSON:
                    people.add(word)
        return nouns, people


class WithUserWords(JiebaWords):
    """Jieba's words, and the user's own, which are frequent enough to be cut as wholes.

    What jieba does not have counts as a noun, and is no ordinary word: it may be a name.
    """

    def __init__(self, base: JiebaWords, own: Sequence[str]) -> None:
        """Add words to those of `base`, which stays as it is."""
        folded = sorted({*map(fold, own)}, key=lambda word: (len(word), word))
        self._base = base
        self.own = tuple(own)
        self.new = frozenset(word for word in folded if not base.frequencies.get(word))
        self.frequencies = dict(base.frequencies)
        tokenizer = tokenizer_of(self.frequencies, base.total)
        for word in filter(is_cuttable, folded):  # the longer one is to win against those inside it
            known = self.frequencies.get(word, 0)
            tokenizer.add_word(word)
            tokenizer.total -= known  # jieba counts it twice, rjieba does not
        self.total = tokenizer.total

    @cached_property
    def nouns(self) -> set[str]:
        """The words that are nouns."""
        return self._base.nouns | self.new

    @property
    def people(self) -> set[str]:
        """The words that are names of people."""
        return self._base.people

    @cached_property
    def idfs(self) -> dict[str, float]:
        """The inverse document frequencies of words."""
        return self._base.idfs

    @cached_property
    def median_idf(self) -> float:
        """The median of them."""
        return self._base.median_idf


@lru_cache(maxsize=2)
def load_jieba_words(own: tuple[str, ...] = ()) -> JiebaWords:
    """Load jieba's words, and the user's `own` beside them; what was loaded last is kept."""
    return WithUserWords(load_jieba_words(), own) if own else JiebaWords()
