"""Sends paragraphs to a cluster or deletes some: several requests at once, each until it is acknowledged."""

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
        self._actions: list[bytes] = []
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
        self._act(json.dumps({"index": {"_id": key}}).encode("ascii") + b"\n" + document)

    def delete(self, key: str) -> None:
        """Delete the paragraph that is kept under a key, where there is one."""
        self._act(json.dumps({"delete": {"_id": key}}).encode("ascii"))

    def _act(self, action: bytes) -> None:
        self._actions.append(action)
        self._size += len(action)
        if self._size >= _REQUEST_BYTES:
            self._flush()

    def _flush(self) -> None:
        if not self._actions:
            return
        actions, self._actions, self._size = self._actions, [], 0
        while len(self._under_way) >= 2 * _AT_ONCE:
            self._under_way.popleft().result()
        self._under_way.append(self._threads.submit(self._send, actions))

    def _send(self, actions: list[bytes]) -> None:
        """Send actions until each is acknowledged; what is refused for lack of room comes later."""
        end = time.monotonic() + _PATIENCE
        pause = _FIRST_PAUSE
        while actions:
            body = b"\n".join(actions) + b"\n"
            reply = self._connection.perform("POST", self._path, body, {"_source": "false"})
            actions = self._refused(actions, reply) if reply["errors"] else []
            if actions and time.monotonic() + pause > end:
                raise LianghuiError(
                    f"the cluster at {self._connection.address} takes no more paragraphs; "
                    "wait until it has less to do or start more nodes, and build again"
                )
            if actions:
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    def _refused(self, actions: list[bytes], reply: Mapping[str, Any]) -> list[bytes]:
        """List the actions to be sent again; raise `LianghuiError` for one that never will be taken."""
        again: list[bytes] = []
        for action, item in zip(actions, reply["items"], strict=True):
            (result,) = item.values()
            error = result.get("error") or {}
            reason = error.get("reason") or ""
            if is_blocked(reason):
                raise self._connection.blocked(reason)
            if result["status"] in (429, 503):
                again.append(action)
            elif error:
                raise LianghuiError(
                    f"the cluster at {self._connection.address} refuses the paragraph {result['_id']}: "
                    f"{error.get('type')}: {reason}"
                )
        return again
