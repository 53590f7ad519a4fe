"""Generations of an index: which is current, how the next is made, and how it takes its place.

An index folder holds one generation, a folder of segments with its manifest, and the file `current`
that names it. A build writes the next generation beside it and then replaces `current`, so that a
reader sees the old index or the new one, and never a part of either.
"""

from __future__ import annotations

import os
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import DamageError, IndexDamagedError, IndexMissingError, LianghuiError, build_command
from indexer.store.atomic import TEMPORARY_SUFFIX, sync, write_atomically
from indexer.store.damage import damage_error

__all__ = [
    "COUNTS_FILE",
    "DICTIONARY_FILE",
    "LEARNED_WORDS_FILE",
    "READINGS_FILE",
    "SEGMENTS_FILE",
    "SOUNDS_FILE",
    "VALUES_FILE",
    "carry_over",
    "current_generation",
    "new_generation",
    "remove_stale_generations",
    "state_of_current",
    "switch_to",
]

SEGMENTS_FILE = "segments.json"
"""Lists the segments, with the ranges of paragraphs deleted from each."""

VALUES_FILE = "values.arrays"
"""Holds the values that the columns of all segments refer to."""

COUNTS_FILE = "counts.arrays"
"""Holds, in a cluster alone, how many paragraphs have each value: an array a field."""

DICTIONARY_FILE = "dictionary.trie"
"""Holds the words that the texts were segmented with; their frequencies are in the arrays beside it."""

LEARNED_WORDS_FILE = "learned.trie"
"""Holds the words that were learned from the texts; their origins are in the arrays beside it."""

SOUNDS_FILE = "sounds.arrays"
"""Holds how the names of people and organisations sound."""

READINGS_FILE = "readings.arrays"
"""Holds how single characters are read."""

_CURRENT_FILE = "current"
# The name of the current generation, and its CRC-32. Before version 3, the name was alone.
_CURRENT_CONTENT = re.compile(rb"(generation-[0-9]+)(?: ([0-9a-f]{8}))?\n")
_GENERATION = re.compile(r"generation-([0-9]+)")


def current_generation(index: Path) -> Path:
    """Find the folder of the current generation.

    Raise `IndexMissingError` when there is none, `IndexDamagedError` when it cannot be told which it is.
    """
    name = _read_current(index)
    while not (index / name).is_dir():  # a build may have removed it after it made the next one current
        before, name = name, _read_current(index)
        if name == before:
            raise damage_error(index, DamageError(f"{name} is gone"))
    return index / name


def state_of_current(index: Path) -> tuple[int, int] | None:
    """Return what changes whenever another generation becomes current: the inode and time of `current`.

    None where there is none. The name of a generation is no sign: an index that was removed begins anew.
    """
    try:
        found = (index / _CURRENT_FILE).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _read_current(index: Path) -> str:
    """Read and check the name of the current generation."""
    try:
        content = (index / _CURRENT_FILE).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissingError(f"no index at {index}; build one with: {build_command(index)}") from None
    except OSError as error:
        raise damage_error(index, error) from error
    match = _CURRENT_CONTENT.fullmatch(content)
    if not match or match[2] not in (None, _checksum(match[1])):
        raise damage_error(index, DamageError(f"{_CURRENT_FILE} is not as it was written"))
    return match[1].decode("ascii")


def _checksum(name: bytes) -> bytes:
    return f"{zlib.crc32(name):08x}".encode("ascii")


@contextmanager
def new_generation(index: Path) -> Iterator[Path]:
    """Make the folder of the next generation, and remove it when the block fails before `switch_to`.

    Raise `OSError` when it cannot be made.
    """
    numbers = [int(match[1]) for path in index.iterdir() if (match := _GENERATION.fullmatch(path.name))]
    generation = index / f"generation-{max(numbers, default=0) + 1:06d}"
    try:
        generation.mkdir()
        yield generation
    except BaseException:  # it may come after the switch, too
        if _is_current(generation):
            remove_stale_generations(index)
        else:
            shutil.rmtree(generation, ignore_errors=True)
        raise


def _is_current(generation: Path) -> bool:
    try:
        return current_generation(generation.parent) == generation
    except LianghuiError:
        return False


def carry_over(name: str, base: Path, generation: Path) -> None:
    """Link a file of the generation `base` into the next one: once written, no file changes.

    Raise `OSError` when it can be neither linked nor copied.
    """
    try:
        os.link(base / name, generation / name)
    except OSError:  # a file system without hard links
        shutil.copy2(base / name, generation / name)


def switch_to(generation: Path) -> None:
    """Make a finished generation the current one, and remove the others. Raise `OSError` on failure."""
    for path in generation.iterdir():
        sync(path)
    sync(generation)
    index = generation.parent
    name = generation.name.encode("ascii")
    write_atomically(index / _CURRENT_FILE, name + b" " + _checksum(name) + b"\n")
    remove_stale_generations(index)


def remove_stale_generations(index: Path) -> None:
    """Remove every generation but the current one: the one before, and those of builds that were killed.

    Temporary files that a killed build left are removed, too. Where `current` is damaged, nothing is.
    """
    try:
        current = current_generation(index)
    except IndexMissingError:
        current = None
    except IndexDamagedError:  # it cannot be told which of them is current
        return
    for path in (
        *index.glob(f"*{TEMPORARY_SUFFIX}"),
        *(current.glob(f"*{TEMPORARY_SUFFIX}") if current else ()),
    ):
        path.unlink()
    for path in index.iterdir():
        if _GENERATION.fullmatch(path.name) and path != current:
            shutil.rmtree(path, ignore_errors=True)
