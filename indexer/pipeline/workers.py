"""Processes that do the tasks of a build: each reads tasks on its stdin and answers on its stdout.

They are not forked, so that a program with threads can build, and they do not import the program
that builds, so that it needs no guard. One that has lost its parent reads the end of its stdin and
goes away at once, whatever it does: it must not write into the next build.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from typing import IO, Any, Protocol

from indexer.errors import LianghuiError

__all__ = ["run_tasks", "serve"]

_AHEAD = 2  # tasks for each worker that wait or are done: memory holds no more
_COMMAND = "from indexer.pipeline.workers import serve; serve()"


class Task(Protocol):
    """Something that a worker can be sent."""

    def perform(self) -> Any:
        """Do it; what is returned is sent back."""
        ...


def run_tasks(tasks: Iterable[Task], workers: int) -> Iterator[Any]:
    """Yield `task.perform()` for each task, in order, by as many processes as there are workers.

    With one worker there is no other process. What a task raises is raised here.
    """
    if workers < 2:
        yield from (task.perform() for task in tasks)
        return
    with _pool(workers) as ask:
        waiting: deque[Future[Any]] = deque()
        for task in tasks:
            waiting.append(ask(task))
            if len(waiting) >= workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def serve() -> None:
    """Do tasks until stdin ends; an interrupt is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tasks: SimpleQueue[Task] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, tasks), daemon=True).start()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    gc.disable()  # a task makes a million small objects and no cycles: a fifth of its time
    while True:
        task = tasks.get()
        answer: tuple[Any, Exception | None]
        try:
            answer = task.perform(), None
        except Exception as error:  # noqa: BLE001 - it is raised again in the parent
            answer = None, error
        gc.collect()
        try:
            pickle.dump(answer, answers)
            answers.flush()
        except BrokenPipeError:  # the parent is gone, and nobody waits for the answer
            os._exit(1)


def _listen(questions: IO[bytes], tasks: SimpleQueue[Task]) -> None:
    """Take tasks, and end the process when there is nobody any more to send them."""
    try:
        while True:
            tasks.put(pickle.load(questions))  # noqa: S301 - from our own parent, over a pipe
    finally:
        os._exit(0)


@contextmanager
def _pool(workers: int) -> Iterator[Callable[[Task], Future[Any]]]:
    """Start workers as they are needed; yield the function that asks one; stop them all at the end."""
    started: list[subprocess.Popen[bytes]] = []
    own = threading.local()

    def ask(task: Task) -> Any:
        if not hasattr(own, "worker"):
            own.worker = _started()
            started.append(own.worker)
        try:
            pickle.dump(task, own.worker.stdin)
            own.worker.stdin.flush()
            answer, error = pickle.load(own.worker.stdout)  # noqa: S301 - from our own child
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            raise LianghuiError(
                "a process of the build was stopped from outside; make memory free and build again"
            ) from None
        if error:
            raise error
        return answer

    threads = ThreadPoolExecutor(workers)
    try:
        yield lambda task: threads.submit(ask, task)
    except BaseException:
        for worker in started:
            worker.kill()
        raise
    finally:
        threads.shutdown(cancel_futures=True)
        for worker in started:
            with suppress(OSError):
                worker.stdin.close()  # type: ignore[union-attr]
            worker.wait()
            worker.stdout.close()  # type: ignore[union-attr]


def _started() -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    # In a group of their own, so that Ctrl-C reaches none that has not begun to ignore it.
    return subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", _COMMAND],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        process_group=None if os.name == "nt" else 0,
    )
