"""Opens a generation of an index, and says of what it raises that the index is damaged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.learned_words import LearnedWords
from indexer.errors import DamageError, LianghuiError
from indexer.segments.reader import Segment, open_segments
from indexer.segments.schema import VALUES
from indexer.segments.values import ARRAYS
from indexer.store.arrays import ArrayFile
from indexer.store.generations import LEARNED, VALUE_FILE, current_generation, damage_error
from indexer.store.manifest import Manifest, read_manifest

__all__ = ["Generation", "open_generation", "read_generation", "reading"]


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation of an index, opened: its files stay readable when a rebuild removes its `folder`."""

    folder: Path
    manifest: Manifest
    segments: list[Segment]
    values: ArrayFile
    dictionary: FrozenDictionary
    learned: LearnedWords

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.folder.parent


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what damaged files raise until the end of the block into the error that names the index.

    No byte is believed before its checksum was found right, so that nothing else tells of damage.
    """
    try:
        yield
    except DamageError as error:
        raise damage_error(path, error) from error


def open_generation(index: Path) -> Generation:
    """Open the generation that answers; when a rebuild removes it under our hands, the next one.

    Raise `IndexMissingError`, `IndexVersionError` or `IndexDamagedError` where none can be opened.
    """
    while True:
        folder = current_generation(index)
        try:
            return read_generation(folder)
        except LianghuiError:
            if folder == current_generation(index):
                raise


def read_generation(folder: Path) -> Generation:
    """Map every file of a generation now, while it is there, and see that nothing is missing in it.

    Raise `IndexVersionError` or `IndexDamagedError` where it cannot be read.
    """
    manifest = read_manifest(folder)
    try:
        segments, values = open_segments(folder), ArrayFile(folder / VALUE_FILE)
        values.require(f"{field}.{name}" for field in VALUES for name in ARRAYS)
        dictionary, learned = FrozenDictionary(folder / manifest.cut_by), LearnedWords(folder / LEARNED)
    except (OSError, DamageError) as error:
        raise damage_error(folder.parent, error) from error
    return Generation(folder, manifest, segments, values, dictionary, learned)
