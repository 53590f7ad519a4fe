"""Names by their sound: names that sound like a misspelt one, and names whose pinyin is given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache

from indexer.segments.schema import NAME_FIELDS
from indexer.text.folding import fold
from indexer.text.han import FIRST_HAN
from query.matching.searcher import Searcher

__all__ = ["PinyinNames"]

_MAX_TEXT_LENGTH = 40  # characters of a text in which names are looked for
_MIN_INNER_LENGTH = 3  # of a name inside a longer text: shorter ones sound like ordinary words
_MAX_NAMES = 5  # that sound like a text


class PinyinNames:
    """The names of people and organisations in an index, read when one is first looked for."""

    def __init__(self, searcher: Searcher) -> None:
        """Look names up in the value tables of the fields that hold names."""
        self._searcher = searcher

    def sounding_like(self, folded: str) -> tuple[str, ...]:
        """Find names that sound like a folded text or a part of it, and are written otherwise."""
        text = folded[:_MAX_TEXT_LENGTH]
        found = (
            name
            for start in range(len(text) - 1)
            for name in self._starting_with(_readings(text[start]))
            if _sounds_like(fold(name), text, start)
        )
        return tuple(dict.fromkeys(found))[:_MAX_NAMES]

    def spelled(self, letters: str) -> tuple[str, ...]:
        """Find names whose pinyin without tones is `letters`; case and blanks do not matter, and v is ü."""
        letters = "".join(char for char in fold(letters).replace("ü", "v") if char.isalpha())
        return tuple(
            name
            for first, names in self._by_first.items()
            if any(letters.startswith(reading) for reading in _readings(first))
            for name in names
            if _is_pinyin_of(letters, fold(name))
        )

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        """The names by their first folded character, in the order of the fields and of their values."""
        by_first: defaultdict[str, list[str]] = defaultdict(list)
        names = (
            self._searcher.table(field).shown(number)
            for field in NAME_FIELDS
            for number in self._searcher.live_values(field)
        )
        for name in dict.fromkeys(names):
            folded = fold(name)
            if len(folded) > 1:
                by_first[folded[0]].append(name)
        return by_first

    def _starting_with(self, readings: frozenset[str]) -> Iterator[str]:
        for first, names in self._by_first.items():
            if readings & _readings(first):
                yield from names


def _sounds_like(name: str, text: str, start: int) -> bool:
    """Tell whether a folded name sounds like the text at `start`, but does not stand there."""
    part = text[start : start + len(name)]
    if len(part) < len(name) or part == name or (len(name) < _MIN_INNER_LENGTH and part != text):
        return False
    return all(
        left == right or _readings(left) & _readings(right) for left, right in zip(part, name, strict=True)
    )


def _is_pinyin_of(letters: str, name: str) -> bool:
    """Tell whether letters are some reading of each character of a folded name, one after the other."""
    rests = {letters}
    for readings in filter(None, map(_readings, name)):  # the dot of a foreign name has no reading
        rests = {
            rest.removeprefix(reading) for rest in rests for reading in readings if rest.startswith(reading)
        }
    return "" in rests


@lru_cache(maxsize=1 << 14)
def _readings(char: str) -> frozenset[str]:
    """Look up the readings of a Chinese character in pinyin without tones; none for any other character."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - takes 0.15 s, and few searches need it

    if not char >= FIRST_HAN:
        return frozenset()
    (readings,) = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore") or [[]]
    return frozenset(readings)
