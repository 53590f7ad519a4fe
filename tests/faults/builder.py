"""Run the command line in processes forked from one that has everything in memory.

A build of a few lines then takes a tenth of a second and not four, so that it can be broken a thousand
times. What runs in them is the program as it is, from `main` on.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, NoReturn, Self

from indexer import build_index
from query import open_index
from query.cli.commands import main
from tests.faults.shim import Failing

__all__ = ["Builder", "Ended"]

PROGRAM = "from tests.faults.builder import serve; serve()"


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, negative by a signal, what it wrote, and its writing calls."""

    code: int
    out: str
    err: str
    calls: int


class Builder:
    """The process that commands are forked from, one at a time."""

    def __init__(self, folder: Path) -> None:
        """Start it; `folder` is where it warms up, and where the commands leave what they print."""
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "COLUMNS": "80"},
        )
        self._receive()

    def __enter__(self) -> Self:
        """Use it until the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        self._process.communicate()

    def run(self, *arguments: str | Path, failing: tuple[int, int] | None = None) -> Ended:
        """Run a command to its end; `failing` is the number of a call that fails, and its error number."""
        self.start(*arguments, failing=failing)
        return self.end()

    def start(self, *arguments: str | Path, failing: tuple[int, int] | None = None) -> int:
        """Start a command in a session of its own, and return the id of its process."""
        assert self._process.stdin
        request = {"arguments": [*map(str, arguments)], "failing": failing}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return int(self._receive())

    def end(self) -> Ended:
        """Wait until the command that was started has ended."""
        code = self._receive()
        calls = self._folder / "calls"
        return Ended(
            code=int(code),
            out=(self._folder / "out").read_text("utf-8"),
            err=(self._folder / "err").read_text("utf-8"),
            calls=int(calls.read_text("ascii")) if calls.exists() else 0,
        )

    def _receive(self) -> Any:
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())


def serve() -> None:
    """Warm up, then run the commands that stdin names until it ends."""
    folder = Path(sys.argv[1])
    _warm(folder)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        ready, started = os.pipe()
        process = os.fork()
        if not process:
            _perform(folder, started, request["arguments"], request["failing"])
        os.close(started)
        os.read(ready, 1)
        os.close(ready)
        print(process, flush=True)
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _warm(folder: Path) -> None:
    """Build twice and ask once, so that everything is loaded that is loaded when needed."""
    (folder / "seeds").mkdir(parents=True)
    for text in ("王小明代表建议，发展经济。\n", "王小明代表说，教育是根本。\n"):
        (folder / "seeds" / "a.txt").write_text(text, "utf-8")
        build_index(folder / "seeds", folder / "index")
    with open_index(folder / "index") as index:
        index.search("经济 教育")


def _perform(
    folder: Path, started: int, arguments: Sequence[str], failing: tuple[int, int] | None
) -> NoReturn:
    """Become the command, say so to `started`, and end as the interpreter would."""
    os.setsid()
    null = os.open(os.devnull, os.O_RDONLY)
    files = [os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) for name in ("out", "err")]
    for number, file in enumerate((null, *files)):
        os.dup2(file, number)
    signal.signal(signal.SIGINT, _interrupt)
    sys.argv = ["lianghui", *arguments]
    shim = Failing(*failing) if failing else None
    code: Any = 1
    try:
        with shim.in_use() if shim else nullcontext():
            os.close(started)
            main()
    except SystemExit as end:
        code = end.code or 0
    except BaseException:  # noqa: BLE001 - the interpreter prints it, too
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    if shim:
        (folder / "calls").write_text(str(shim.calls), "ascii")
    os._exit(code)


def _interrupt(_: int, frame: FrameType | None) -> None:
    """Interrupt the program, and not the code around it here."""
    while frame:
        if frame.f_code is main.__code__:
            raise KeyboardInterrupt
        frame = frame.f_back
