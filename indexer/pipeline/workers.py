"""Run tasks in worker processes: each reads tasks on its stdin and answers on its stdout.

Workers are not forked, so that a program with threads can build, and do not import the main module,
so that it needs no guard. A worker whose parent is gone meets the end of its stdin and exits at once,
whatever it is doing: it must not write into the next build.
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
from typing import IO, Any, NamedTuple, Protocol

from indexer.errors import LianghuiError

__all__ = ["Advance", "Task", "run_tasks", "serve"]

_TASKS_AHEAD = 2  # for each worker, waiting or done: memory holds no more
_COMMAND = "from indexer.pipeline.workers import serve; serve()"


Advance = Callable[[int, str], None]
"""Called with how much was done since the last call, and what is being done."""


class Task(Protocol):
    """A piece of work that can be pickled and sent to a worker."""

    def perform(self, advance: Advance) -> Any:
        """Do the work, and report how much of it is done; the result is pickled and sent back."""
        ...


def run_tasks(tasks: Iterable[Task], workers: int, advance: Advance) -> Iterator[Any]:
    """Yield the result of `perform` for each task, in order, from as many processes as `workers`.

    With one worker, this process does them itself. `advance` is called with what the tasks report, from
    one thread at a time. What a task raises is raised here; `LianghuiError` when a worker was killed.
    """
    if workers < 2:
        yield from (task.perform(advance) for task in tasks)
        return
    with _pool(workers, advance) as submit:
        waiting: deque[Future[Any]] = deque()
        for task in tasks:
            waiting.append(submit(task))
            if len(waiting) >= workers * _TASKS_AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def serve() -> None:
    """Perform tasks until stdin ends, as the worker; an interrupt is left to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tasks: SimpleQueue[Task] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, tasks), daemon=True).start()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints must not spoil an answer
    gc.disable()  # a task makes a million small objects and no cycles: a fifth of its time
    while True:
        task = tasks.get()
        answer: tuple[Any, Exception | None]
        try:
            answer = task.perform(lambda *step: _send(answers, _Step(*step))), None
        except Exception as error:  # noqa: BLE001 - it is raised again in the parent
            answer = None, error
        gc.collect()
        _send(answers, answer)


class _Step(NamedTuple):
    """How much was done since the last step, and what is being done."""

    done: int
    doing: str


def _send(pipe: IO[bytes], message: _Step | tuple[Any, Exception | None]) -> None:
    """Send the parent a step, or an answer and what was raised in its place."""
    try:
        pickle.dump(message, pipe)
        pipe.flush()
    except BrokenPipeError:  # the parent is gone, and nobody waits for the answer
        os._exit(1)


def _listen(pipe: IO[bytes], tasks: SimpleQueue[Task]) -> None:
    """Queue the tasks that the parent sends, and end the process when it is gone."""
    try:
        while True:
            tasks.put(pickle.load(pipe))  # noqa: S301 - from our own parent, over a pipe
    finally:
        os._exit(0)


class _Worker:
    """A worker as its parent sees it: a process, and the pipes to and from it."""

    def __init__(self) -> None:
        """Start the process, in a group of its own: Ctrl-C must not reach one that does not ignore it yet."""
        path = os.pathsep.join(filter(None, sys.path))
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", _COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"OPENBLAS_NUM_THREADS": "1"} | os.environ | {"PYTHONPATH": path},
            process_group=None if os.name == "nt" else 0,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._tasks, self._answers = self._process.stdin, self._process.stdout

    def perform(self, task: Task, advance: Advance) -> Any:
        """Send a task and wait for its result; raise what the task raised."""
        try:
            pickle.dump(task, self._tasks)
            self._tasks.flush()
            message = pickle.load(self._answers)  # noqa: S301 - from our own child
            while isinstance(message, _Step):
                advance(*message)
                message = pickle.load(self._answers)  # noqa: S301 - see above
            answer, error = message
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            raise LianghuiError(
                "a process of the build was stopped from outside; make memory free and build again"
            ) from None
        if error:
            raise error
        return answer

    def kill(self) -> None:
        """End the process at once, whatever it is doing."""
        self._process.kill()

    def stop(self) -> None:
        """Let the process end, and wait until it has."""
        with suppress(OSError):
            self._tasks.close()
        self._process.wait()
        self._answers.close()


@contextmanager
def _pool(size: int, advance: Advance) -> Iterator[Callable[[Task], Future[Any]]]:
    """Give a function that has a worker perform a task; workers start when needed and stop at the end."""
    workers: list[_Worker] = []
    thread, lock = threading.local(), threading.Lock()  # each thread speaks with one worker

    def report(done: int, doing: str) -> None:
        with lock:
            advance(done, doing)

    def perform(task: Task) -> Any:
        if not hasattr(thread, "worker"):
            thread.worker = _Worker()
            workers.append(thread.worker)
        return thread.worker.perform(task, report)

    threads = ThreadPoolExecutor(size)
    try:
        yield lambda task: threads.submit(perform, task)
    except BaseException:
        for worker in workers:
            worker.kill()
        raise
    finally:
        threads.shutdown(cancel_futures=True)
        for worker in workers:
            worker.stop()
