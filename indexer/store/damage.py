"""The error for an index whose files cannot be read: what is wrong, where, and the command that mends it."""

from __future__ import annotations

import os
from pathlib import Path

from indexer.errors import DamageError, IndexDamagedError, build_command

__all__ = ["damage_error", "damage_reason"]


def damage_error(index: object, error: OSError | DamageError) -> IndexDamagedError:
    """Make the error for the index at `index`, of whose files one cannot be read; the caller raises it."""
    remedy = build_command(index, full=True)
    reason = damage_reason(error)
    return IndexDamagedError(f"the index at {index} is damaged ({reason}); rebuild it with: {remedy}")


def damage_reason(error: OSError | DamageError) -> str:
    """Say in a few words what is wrong with a file, and name it where the error knows it."""
    if isinstance(error, DamageError):
        return str(error)
    name = f"{Path(os.fsdecode(error.filename)).name}: " if error.filename else ""
    return f"{name}{error.strerror}"
