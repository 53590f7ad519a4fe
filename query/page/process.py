"""A worker as the server sees it: a process that is started, asked, and stopped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from indexer import LianghuiError
from query.page.exchange import Ask, Reply, receive, send

__all__ = ["Worker"]


class Worker:
    """One process with the index open."""

    def __init__(self, where: str | Path) -> None:
        """Start the process; it opens the index while the caller goes on."""
        command = [sys.executable, "-P", "-c", "from query.page.worker import main; main()", str(where)]
        paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)  # as in this process
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": paths},
            start_new_session=True,  # Ctrl-C is for the server, which ends its workers
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
