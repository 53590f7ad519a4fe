"""Names by their sound: names that sound like a misspelt one, and names whose pinyin is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.analysis.name_sounds import NameSounds
from indexer.segments.schema import NAME_FIELDS
from indexer.text.folding import fold
from query.matching.finder import Finder

__all__ = ["PinyinNames"]

_MAX_TEXT_LENGTH = 40  # characters of a text in which names are looked for
_MIN_INNER_LENGTH = 3  # of a name inside a longer text: shorter ones sound like ordinary words
_MAX_NAMES = 5  # that sound like a text


class PinyinNames:
    """The names of people and organisations in an index that live paragraphs have, by their sounds."""

    def __init__(self, searcher: Finder, sounds: NameSounds) -> None:
        """Look names up in the value tables of the fields that hold names, by their `sounds`."""
        self._searcher = searcher
        self._sounds = sounds

    def sounding_like(self, folded: str) -> tuple[str, ...]:
        """Find names that sound like a folded text or a part of it, and are written otherwise."""
        text = folded[:_MAX_TEXT_LENGTH]
        found = (
            name
            for start in range(len(text) - 1)
            for name in self._shown(self._sounds.alike(text[start:]))
            if _is_written_otherwise(fold(name), text, start)
        )
        return tuple(dict.fromkeys(found))[:_MAX_NAMES]

    def spelled(self, letters: str) -> tuple[str, ...]:
        """Find names whose pinyin without tones is `letters`; case and blanks do not matter, and v is ü."""
        letters = "".join(char for char in fold(letters).replace("ü", "v") if char.isalpha())
        return tuple(dict.fromkeys(self._shown(self._sounds.with_sound(letters))))

    def _shown(self, names: Iterable[tuple[str, int]]) -> Iterator[str]:
        """Yield the names that a live paragraph has, in the order of their fields and values."""
        for field, value in sorted(names, key=lambda name: (NAME_FIELDS.index(name[0]), name[1])):
            if self._searcher.live(field)[value]:
                yield self._searcher.table(field).shown(value)


def _is_written_otherwise(name: str, text: str, start: int) -> bool:
    """Tell whether a folded name does not stand at `start` of a text, but may be meant there."""
    part = text[start : start + len(name)]
    return part != name and (len(name) >= _MIN_INNER_LENGTH or part == text)
