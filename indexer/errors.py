"""Errors that a user's files can cause, each with one sentence that names the place and the remedy."""

from __future__ import annotations

import shlex
from pathlib import Path

__all__ = [
    "DEFAULT_INDEX",
    "DEFAULT_SEEDS",
    "DamageError",
    "GenerationGoneError",
    "IndexClosedError",
    "IndexDamagedError",
    "IndexMissingError",
    "IndexVersionError",
    "LianghuiError",
    "LockedError",
    "LossError",
    "SeedError",
    "build_command",
]

DEFAULT_INDEX = Path("index")
DEFAULT_SEEDS = Path("seeds")


class LianghuiError(Exception):
    """Base of every error that a user's files can cause; its text names the place and the remedy."""


class SeedError(LianghuiError):
    """There are no seeds, or one of them or a list of the user's cannot be read."""


class IndexMissingError(LianghuiError):
    """There is no index in the folder."""


class IndexClosedError(LianghuiError):
    """The index was used after it was closed."""


class GenerationGoneError(LianghuiError):
    """The generation of an index that is open is no longer in its cluster."""


class IndexVersionError(LianghuiError):
    """The index is of a version that this program cannot read."""


class LockedError(LianghuiError):
    """Another process is building this index."""


class IndexDamagedError(LianghuiError):
    """The files of the index are not as they were written."""


class LossError(LianghuiError):
    """A build would lose most of what the index holds."""


class DamageError(ValueError):
    """A file of an index is not as it was written.

    Whoever opened the index turns it into an `IndexDamagedError` that names the index and the remedy.
    """


def build_command(
    index: object,
    seeds: Path | None = None,
    *,
    full: bool = False,
    force: bool = False,
    follow_links: bool = False,
) -> str:
    """Compose the shell command that builds the index at `index`, a folder or an address.

    What is the default is left out.
    """
    words = ["lianghui", "index"]
    words += [str(seeds)] if seeds not in (None, DEFAULT_SEEDS) else []
    words += ["--full"] if full else []
    words += ["--follow-links"] if follow_links else []
    words += ["--force"] if force else []
    words += ["--index", str(index)] if index != DEFAULT_INDEX else []
    return shlex.join(words)
