"""Readers while the index is built again and again: every answer is that of one state, and nothing grows."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from pypinyin import pinyin

from indexer import build_index
from query import open_index
from tests.conftest import Counts, load
from tests.faults.builder import Builder
from tests.faults.state import A, B, answers_of, replace_seeds

SECONDS = 60
REBUILDS = 4  # at least, however slow the machine
THREADS = 3
WARM = 30  # answers after which all that is loaded once has been loaded
AGAIN = 5  # questions that one opened index is asked
PROGRAM = "from tests.faults.test_readers import read; read()"
MOST_GROWTH = 24 << 20  # bytes that a process may grow by in a minute: what the allocator keeps


def digest(index: Path) -> str:
    """Hash what an index answers, the same each of several times while it is open."""
    with open_index(index) as opened:
        digests = {hashlib.sha256(repr(answers_of(opened)).encode()).hexdigest() for _ in range(AGAIN)}
    assert len(digests) == 1
    return digests.pop()


def read() -> None:
    """Search in several threads until stdin ends; print the answers, and the resources before and after."""
    index, answers, errors = Path(sys.argv[1]), list[str](), list[str]()
    pinyin("字")  # only a state without the speaker asks for names of the same sound
    over = threading.Event()

    def wait() -> None:
        sys.stdin.read()
        over.set()

    def search() -> None:
        while not over.is_set():
            try:
                answers.append(digest(index))
            except BaseException as error:  # noqa: BLE001 - whatever it is, it is reported
                errors.append(repr(error))

    threads = [threading.Thread(target=search) for _ in range(THREADS)] + [threading.Thread(target=wait)]
    for thread in threads:
        thread.start()
    while len(answers) < WARM and not errors and not over.is_set():
        time.sleep(0.05)
    before = resources()
    for thread in threads:
        thread.join()
    after = resources()
    counts = {answer: answers.count(answer) for answer in answers}
    print(json.dumps({"answers": counts, "errors": errors[:3], "before": before, "after": after}))


def resources() -> tuple[int, int]:
    """Count the files that are open, and the bytes of memory that are the process's own."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    shared = int(Path("/proc/self/statm").read_text("ascii").split()[2])
    return len([*Path("/proc/self/fd").iterdir()]), (pages - shared) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="asks the system what a process takes")
def test_readers_get_one_state_or_the_other_while_the_index_is_rebuilt(
    builder: Builder, fast_path: Path, counts: Counts
) -> None:
    seeds, index, states = fast_path / "seeds", fast_path / "index", []
    for files in (A, B):
        replace_seeds(seeds, files)
        build_index(seeds, index)
        states.append(digest(index))
    command: list[str | Path] = [sys.executable, "-c", PROGRAM, index]
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    readers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=paths)
        for _ in range(2)
    ]
    until, builds = time.monotonic() + load(SECONDS), 0
    while time.monotonic() < until or builds < REBUILDS:
        replace_seeds(seeds, (A, B)[builds % 2])
        full = ["--full"] if builds % 10 == 9 else []
        assert builder.run("index", seeds, "--index", index, *full).code == 0
        builds += 1
    for report in (json.loads(reader.communicate()[0]) for reader in readers):
        assert report["errors"] == []
        assert set(report["answers"]) <= set(states)
        assert report["after"][0] <= report["before"][0] + 2 * THREADS * 5
        assert report["after"][1] <= report["before"][1] + MOST_GROWTH
        counts["readers' answers"] += sum(report["answers"].values()) * AGAIN
    counts["rebuilds under readers"] += builds
