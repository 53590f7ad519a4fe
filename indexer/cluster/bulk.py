"""Sends paragraphs to a cluster: several requests at once, each tried again until it is acknowledged."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from indexer.cluster.connection import Connection, is_blocked
from indexer.errors import LianghuiError

__all__ = ["BulkSender"]

_REQUEST_BYTES = 4 << 20  # of one request
_AT_ONCE = 2  # requests under way
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0  # seconds before what a node had no room for is sent again
_PATIENCE = 120.0  # seconds, after which a paragraph that is not taken ends the build


class BulkSender:
    """Sends paragraphs to an index; at the end of the block, all are acknowledged."""

    def __init__(self, connection: Connection, index: str) -> None:
        """Prepare to send to `index`."""
        self._connection = connection
        self._path = f"/{index}/_bulk"
        self._threads = ThreadPoolExecutor(_AT_ONCE)
        self._under_way: deque[Future[None]] = deque()
        self._lines: list[bytes] = []
        self._size = 0

    def __enter__(self) -> Self:
        """Return the sender itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Send what is left, and wait; after an error, send nothing more."""
        try:
            if kind is None:
                self._flush()
                while self._under_way:
                    self._under_way.popleft().result()
        finally:
            self._threads.shutdown(cancel_futures=True)

    def add(self, key: str, document: bytes) -> None:
        """Send a paragraph in JSON, kept under `key`; it replaces what was kept under it."""
        self._lines += [json.dumps({"index": {"_id": key}}).encode("ascii"), document]
        self._size += len(self._lines[-1])
        if self._size >= _REQUEST_BYTES:
            self._flush()

    def _flush(self) -> None:
        if not self._lines:
            return
        lines, self._lines, self._size = self._lines, [], 0
        while len(self._under_way) >= 2 * _AT_ONCE:
            self._under_way.popleft().result()
        self._under_way.append(self._threads.submit(self._send, lines))

    def _send(self, lines: list[bytes]) -> None:
        """Send pairs of lines until each is acknowledged; what is refused for lack of room comes later."""
        end = time.monotonic() + _PATIENCE
        pause = _FIRST_PAUSE
        while lines:
            body = b"\n".join(lines) + b"\n"
            reply = self._connection.perform("POST", self._path, body, {"_source": "false"})
            lines = self._refused(lines, reply) if reply["errors"] else []
            if lines and time.monotonic() + pause > end:
                raise LianghuiError(
                    f"the cluster at {self._connection.address} takes no more paragraphs; "
                    "wait until it has less to do or start more nodes, and build again"
                )
            if lines:
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    def _refused(self, lines: list[bytes], reply: Mapping[str, Any]) -> list[bytes]:
        """List the lines to be sent again; raise `LianghuiError` for one that never will be taken."""
        again: list[bytes] = []
        for number, item in enumerate(reply["items"]):
            result = item["index"]
            error = result.get("error") or {}
            reason = error.get("reason") or ""
            if is_blocked(reason):
                raise self._connection.blocked(reason)
            if result["status"] in (429, 503):
                again += lines[2 * number : 2 * number + 2]
            elif result["status"] >= 300:
                raise LianghuiError(
                    f"the cluster at {self._connection.address} refuses the paragraph {result['_id']}: "
                    f"{error.get('type')}: {reason}"
                )
        return again
