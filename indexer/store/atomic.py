"""Files that outlive a power cut: written beside, flushed, renamed."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["NEW_SUFFIX", "sync", "write_atomically"]

NEW_SUFFIX = ".new"
"""How the name of a file ends that is to replace another."""


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, and on the disk when this returns."""
    beside = path.with_name(path.name + NEW_SUFFIX)
    try:
        beside.write_bytes(content)
        sync(beside)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(path: Path) -> None:
    """Flush a file or folder to the disk."""
    if path.is_dir() and os.name == "nt":  # Windows cannot open a folder
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
