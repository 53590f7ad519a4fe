"""The lock: one writer at a time, named to those who wait, and none that is dead."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer import LockedError, build_index
from indexer.store.lock import index_lock
from tests.conftest import Command, MakeSeeds

TALK = "某处的标题\n\n王小明委员建议，加快发展低空经济。\n"

HOLD = """
import sys, time
from pathlib import Path
from indexer.store.lock import index_lock
with index_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holding(index: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Hold the lock of an index in another process until the end of the block."""
    index.mkdir(exist_ok=True)
    command = [sys.executable, "-c", HOLD, str(index)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"held\n"
        yield process
        process.communicate()


def test_a_second_build_is_told_who_builds_and_since_when(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    make_seeds({"a.txt": TALK})
    with holding(tmp_path / "index") as process:
        run = lianghui("index")
    assert (run.code, run.out) == (2, "")
    assert re.fullmatch(
        rf"lianghui: another process \(pid {process.pid}, since \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00\) "
        r"is building the index at index; wait until it is done\n",
        run.err,
    )
    assert lianghui("index").code == 0


def test_the_lock_of_a_process_that_was_killed_is_taken_over(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": TALK})
    with holding(tmp_path / "index") as process:
        process.send_signal(signal.SIGKILL)
    assert (tmp_path / "index" / "lock").read_text("ascii").startswith(f"{process.pid} ")
    assert build_index(seeds, tmp_path / "index").paragraphs == 2


@pytest.mark.parametrize("content", [b"", b"1 2099-01-01T00:00:00+00:00\n", b"\xff\0" * 9999])
def test_a_lock_file_that_nobody_holds_binds_nobody(
    make_seeds: MakeSeeds, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "lock").write_bytes(content)
    assert build_index(make_seeds({"a.txt": TALK}), tmp_path / "index").paragraphs == 2


@pytest.mark.parametrize("content", [b"", b"\x1b]0;x\x07 y", b"\xff", b"1", b"a 2025-02-26"])
def test_who_holds_it_is_left_out_where_the_file_does_not_say(tmp_path: Path, content: bytes) -> None:
    with index_lock(tmp_path):
        (tmp_path / "lock").write_bytes(content)
        with pytest.raises(LockedError, match="another process is building"), index_lock(tmp_path):
            pass


def test_nothing_is_left_in_a_lock_that_was_released(tmp_path: Path) -> None:
    with index_lock(tmp_path):
        assert (tmp_path / "lock").read_text("ascii").startswith(f"{os.getpid()} ")
    assert (tmp_path / "lock").read_bytes() == b""
