"""One writer at a time: the lock of an index, and who holds it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from indexer.errors import LockedError

__all__ = ["index_lock"]

_LOCK = "lock"
_LONGEST = 100  # characters of what a holder says of itself


@contextmanager
def index_lock(index: Path) -> Iterator[None]:
    """Hold the index for writing; the system lets go when the process ends, however it ends.

    Meanwhile the file says who holds it; what a process left there that is gone binds nobody.

    Raise `LockedError` when another process holds it.
    """
    # Imported here because a search never locks.
    from whoosh.util.filelock import FileLock  # noqa: PLC0415

    lock = FileLock(str(index / _LOCK))
    if not lock.acquire():
        raise LockedError(
            f"another process{_holder(index)} is building the index at {index}; wait until it is done"
        )
    try:
        _write(lock.fd, f"{os.getpid()} {datetime.now(UTC).isoformat(timespec='seconds')}\n")
        yield
    finally:
        os.ftruncate(lock.fd, 0)
        lock.release()


def _write(handle: int, text: str) -> None:
    os.ftruncate(handle, 0)
    os.write(handle, text.encode("ascii"))


def _holder(index: Path) -> str:
    """Say who holds the lock, and since when, as far as the file tells."""
    try:
        text = (index / _LOCK).read_text("ascii")[:_LONGEST]
        pid, since = text.split()
        datetime.fromisoformat(since)
        return f" (pid {int(pid)}, since {since})"
    except (OSError, ValueError):  # it was taken this very moment, or cannot be read
        return ""
