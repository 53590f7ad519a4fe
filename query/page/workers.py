"""The workers of a server: as many processes as can answer at once, each stopped when it takes too long."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from query.page.exchange import Ask, Reply
from query.page.process import Worker

__all__ = ["BusyError", "OverdueError", "Workers"]

ANSWER_SECONDS = 10.0
"""The longest that an answer may take."""

WAIT_SECONDS = 20.0
"""The longest that a request waits for a worker."""

HEAD_START = 0.3
"""Seconds that the first worker has the machine for itself."""

_LEAST, _MOST = 2, 8  # workers


class OverdueError(Exception):
    """An answer took too long, and its worker was stopped."""


class BusyError(Exception):
    """All workers were busy for too long."""


class Workers:
    """Hands each request to a worker that is free, and starts another for one that ended."""

    def __init__(self, where: str | Path, first: Worker, count: int | None = None) -> None:
        """Begin with one worker; the others, one for each core at least, start with `start`."""
        self._where = where
        self._count = count or min(_MOST, max(_LEAST, os.cpu_count() or 1))
        self.all = {first}
        self._closed = False
        self._free: asyncio.Queue[Worker] = asyncio.Queue()
        self._threads = ThreadPoolExecutor(self._count, "lianghui worker")

    def start(self) -> None:
        """Offer the first worker, and start the others a little later: the first answer does not wait."""
        for worker in self.all:
            self._free.put_nowait(worker)
        asyncio.get_running_loop().call_later(HEAD_START, self._fill)

    def close(self) -> None:
        """End all workers."""
        self._closed = True
        for worker in self.all:
            worker.close()
        self._threads.shutdown(wait=False)

    async def __call__(self, ask: Ask) -> Reply:
        """Answer a request.

        Raise `BusyError` when no worker is free in time, `OverdueError` when one takes too long.
        """
        try:
            worker = await asyncio.wait_for(self._free.get(), WAIT_SECONDS)
        except TimeoutError:
            raise BusyError from None
        loop = asyncio.get_running_loop()
        overdue = asyncio.Event()
        alarm = loop.call_later(ANSWER_SECONDS, _end, worker, overdue)
        try:
            reply = await loop.run_in_executor(self._threads, worker.answer, ask)
        except BaseException:  # it was stopped, or killed, or the server ends
            self._replace(worker)
            if overdue.is_set():
                raise OverdueError from None
            raise
        finally:
            alarm.cancel()
        if overdue.is_set():  # at the last moment: the answer is there, and the worker is not
            self._replace(worker)
        else:
            self._free.put_nowait(worker)
        return reply

    def _fill(self) -> None:
        while len(self.all) < self._count and not self._closed:
            self._add()

    def _add(self) -> None:
        worker = Worker(self._where)
        self.all.add(worker)
        self._free.put_nowait(worker)

    def _replace(self, worker: Worker) -> None:
        self.all.discard(worker)
        worker.stop()
        if not self._closed:
            self._threads.submit(worker.close)
            self._add()


def _end(worker: Worker, overdue: asyncio.Event) -> None:
    overdue.set()
    worker.stop()
