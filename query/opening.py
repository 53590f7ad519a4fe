"""Opens the files of an index, and says of what they raise that the index is damaged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.arrays import ArrayFile
from indexer.dictionary import FrozenDictionary
from indexer.errors import LianghuiError
from indexer.learned import Learned
from indexer.segment import Segment, open_segments
from indexer.storage import (
    DAMAGE,
    LEARNED,
    VALUE_FILE,
    Passport,
    current_generation,
    damaged,
    read_passport,
)

__all__ = ["Opened", "opened", "reading"]


@dataclass(frozen=True, slots=True)
class Opened:
    """The files of one generation."""

    passport: Passport
    segments: list[Segment]
    values: ArrayFile
    dictionary: FrozenDictionary
    learned: Learned


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what damaged files raise until the end of the block into the error that names the index."""
    try:
        yield
    except OSError:  # what is mapped raises none: some other file is meant
        raise
    except DAMAGE as error:
        raise damaged(path, error) from error


def opened(path: Path) -> Opened:
    """Open the generation that answers; when a rebuild removes it under our hands, the next one."""
    while True:
        generation = current_generation(path)
        try:
            passport = read_passport(path)
            found = _mapped(generation, passport, path)
        except LianghuiError:
            if generation == current_generation(path):
                raise
            continue
        if generation == current_generation(path):
            return found


def _mapped(generation: Path, passport: Passport, path: Path) -> Opened:
    """Map every file of a generation now, while it is there, and see that nothing is missing in it."""
    try:
        segments, values = open_segments(generation), ArrayFile(generation / VALUE_FILE)
        for segment in segments:
            segment.check()
        dictionary, learned = FrozenDictionary(generation / passport.cut_by), Learned(generation / LEARNED)
    except DAMAGE as error:
        raise damaged(path, error) from error
    return Opened(passport, segments, values, dictionary, learned)
