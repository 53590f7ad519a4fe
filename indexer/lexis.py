"""What jieba knows of words, as its files say it: how common, how rare in texts, what part of speech."""

from __future__ import annotations

import logging
import sys
import warnings
from functools import cache, cached_property
from importlib.resources import files
from types import ModuleType

__all__ = ["Lexis", "jieba"]

_NOUN = ("n", "nz", "nt", "vn", "an", "l")
_PERSON = ("nr", "nrt", "nrfg")


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


class Lexis:
    """Jieba's files in memory: two seconds to load, and the fastest to ask.

    They are read directly. jieba's cache in the temp folder is one file for all users, and
    jieba.analyse loads its table twice, and a tagger that nobody asked for.
    """

    def __init__(self) -> None:
        """Load the words that texts are cut by."""
        tokenizer = jieba().Tokenizer()
        self.frequencies, self.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())

    def is_noun(self, word: str) -> bool:
        """Tell whether a word is a noun, or a verb used as one (培训, 就业)."""
        return word in self.nouns

    def is_person(self, word: str) -> bool:
        """Tell whether a word is a person's name."""
        return word in self.people

    def rarity(self, word: str) -> float:
        """Return the inverse document frequency of a word, the median where it is not known."""
        return self.rarities.get(word, self.usual_rarity)

    @property
    def nouns(self) -> set[str]:
        """The words that are nouns."""
        return self._by_part_of_speech[0]

    @property
    def people(self) -> set[str]:
        """The words that are names of people."""
        return self._by_part_of_speech[1]

    @cached_property
    def rarities(self) -> dict[str, float]:
        """The inverse document frequencies of words."""
        lines = (files("jieba") / "analyse" / "idf.txt").read_text("utf-8").splitlines()
        return {word: round(float(value), 3) for word, value in map(str.split, lines)}

    @cached_property
    def usual_rarity(self) -> float:
        """The median of them."""
        return sorted(self.rarities.values())[len(self.rarities) // 2]

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
