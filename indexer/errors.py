"""What can go wrong because of the user's files: one sentence, with a place and a remedy."""

from __future__ import annotations

__all__ = ["IndexMissingError", "IndexVersionError", "LianghuiError", "LockedError", "SeedError"]


class LianghuiError(Exception):
    """Base of every error a user can cause; its text names the place and the remedy."""


class SeedError(LianghuiError):
    """The seeds, or one of them, cannot be read."""


class IndexMissingError(LianghuiError):
    """There is no index where one was asked for."""


class IndexVersionError(LianghuiError):
    """The index was written by a version that this one cannot read."""


class LockedError(LianghuiError):
    """Another process is building this index."""
