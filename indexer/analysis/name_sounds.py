"""How the names of an index sound: what pypinyin says of them, worked out when the index is built.

A search looks up which names sound like a text, or are spelled by some letters, and imports no pypinyin.

`sounds.arrays` holds the sounds of the names, of which one may have several; of s sounds (u4 is an unsigned
number of four bytes):

    array            type  entries  what it holds
    sound            u1    bytes    the sounds in UTF-8, sorted: syllables without tones, each
                                    with ' behind it (zhang'yan'li'), and the same without (zhangyanli)
    sound_offsets    u4    s + 1    where each begins, and the last ends
    field            u1    s        the field of the name, as an offset into `schema.NAME_FIELDS`
    value            u4    s        the number of its value in that field

`readings.arrays` holds how single characters are read; of c characters:

    array            type  entries  what it holds
    character        u4    c        the code points that have a reading, ascending
    reading          u1    bytes    the readings of each, without tones, blanks between them, in UTF-8
    reading_offsets  u4    c + 1    where those of each begin, and the last end
"""

from __future__ import annotations

import importlib.util
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, cached_property, partial
from importlib.machinery import PathFinder
from itertools import chain, compress, islice, product
from pathlib import Path
from typing import Any

import numpy as np

from indexer.segments.schema import NAME_FIELDS
from indexer.segments.values import read_folded_values
from indexer.store.arrays import ArrayFile, ArrayWriter
from indexer.store.strings import append_strings, read_strings

__all__ = ["NameSounds", "load_readings", "read_readings", "write_name_sounds", "write_readings"]

Readings = Mapping[str, Sequence[str]]
"""The readings of characters in pinyin without tones, v for ü, the most usual first."""

_END = "'"  # of a syllable
_TONES = dict.fromkeys((0x300, 0x301, 0x304, 0x30C))  # combining marks
_MAX_SOUNDS = 32  # of a name whose characters have several readings each
_SOUND_ARRAYS = ("sound", "sound_offsets", "field", "value")
_READING_ARRAYS = ("character", "reading", "reading_offsets")


class NameSounds:
    """The sounds of the names of an index, mapped; of a paragraph that was deleted, too.

    Every method that reads them raises `DamageError` when they are not what was written.
    """

    def __init__(self, sounds: Path, readings: Path) -> None:
        """Map the arrays at both paths. Raise `DamageError` when they are not whole."""
        self._sounds, self._readings = ArrayFile(sounds), ArrayFile(readings)
        self._sounds.require(_SOUND_ARRAYS)
        self._readings.require(_READING_ARRAYS)

    def alike(self, text: str) -> list[tuple[str, int]]:
        """List the names, by field and value, that sound as a folded text begins; the longest last."""
        found: list[tuple[str, int]] = []
        begun = {""}
        for char in text:
            syllables = self.readings(char) or [char]
            longer = {start + syllable + _END for start in begun for syllable in syllables}
            begun = set(filter(self._begins, longer))
            found += [name for sound in sorted(begun) for name in self.with_sound(sound)]
            if not begun:
                break
        return [*dict.fromkeys(found)]

    def with_sound(self, sound: str) -> list[tuple[str, int]]:
        """List the names with a sound, by field and value, in that order: zhangyanli, zhang'yan'li'."""
        at, names = self._lower_bound(sound), []
        while at < self._count and self._sound(at) == sound:
            names.append((NAME_FIELDS[self._sounds["field"][at]], self._sounds["value"][at].item()))
            at += 1
        return names

    def readings(self, char: str) -> list[str]:
        """Return the readings of a character, none where it has none."""
        characters, code = self._characters, ord(char)
        at = bisect_left(characters, code)
        if at == len(characters) or characters[at] != code:
            return []
        start, end = self._reading_offsets[at : at + 2]
        return bytes(self._readings.raw("reading")[start:end]).decode("utf-8").split(" ")

    def _begins(self, beginning: str) -> bool:
        """Tell whether a sound of a name begins so."""
        at = self._lower_bound(beginning)
        return at < self._count and self._sound(at).startswith(beginning)

    def _lower_bound(self, sound: str) -> int:
        return bisect_left(range(self._count), sound, key=self._sound)

    def _sound(self, number: int) -> str:
        start, end = self._sound_offsets[number : number + 2]
        return bytes(self._bytes[start:end]).decode("utf-8")

    @cached_property
    def _count(self) -> int:
        return self._sounds.count("value")

    @cached_property
    def _bytes(self) -> memoryview:
        return self._sounds.raw("sound")

    @cached_property
    def _sound_offsets(self) -> Sequence[int]:
        return self._sounds.numbers("sound_offsets")

    @cached_property
    def _characters(self) -> Sequence[int]:
        return self._readings.numbers("character")

    @cached_property
    def _reading_offsets(self) -> Sequence[int]:
        return self._readings.numbers("reading_offsets")


def load_readings() -> Readings:
    """Load what pypinyin knows of the characters of the basic plane.

    Its table is read alone: the phrases that the package loads as well take ten times as long.
    """
    package = importlib.util.find_spec("pypinyin")
    assert package  # a dependency
    spec = PathFinder.find_spec("pinyin_dict", package.submodule_search_locations)
    assert spec
    assert spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {
        chr(code): [*dict.fromkeys(_without_tones(readings).split(","))]
        for code, readings in sorted(module.pinyin_dict.items())
        if code < 1 << 16
    }


def write_readings(path: Path, readings: Readings) -> None:
    """Write the readings of characters as arrays. Raise `OSError` when that fails."""
    writer = ArrayWriter(path)
    writer.append("character", np.array([*map(ord, readings)], "u4"))
    append_strings(writer, "reading", map(" ".join, readings.values()))
    writer.close()


def read_readings(path: Path) -> Readings:
    """Read back all that `write_readings` wrote. Raise `DamageError` when it is not what was written."""
    file = ArrayFile(path)
    file.require(_READING_ARRAYS)
    texts = read_strings(file, "reading")
    codes = file["character"].tolist()
    return {chr(code): text.split(" ") for code, text in zip(codes, texts, strict=True)}


def write_name_sounds(path: Path, values: ArrayFile, readings: Readings, base: Path | None = None) -> None:
    """Write the sounds of all names of two characters and more in the tables of `values`.

    Those of the sounds at `base` are taken from there: of the first values of each table, as the index had
    them before. Raise `DamageError` when a file is not what was written, `OSError` when it cannot write.
    """
    rows = _read_sounds(base) if base else []
    known = Counter({field: value + 1 for field, value in sorted((field, value) for _, field, value in rows)})
    sounds_of = cache(partial(_sounds_of, readings=readings))  # a name stands in several fields
    for field, name in enumerate(NAME_FIELDS):
        folded = read_folded_values(values, name)
        for value in range(known[field], len(folded)):
            if len(folded[value]) > 1:
                rows += [(sound, field, value) for sound in sounds_of(folded[value])]
    rows.sort()
    writer = ArrayWriter(path)
    append_strings(writer, "sound", (sound for sound, _, _ in rows))
    writer.append("field", np.array([field for _, field, _ in rows], "u1"))
    writer.append("value", np.array([value for _, _, value in rows], "u4"))
    writer.close()


def _read_sounds(path: Path) -> list[tuple[str, int, int]]:
    """Read the sounds of an index, with the field and the value of each."""
    file = ArrayFile(path)
    file.require(_SOUND_ARRAYS)
    return [*zip(read_strings(file, "sound"), file["field"].tolist(), file["value"].tolist(), strict=True)]


def _sounds_of(name: str, readings: Readings) -> set[str]:
    """List the sounds of a folded name, with marks between syllables and without.

    A character without a reading, as the dot of a foreign name, sounds as itself, and is left out of letters.
    """
    syllables = [readings.get(char) or (char,) for char in name]
    sounds = [*islice(product(*syllables), _MAX_SOUNDS)]
    read = [char in readings for char in name]
    spelled = ("".join(compress(sound, read)) for sound in sounds)
    marked = ("".join(part + _END for part in sound) for sound in sounds)
    return {*filter(None, chain(spelled, marked))}


def _without_tones(readings: str) -> str:
    """Take the tones from readings: nǚ is nv."""
    toneless = unicodedata.normalize("NFD", readings).translate(_TONES)
    return unicodedata.normalize("NFC", toneless).replace("ü", "v")
