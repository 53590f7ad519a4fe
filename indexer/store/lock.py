"""The lock of an index: one writer at a time, and who it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from indexer.errors import LockedError

__all__ = ["index_lock"]

_LOCK_FILE = "lock"
_MAX_HOLDER_LENGTH = 100  # characters of the file that are read; a holder writes fewer


@contextmanager
def index_lock(index: Path) -> Iterator[None]:
    """Hold the index for writing until the end of the block.

    The system releases the lock when the process ends, however it ends. Meanwhile the file holds the
    process id and the time; what a process that is gone left in it locks nothing.

    Raise `LockedError`, which names the holder, when another process holds it.
    """
    # Imported here because a search never locks.
    from whoosh.util.filelock import FileLock  # noqa: PLC0415

    lock = FileLock(str(index / _LOCK_FILE))
    if not lock.acquire():
        raise LockedError(
            f"another process{_holder(index)} is building the index at {index}; wait until it is done"
        )
    try:
        _overwrite(lock.fd, f"{os.getpid()} {datetime.now(UTC).isoformat(timespec='seconds')}\n")
        yield
    finally:
        os.ftruncate(lock.fd, 0)
        lock.release()


def _overwrite(handle: int, text: str) -> None:
    os.ftruncate(handle, 0)
    os.write(handle, text.encode("ascii"))


def _holder(index: Path) -> str:
    """Describe who holds the lock since when, or return an empty text where the file does not say."""
    try:
        text = (index / _LOCK_FILE).read_text("ascii")[:_MAX_HOLDER_LENGTH]
        pid, since = text.split()
        datetime.fromisoformat(since)
        return f" (pid {int(pid)}, since {since})"
    except (OSError, ValueError):  # it was locked this very moment, or is not readable
        return ""
