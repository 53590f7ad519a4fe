"""One builder at a time: a document that expires, and a fence that only its holder passes.

The document says who builds and until when; its holder renews it. A builder that was stopped for longer
than that has lost it, though it may not know, as has one that seemed to have ended: so each holder raises a
fence of its own, an alias in the state of the cluster, and takes down all others. To publish is one change
of that state, which fails where the fence is gone.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from indexer.cluster.connection import Connection, GoneError
from indexer.errors import LianghuiError, LockedError

__all__ = ["Lock", "cluster_lock"]

LIFETIME = 60.0
"""Seconds after which a lock that is not renewed is free."""

_DOCUMENT = "lock"


class Lock:
    """A lock that is held: its `fence`, and whether it was lost meanwhile."""

    def __init__(self, connection: Connection, files: str, lifetime: float) -> None:
        """Prepare to lock by a document of the index `files`."""
        self._connection = connection
        self._files = files
        self._lifetime = lifetime
        self._version: dict[str, int] = {}
        self.lost = False
        self.fence = f"{files}.builder.{token_hex(8)}"

    def acquire(self) -> None:
        """Take the lock; raise `LockedError`, which names the holder, when another builder has it."""
        with suppress(GoneError):
            found = self._connection.get(f"/{self._files}/_doc/{_DOCUMENT}")
            self._version = {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
            held = found["_source"]["lock"]
            if held["until"] > time.time() and not _has_ended(held):
                raise self._locked(held)
        self._write(self._version or {"op_type": "create"})
        self._raise_fence()
        self._write(self._version)  # whoever takes the lock from now on takes this fence down

    def _raise_fence(self) -> None:
        """Take down the fences of all others, and raise one's own, in one change."""
        found = self._connection.get(f"/{self._files}/_alias")[self._files]["aliases"]
        others = [{"remove": {"index": self._files, "alias": name, "must_exist": False}} for name in found]
        own = {"add": {"index": self._files, "alias": self.fence}}
        self._connection.post("/_aliases", {"actions": [*others, own]})

    def renew(self) -> None:
        """Hold the lock for another while; note where it is lost."""
        try:
            self._write(self._version)
        except LianghuiError:
            self.lost = True

    def release(self) -> None:
        """Let the next builder in, where the lock is still held."""
        with suppress(LianghuiError):
            self._connection.delete(f"/{self._files}/_doc/{_DOCUMENT}", **self._version)
            gone = {"index": self._files, "alias": self.fence, "must_exist": False}
            self._connection.post("/_aliases", {"actions": [{"remove": gone}]})

    def check(self) -> None:
        """Raise `LockedError` where the lock was lost."""
        if self.lost:
            raise LockedError(
                f"another builder took over at {self._connection.address} while this one was held up; "
                "nothing was published: build again"
            )

    def _write(self, version: dict[str, Any]) -> None:
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
            "until": time.time() + self._lifetime,
        }
        try:
            written = self._connection.put(f"/{self._files}/_doc/{_DOCUMENT}", {"lock": holder}, **version)
        except LianghuiError as error:
            if "(409)" in str(error):  # somebody wrote it between our reading and writing
                raise self._locked({}) from None
            raise
        self._version = {"if_seq_no": written["_seq_no"], "if_primary_term": written["_primary_term"]}

    def _locked(self, held: dict[str, Any]) -> LockedError:
        since = held.get("since", "just now")
        holder = f"pid {held['pid']} on {held['host']}, since {since}" if "pid" in held else f"since {since}"
        return LockedError(
            f"another process ({holder}) is building the index at {self._connection.address}; "
            "wait until it is done"
        )


def _has_ended(held: dict[str, Any]) -> bool:
    """Tell whether the holder of a lock was a process of this machine, and is no more."""
    if os.name != "posix" or held.get("host") != socket.gethostname():
        return False
    try:
        os.kill(held["pid"], 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # it is somebody else's
        return False
    return False


@contextmanager
def cluster_lock(connection: Connection, files: str, lifetime: float = LIFETIME) -> Iterator[Lock]:
    """Hold the lock of an index until the end of the block, and renew it meanwhile.

    Raise `LockedError`, which names the holder, when another builder has it.
    """
    lock = Lock(connection, files, lifetime)
    lock.acquire()
    done = threading.Event()

    def keep() -> None:
        while not done.wait(lifetime / 4):
            lock.renew()

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield lock
    finally:
        done.set()
        keeper.join()
        lock.release()
