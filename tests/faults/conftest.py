"""Fixtures for breaking things: a process that builds are forked from, and a folder in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.builder import Builder


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
