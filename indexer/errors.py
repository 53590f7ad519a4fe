"""What can go wrong because of the user's files: one sentence, with a place and a remedy."""

from __future__ import annotations

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
