"""What is counted while things are broken, and printed when all tests are over."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.builder import Builder

Counts = Counter[str]

COUNTS: Counts = Counter()
LOAD = float(os.environ.get("LIANGHUI_FAULTS", "1"))  # the part of it that is done: 0.1 for a quick look


def load(count: int) -> int:
    """Return how often a thing is to be broken."""
    return max(1, round(count * LOAD))


@pytest.fixture
def counts() -> Counts:
    """Return what was broken so far."""
    return COUNTS


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    """Run the command line in processes that can be killed."""
    with Builder(tmp_path_factory.mktemp("builder")) as builder:
        yield builder


@pytest.fixture
def fast_path(tmp_path: Path) -> Iterator[Path]:
    """Make a folder in memory, where there is one: a thousand builds need not wait for the disk."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own in it
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how much was broken."""
    if COUNTS:
        terminalreporter.section("broken on purpose")
    for what, count in COUNTS.items():
        terminalreporter.line(f"{what}: {count:,}")
