"""The workers of a server: as many processes as can answer at once, each stopped when it takes too long."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from indexer import LianghuiError
from query.page.exchange import Ask, Reply, receive, send

__all__ = ["BusyError", "OverdueError", "Worker", "Workers"]

ANSWER_SECONDS = 10.0
"""The longest that an answer may take."""

WAIT_SECONDS = 20.0
"""The longest that a request waits for a worker."""

_LEAST, _MOST = 2, 8  # workers


class OverdueError(Exception):
    """An answer took too long, and its worker was stopped."""


class BusyError(Exception):
    """All workers were busy for too long."""


class Worker:
    """One process with the index open."""

    def __init__(self, where: str | Path) -> None:
        """Start the process; it opens the index while the caller goes on."""
        command = [sys.executable, "-P", "-c", "from query.page.worker import main; main()", str(where)]
        paths = {
            "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        }  # as in this process
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | paths
        )
        self._is_ready = False

    def wait_until_ready(self) -> None:
        """Wait until the index is open. Raise `LianghuiError` when it cannot be opened."""
        if self._is_ready:
            return
        assert self._process.stdout
        try:
            opened = receive(self._process.stdout, Reply)
        except EOFError:
            raise LianghuiError("a worker of the page did not start; what went wrong stands above") from None
        if opened.status != 200:
            raise LianghuiError(opened.body.decode("utf-8"))
        self._is_ready = True

    def answer(self, ask: Ask) -> Reply:
        """Ask, and wait for the answer. Raise `EOFError` or `OSError` when the process has ended."""
        self.wait_until_ready()
        assert self._process.stdin
        assert self._process.stdout
        send(self._process.stdin, ask)
        return receive(self._process.stdout, Reply)

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()

    def close(self) -> None:
        """End the process, and release what it took."""
        self.stop()
        self._process.communicate()


class Workers:
    """Hands each request to a worker that is free, and starts another for one that ended."""

    def __init__(self, where: str | Path, first: Worker, count: int | None = None) -> None:
        """Begin with one worker; the others, one for each core at least, start with `start`."""
        self._where = where
        self._count = count or min(_MOST, max(_LEAST, os.cpu_count() or 1))
        self.all = {first}
        self._free: asyncio.Queue[Worker] = asyncio.Queue()
        self._threads = ThreadPoolExecutor(self._count, "lianghui worker")

    def start(self) -> None:
        """Offer the first worker, and start the others."""
        for worker in self.all:
            self._free.put_nowait(worker)
        while len(self.all) < self._count:
            self._add()

    def close(self) -> None:
        """End all workers."""
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
        work = loop.run_in_executor(self._threads, worker.answer, ask)
        try:
            reply = await asyncio.shield(work)
        except (EOFError, OSError, LianghuiError):
            self._replace(worker)
            if overdue.is_set():
                raise OverdueError from None
            raise
        except asyncio.CancelledError:  # the reader is gone: the answer is of no use to anybody
            work.add_done_callback(lambda done: self._after(worker, done))
            raise
        else:
            self._free.put_nowait(worker)
            return reply
        finally:
            alarm.cancel()

    def _add(self) -> None:
        worker = Worker(self._where)
        self.all.add(worker)
        self._free.put_nowait(worker)

    def _replace(self, worker: Worker) -> None:
        self.all.discard(worker)
        self._threads.submit(worker.close)
        self._add()

    def _after(self, worker: Worker, done: asyncio.Future[Reply]) -> None:
        """Take a worker back whose reader did not wait for the answer."""
        if done.cancelled() or done.exception() is not None:
            self._replace(worker)
        else:
            self._free.put_nowait(worker)


def _end(worker: Worker, overdue: asyncio.Event) -> None:
    overdue.set()
    worker.stop()
