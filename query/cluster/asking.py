"""Asking a cluster for many things at once: what an answer needs is noted while it is worked out in vain.

An answer is a function that asks for counts, ranks and facets. What is not known yet is taken for nothing
found and noted, then all that was noted is asked for in one request, and the function is called again,
until it asks for nothing new. So the ladder of `query.rewriting.relaxation`, which looks at one rung after
the other, costs two round trips and not twenty.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec

from indexer.errors import LianghuiError
from indexer.store.bounded_cache import BoundedCache

__all__ = ["Asking", "encoded"]

_Answer = TypeVar("_Answer")

_KEPT_COUNTS = 1 << 16  # 13 MB; they never change in a generation
_MAX_ROUNDS = 12  # of one answer, which has two or three

Request = dict[str, Any]
"""The body of a search."""

Reply = Mapping[str, Any]
"""What a cluster answers to it."""


def encoded(request: Request) -> bytes:
    """Write a search as JSON; raise `LianghuiError` for characters that no cluster reads."""
    try:
        return msgspec.json.encode(request)
    except UnicodeEncodeError:
        raise LianghuiError("a filter holds bytes that are no text; type it again") from None


class Asking:
    """What is known of an index in a cluster, and what is still to be asked for by each thread."""

    def __init__(self, send: Callable[[list[bytes]], list[Reply]]) -> None:
        """Ask by `send`, which answers several searches together."""
        self._send = send
        self._counts: BoundedCache[bytes, int] = BoundedCache(_KEPT_COUNTS)
        self._thread = threading.local()
        self.round_trips = 0
        """How often the cluster was asked."""

    def ask(self, answer: Callable[[], _Answer]) -> _Answer:
        """Call `answer` until all that it asks for is known; return what it returned then."""
        if getattr(self._thread, "round", None) is not None:
            return answer()  # it is part of another answer
        with self._new_round() as asked:
            for _ in range(_MAX_ROUNDS):
                asked.unknown = 0
                result = answer()
                if not asked.pending:
                    return result
                self._send_all(asked)
        raise LianghuiError("a query asks for too much at once; make it shorter")

    def reply(self, request: Request) -> Reply | None:
        """Return the reply to a search; None where it is not known yet."""
        asked: _Round | None = getattr(self._thread, "round", None)
        if asked is None:
            return self.now(request)
        key = encoded(request)
        if key not in asked.replies:
            asked.pending[key] = None
            asked.unknown += 1
            return None
        return asked.replies[key]

    def replied(self, request: Request) -> Reply | None:
        """Return the reply to a search that this answer asked for before; None where it did not."""
        asked: _Round | None = getattr(self._thread, "round", None)
        return asked.replies.get(encoded(request)) if asked else None

    def now(self, request: Request) -> Reply:
        """Return the reply to a search that depends on another, and cannot wait for the others."""
        (reply,) = self._perform([encoded(request)])
        return reply

    @property
    def is_settled(self) -> bool:
        """Whether nothing waits to be asked for, so that what takes long may be done."""
        asked: _Round | None = getattr(self._thread, "round", None)
        return asked is None or not asked.pending

    def read(self, request: Request, parse: Callable[[Reply], _Answer]) -> _Answer | None:
        """Return what `parse` makes of the reply to a search, once in an answer; None as `reply` does."""
        reply = self.reply(request)
        return None if reply is None else self.parsed(reply, parse)

    def parsed(self, reply: Reply, parse: Callable[[Reply], _Answer]) -> _Answer:
        """Return what `parse` makes of a reply, once in an answer."""
        asked: _Round | None = getattr(self._thread, "round", None)
        if asked is None:
            return parse(reply)
        if id(reply) not in asked.parsed:
            asked.parsed[id(reply)] = parse(reply)
        return asked.parsed[id(reply)]  # type: ignore[no-any-return]

    def count(self, clause: Request) -> int | None:
        """Return how many paragraphs a clause matches; None where it is not known yet."""
        key = blake2b(encoded(clause), digest_size=16).digest()
        known = self._counts.get(key)
        if known is not None:
            return known
        reply = self.reply({"size": 0, "track_total_hits": True, "query": clause})
        return None if reply is None else self._counts.add(key, int(reply["hits"]["total"]["value"]))

    @property
    def unknown(self) -> int:
        """How much was asked for in vain since the answer was begun."""
        asked: _Round | None = getattr(self._thread, "round", None)
        return asked.unknown if asked else 0

    def miss(self) -> None:
        """Note that something is not known that depends on what was asked for."""
        asked: _Round | None = getattr(self._thread, "round", None)
        if asked:
            asked.unknown += 1

    @contextmanager
    def _new_round(self) -> Iterator[_Round]:
        asked = self._thread.round = _Round()
        try:
            yield asked
        finally:
            self._thread.round = None

    def _send_all(self, asked: _Round) -> None:
        pending, asked.pending = [*asked.pending], {}
        asked.replies.update(zip(pending, self._perform(pending), strict=True))

    def _perform(self, requests: list[bytes]) -> list[Reply]:
        self.round_trips += 1
        return self._send(requests)


class _Round:
    """What one answer has asked for, and what was replied."""

    def __init__(self) -> None:
        self.pending: dict[bytes, None] = {}
        self.replies: dict[bytes, Reply] = {}
        self.parsed: dict[int, Any] = {}
        self.unknown = 0
