"""Generations of an index: which answers, how one is made, and how one takes the place of another."""

from __future__ import annotations

import os
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import DamageError, IndexDamagedError, IndexMissingError, LianghuiError, build_command
from indexer.store.atomic import NEW_SUFFIX, sync, write_atomically

__all__ = [
    "DICTIONARY",
    "LEARNED",
    "SEGMENTS",
    "VALUE_FILE",
    "carry_over",
    "current_generation",
    "damage_error",
    "new_generation",
    "remove_stale_generations",
    "switch_to",
]


SEGMENTS = "segments.json"
"""The file that lists the segments, with the ranges of paragraphs deleted from each."""


VALUE_FILE = "values.arrays"
"""The file of the values that the columns of all segments refer to."""


DICTIONARY = "dictionary.trie"
"""The file of the words that the text was cut with; their frequencies lie beside it."""


LEARNED = "learned.trie"
"""The file of the words that were learned from the texts; what is known of them lies beside it."""


_CURRENT = "current"


_GENERATION = re.compile(r"generation-([0-9]+)")


# Before version 3, the name stood alone.
_NAMED = re.compile(rb"(generation-[0-9]+)(?: ([0-9a-f]{8}))?\n")


def current_generation(index: Path) -> Path:
    """Return the folder of the generation that answers.

    Raise `IndexMissingError` when there is none, `IndexDamagedError` when it cannot be told.
    """
    name = _named(index)
    while not (index / name).is_dir():  # a build may have removed it after the next one was there
        before, name = name, _named(index)
        if name == before:
            raise damage_error(index, DamageError(f"{name} is gone"))
    return index / name


def _named(index: Path) -> str:
    """Return the name of the generation that answers."""
    try:
        text = (index / _CURRENT).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissingError(f"no index at {index}; build one with: {build_command(index)}") from None
    except OSError as error:
        raise damage_error(index, error) from error
    match = _NAMED.fullmatch(text)
    if not match or match[2] not in (None, _checksum(match[1])):
        raise damage_error(index, DamageError(f"{_CURRENT} is not as it was written"))
    return match[1].decode("ascii")


def _checksum(name: bytes) -> bytes:
    return f"{zlib.crc32(name):08x}".encode("ascii")


def damage_error(index: Path, error: OSError | DamageError) -> IndexDamagedError:
    """Return the error for an index whose files cannot be read."""
    remedy = build_command(index, full=True)
    return IndexDamagedError(f"the index at {index} is damaged ({_reason(error)}); rebuild it with: {remedy}")


def _reason(error: OSError | DamageError) -> str:
    """Say in a few words what is wrong with a file."""
    if isinstance(error, DamageError):
        return str(error)
    name = f"{Path(os.fsdecode(error.filename)).name}: " if error.filename else ""
    return f"{name}{error.strerror}"


@contextmanager
def new_generation(index: Path) -> Iterator[Path]:
    """Make the folder of the next generation; on failure remove it, unless it answers already."""
    numbers = [int(match[1]) for path in index.iterdir() if (match := _GENERATION.fullmatch(path.name))]
    generation = index / f"generation-{max(numbers, default=0) + 1:06d}"
    try:
        generation.mkdir()
        yield generation
    except BaseException:  # it may come after the switch, too
        if _answers(generation):
            remove_stale_generations(index)
        else:
            shutil.rmtree(generation, ignore_errors=True)
        raise


def _answers(generation: Path) -> bool:
    try:
        return current_generation(generation.parent) == generation
    except LianghuiError:
        return False


def carry_over(name: str, base: Path, generation: Path) -> None:
    """Take a file of one generation into the next; it never changes once written, so it is linked."""
    try:
        os.link(base / name, generation / name)
    except OSError:  # a file system without hard links
        shutil.copy2(base / name, generation / name)


def switch_to(generation: Path) -> None:
    """Make a finished generation the one that answers, and remove the others."""
    for path in generation.iterdir():
        sync(path)
    sync(generation)
    index = generation.parent
    name = generation.name.encode("ascii")
    write_atomically(index / _CURRENT, name + b" " + _checksum(name) + b"\n")
    remove_stale_generations(index)


def remove_stale_generations(index: Path) -> None:
    """Remove the generations that do not answer: the one before, and those of builds that were killed."""
    try:
        current = current_generation(index)
    except IndexMissingError:
        current = None
    except IndexDamagedError:  # which of them it is cannot be told
        return
    for path in (*index.glob(f"*{NEW_SUFFIX}"), *(current.glob(f"*{NEW_SUFFIX}") if current else ())):
        path.unlink()
    for path in index.iterdir():
        if _GENERATION.fullmatch(path.name) and path != current:
            shutil.rmtree(path, ignore_errors=True)
