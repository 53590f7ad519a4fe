"""Writing files that survive a power cut: under a temporary name, flushed, then renamed."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["TEMPORARY_SUFFIX", "sync", "write_atomically"]

TEMPORARY_SUFFIX = ".new"
"""The end of the name of a file that is about to replace another."""


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, and is on the disk when this returns.

    Raise `OSError` when it cannot be written; nothing of it is left then.
    """
    temporary = path.with_name(path.name + TEMPORARY_SUFFIX)
    try:
        temporary.write_bytes(content)
        sync(temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(path: Path) -> None:
    """Flush a file or folder to the disk. Raise `OSError` when that fails."""
    if path.is_dir() and os.name == "nt":  # Windows cannot open a folder
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
