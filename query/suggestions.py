"""What may be meant by what is being typed: names, topics, sessions and headlines, also by their pinyin."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, product, takewhile

import numpy as np
from msgspec import Struct

from indexer.analysis.name_sounds import NameSounds
from indexer.segments.values import ValueTable
from indexer.store.arrays import Array
from indexer.text.folding import fold
from query.language.fields import INDEX_FIELDS
from query.matching.finder import Finder

__all__ = ["Suggester", "Suggestion"]

_KINDS = ("speaker", "topic", "session", "title", "mentions")  # filters, in the order of what they suggest
_SPELLED = 10  # characters of a value that may be typed in pinyin
_MAX_SPELLINGS = {"title": 1, "topic": 1}  # there are many of them: each as it is usually read
_MAX_NAME_SPELLINGS = 8  # of a name whose characters have several readings each
_MAX_RANKED = 500  # values of a kind that are put in order, the most frequent ones
_MAX_TEXT_LENGTH = 60  # characters; a longer text is no beginning of anything


class Suggestion(Struct, frozen=True):
    """A value that may be meant, the name of its filter (speaker …), and how many paragraphs have it."""

    field: str
    value: str
    count: int

    def to_dict(self) -> dict[str, str | int]:
        """Return the suggestion as it stands in JSON."""
        return {"field": self.field, "value": self.value, "count": self.count}


class Suggester:
    """Suggests values of an index; what is needed of a field is worked out when it is first asked for."""

    def __init__(self, finder: Finder, sounds: NameSounds) -> None:
        """Suggest values of the tables of `finder`; `sounds` tells how characters are read."""
        self._finder = finder
        self._sounds = sounds
        self._counts: dict[str, Array] = {}
        self._spellings: dict[str, list[tuple[str, int]]] = {}
        self._readings: dict[str, list[str]] = {}

    def suggest(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """List at most `limit` values of each kind; see `Index.suggest`."""
        folded = fold(text)
        if not folded or len(folded) > _MAX_TEXT_LENGTH:
            return ()
        return tuple(each for kind in _KINDS for each in self._of_kind(kind, folded, limit))

    def _of_kind(self, kind: str, folded: str, limit: int) -> Iterator[Suggestion]:
        """List the most frequent values: first those that begin with a text, then those that hold it."""
        table, counts = self._finder.table(INDEX_FIELDS[kind]), self._count(kind)
        spelled = self._spelled(kind, folded) if folded.isascii() and folded.isalpha() else []
        numbers = np.union1d(table.containing(folded), np.array(spelled, "i8"))
        numbers = numbers[counts[numbers] > 0]
        ranked = numbers[np.lexsort((table.ranks[numbers], -counts[numbers]))][:_MAX_RANKED].tolist()
        begun = {*spelled, *(number for number in ranked if table.folded(number).startswith(folded))}
        for number in sorted(ranked, key=lambda number: number not in begun)[:limit]:
            yield Suggestion(kind, table.shown(number), int(counts[number]))

    def _count(self, kind: str) -> Array:
        """Count the live paragraphs with each value of a kind (i8)."""
        if kind not in self._counts:
            self._counts[kind] = self._finder.live_counts(INDEX_FIELDS[kind])
        return self._counts[kind]

    def _spelled(self, kind: str, letters: str) -> list[int]:
        """Find the values whose pinyin, or its initials, begin with some letters."""
        if kind not in self._spellings:
            table = self._finder.table(INDEX_FIELDS[kind])
            self._spellings[kind] = sorted(
                (spelling, number)
                for number in np.flatnonzero(self._count(kind)).tolist()
                for spelling in self._spell(table, number, _MAX_SPELLINGS.get(kind, _MAX_NAME_SPELLINGS))
            )
        spellings = self._spellings[kind]
        first = bisect_left(spellings, (letters,))
        begun = takewhile(lambda at: spellings[at][0].startswith(letters), range(first, len(spellings)))
        return [*{spellings[at][1] for at in begun}]

    def _spell(self, table: ValueTable, number: int, most: int) -> set[str]:
        """Spell the beginning of a value in pinyin without tones, and by its initials, in `most` readings."""
        readings = [self._read(char) for char in table.folded(number)[:_SPELLED]]
        return {
            spelling
            for syllables in islice(product(*readings), most)
            for spelling in ("".join(syllables), "".join(syllable[:1] for syllable in syllables))
        }

    def _read(self, char: str) -> Sequence[str]:
        if char not in self._readings:
            self._readings[char] = self._sounds.readings(char) or [char if char.isalnum() else ""]
        return self._readings[char]
