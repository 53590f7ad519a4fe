"""What can go wrong because of the user's files: one sentence, with a place and a remedy."""

from __future__ import annotations

import shlex
from pathlib import Path

__all__ = [
    "DamageError",
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


class LianghuiError(Exception):
    """Base of every error a user can cause; its text names the place and the remedy."""


class SeedError(LianghuiError):
    """The seeds, or one of them, cannot be read."""


class IndexMissingError(LianghuiError):
    """There is no index where one was asked for."""


class IndexClosedError(LianghuiError):
    """The index was closed before it was asked."""


class IndexVersionError(LianghuiError):
    """The index was written by a version that this one cannot read."""


class LockedError(LianghuiError):
    """Another process is building this index."""


class IndexDamagedError(LianghuiError):
    """The files of the index are not those that were written."""


class LossError(LianghuiError):
    """A build would lose most of what the index holds."""


class DamageError(ValueError):
    """A file is not as it was written. Who opens an index says which, and what to do."""


def build_command(
    index: Path,
    seeds: Path | None = None,
    *,
    full: bool = False,
    force: bool = False,
    follow_links: bool = False,
) -> str:
    """Return the command that builds the index at `index`, as a shell would take it."""
    words = ["lianghui", "index"]
    words += [str(seeds)] if seeds not in (None, Path("seeds")) else []
    words += ["--full"] if full else []
    words += ["--follow-links"] if follow_links else []
    words += ["--force"] if force else []
    words += ["--index", str(index)] if index != Path("index") else []
    return shlex.join(words)
