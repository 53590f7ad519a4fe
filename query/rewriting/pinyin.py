"""Names by their sound: what a misspelt name was meant to be, and what pinyin spells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache

from indexer.segments.schema import NAME_FIELDS
from indexer.text.folding import fold
from indexer.text.han import FIRST_HAN
from query.matching.searcher import Searcher

__all__ = ["PinyinNames"]

_LONGEST = 40  # characters of a text in which names are looked for
_SHORTEST = 3  # of a name inside a longer text; shorter ones sound like ordinary words
_MOST = 5  # names that are suggested


class PinyinNames:
    """The names of an index, gone through when one is first asked for."""

    def __init__(self, searcher: Searcher) -> None:
        """Prepare to ask for the values of the fields that name somebody or something."""
        self._searcher = searcher

    def like(self, folded: str) -> tuple[str, ...]:
        """Return the names that sound like a text, or like a part of it, and are written otherwise."""
        text = folded[:_LONGEST]
        found = (
            name
            for start in range(len(text) - 1)
            for name in self._beginning(_readings(text[start]))
            if _sounds_in(fold(name), text, start)
        )
        return tuple(dict.fromkeys(found))[:_MOST]

    def spelt(self, letters: str) -> tuple[str, ...]:
        """Return the names whose pinyin is `letters`, without tones; blanks and case do not matter."""
        asked = "".join(char for char in fold(letters).replace("ü", "v") if char.isalpha())
        return tuple(
            name
            for first, names in self._by_first.items()
            if any(asked.startswith(sound) for sound in _readings(first))
            for name in names
            if _spells(asked, fold(name))
        )

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        """The names by their first character, folded, in the order of the fields and of their values."""
        tables = map(self._searcher.table, NAME_FIELDS)
        by_first: defaultdict[str, list[str]] = defaultdict(list)
        for name in dict.fromkeys(table.shown(number) for table in tables for number in range(len(table))):
            folded = fold(name)
            if len(folded) > 1:
                by_first[folded[0]].append(name)
        return by_first

    def _beginning(self, sounds: frozenset[str]) -> Iterator[str]:
        for first, names in self._by_first.items():
            if sounds & _readings(first):
                yield from names


def _sounds_in(name: str, text: str, start: int) -> bool:
    """Tell whether a name sounds like the text from `start` on, but is not what stands there."""
    part = text[start : start + len(name)]
    if len(part) < len(name) or part == name or (len(name) < _SHORTEST and part != text):
        return False
    return all(
        left == right or _readings(left) & _readings(right) for left, right in zip(part, name, strict=True)
    )


def _spells(asked: str, name: str) -> bool:
    """Tell whether letters are the pinyin of a name, character by character."""
    rests = {asked}
    for readings in filter(None, map(_readings, name)):  # the dot of a foreign name is silent
        rests = {rest.removeprefix(sound) for rest in rests for sound in readings if rest.startswith(sound)}
    return "" in rests


@lru_cache(maxsize=1 << 14)
def _readings(char: str) -> frozenset[str]:
    """Return how a character is read, without tones; nothing for what is no Chinese character."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - 0.15 s, and few searches ask for a sound

    if not char >= FIRST_HAN:
        return frozenset()
    (readings,) = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore") or [[]]
    return frozenset(readings)
