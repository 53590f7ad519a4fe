"""Opening a generation of an index for reading, and reporting damage to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.learned_words import LearnedWords
from indexer.analysis.name_sounds import NameSounds
from indexer.errors import DamageError, LianghuiError
from indexer.segments.reader import Segment, open_segments
from indexer.segments.schema import VALUE_FIELDS
from indexer.segments.values import VALUE_ARRAYS
from indexer.store.address import ClusterAddress, IndexPlace
from indexer.store.arrays import ArrayFile
from indexer.store.damage import damage_error
from indexer.store.generations import (
    LEARNED_WORDS_FILE,
    READINGS_FILE,
    SOUNDS_FILE,
    VALUES_FILE,
    current_generation,
)
from indexer.store.manifest import Manifest, read_manifest

__all__ = ["Generation", "open_generation", "read_generation", "report_damage"]


class Generation(Struct, frozen=True):
    """One generation of an index, opened: its files stay readable when a rebuild removes its `folder`.

    `index` is the folder of the index, or its address. In a cluster it has no segments.
    """

    index: IndexPlace
    folder: Path
    manifest: Manifest
    segments: list[Segment]
    values: ArrayFile
    dictionary: FrozenDictionary
    learned: LearnedWords
    sounds: NameSounds

    def close(self) -> None:
        """Close the files that are read as they are asked for."""
        for file in (*(segment.file for segment in self.segments), self.values):
            file.close()


def open_generation(index: Path) -> Generation:
    """Open the current generation, or the next one when a rebuild removes it meanwhile.

    Raise `IndexMissingError`, `IndexVersionError` or `IndexDamagedError` where none can be opened.
    """
    while True:
        folder = current_generation(index)
        try:
            return read_generation(folder)
        except LianghuiError:
            if folder == current_generation(index):
                raise


def read_generation(folder: Path, address: ClusterAddress | None = None) -> Generation:
    """Map every file of a generation now, while it is there, and check that nothing is missing in it.

    `address` is that of an index in a cluster, whose paragraphs lie there.
    Raise `IndexVersionError` or `IndexDamagedError` where it cannot be read.
    """
    manifest = read_manifest(folder)
    index = address or folder.parent
    try:
        segments = [] if address else open_segments(folder)
        values = ArrayFile(folder / VALUES_FILE)
        values.require(f"{field}.{name}" for field in VALUE_FIELDS for name in VALUE_ARRAYS)
        dictionary = FrozenDictionary(folder / manifest.cut_by)
        learned = LearnedWords(folder / LEARNED_WORDS_FILE)
        sounds = NameSounds(folder / SOUNDS_FILE, folder / READINGS_FILE)
    except (OSError, DamageError) as error:
        raise damage_error(index, error) from error
    return Generation(index, folder, manifest, segments, values, dictionary, learned, sounds)


@contextmanager
def report_damage(index: object) -> Iterator[None]:
    """Turn a `DamageError` of the block into the `IndexDamagedError` that names the index and the remedy.

    Nothing else is a sign of damage: no byte is used before its checksum was found right.
    """
    try:
        yield
    except DamageError as error:
        raise damage_error(index, error) from error
