"""A terminal with pagers, for the tests of what people at one see."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("lianghui")
SCRIPT = '#!/bin/sh\necho "<$LESS $LESSCHARSET>"\ncat\necho "</>"\n'

Terminal = Callable[..., str]


@pytest.fixture
def terminal(tmp_path: Path, page_index: Path) -> Terminal:
    """Return a function that runs a command at a terminal, with pagers that say when they are used."""
    for name in ("less", "mine"):
        (tmp_path / name).write_text(SCRIPT)
        (tmp_path / name).chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    unset = ("COLUMNS", "LINES", "LESS", "LESSCHARSET", "PAGER", "NO_COLOR")
    plain = {name: value for name, value in os.environ.items() if name not in unset}
    plain |= {"PATH": path, "TERM": "xterm", "LC_ALL": "C.UTF-8", "LIANGHUI_INDEX": str(page_index)}

    def run(*arguments: str, rows: int = 24, columns: int = 80, code: int = 0, **environment: str) -> str:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("4H", rows, columns, 0, 0))
        with subprocess.Popen(
            [COMMAND, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=plain | environment
        ) as process:
            os.close(theirs)
            shown = _read(ours)
        os.close(ours)
        assert process.returncode == code
        return shown.replace("\r\n", "\n")

    return run


def _read(terminal: int) -> str:
    """Read what is written to a terminal until every process that writes to it has ended."""
    parts = []
    with suppress(OSError):  # how Linux says so
        while part := os.read(terminal, 65536):
            parts.append(part)
    return b"".join(parts).decode()
