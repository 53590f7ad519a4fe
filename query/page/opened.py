"""The index that a page answers from: opened anew when it was built anew, and what is said of its seeds."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from indexer import LianghuiError
from query import Index, Status, open_index

__all__ = ["Opened"]

STATUS_SECONDS = 2.0  # that a look at the seeds is good for
STATUS_SHARE = 20  # and so many times as long as it took


class Opened:
    """An open index. Each answer is of one index as it stood: the one before a build, or the one after it."""

    def __init__(self, where: str | Path) -> None:
        """Open the index; raise what `open_index` raises."""
        self._where = where
        self._index = open_index(where)
        self._kept: dict[Any, Any] = {}
        self._status: Status | None = None
        self._status_until = 0.0
        self.trouble = ""
        """Why the index that was built anew cannot be opened, so that the former one still answers."""

    def index(self) -> Index:
        """Return the index as it is now."""
        if self._index.is_current():
            self.trouble = ""
            return self._index
        try:
            anew = open_index(self._where)
        except LianghuiError as error:
            self.trouble = str(error)
            return self._index
        self._index.close()
        self._index, self._status, self.trouble = anew, None, ""
        self._kept.clear()
        return anew

    def status(self) -> Status:
        """Return the status of the index, a few seconds old at most: nobody waits for a look at all seeds."""
        now = time.monotonic()
        if self._status is None or now >= self._status_until:
            self._status = self._index.status()
            took = time.monotonic() - now
            self._status_until = now + max(STATUS_SECONDS, STATUS_SHARE * took)
        return self._status

    def keep(self, key: Any, make: Callable[[], Any]) -> Any:
        """Return what is the same for all readers of an index, made when it is first asked for."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]
