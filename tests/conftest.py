"""Real files, a real index and the real command line for every test."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from indexer import build_index
from indexer.cutter import SegmenterChoice
from indexer.seal import sealed
from query import Index, open_index
from query.cli import main

SEEDS = Path(__file__).parent.parent / "seeds"

SEGMENTER = SegmenterChoice().open()
"""Cuts by jieba's words alone, which are loaded when the first test cuts something."""


@dataclass(frozen=True)
class Run:
    """What a command did: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


Command = Callable[..., Run]
MakeSeeds = Callable[[Mapping[str, str | bytes]], Path]


def rewrite(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a sealed record of an index, and seal it again."""
    record = json.loads(path.read_text("utf-8"))
    del record["sha256"]
    change(record)
    path.write_bytes(sealed(record))


@contextmanager
def flipped(path: Path, at: int, bit: int) -> Iterator[None]:
    """Flip a bit of a file until the end of the block."""
    with path.open("r+b") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ 1 << bit]))
        file.flush()
        try:
            yield
        finally:
            file.seek(at)
            file.write(bytes([byte]))


@pytest.fixture(scope="session")
def page_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index of the shipped page; tests read it only."""
    folder = tmp_path_factory.mktemp("page") / "index"
    build_index(SEEDS, folder)
    return folder


@pytest.fixture
def page(page_index: Path) -> Iterator[Index]:
    """Open the index of the shipped page."""
    with open_index(page_index) as index:
        yield index


@pytest.fixture
def make_seeds(tmp_path: Path) -> MakeSeeds:
    """Return a function that writes seeds into a folder and returns it."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        folder = tmp_path / "seeds"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return folder

    return make


@pytest.fixture
def lianghui(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs the command line in an empty folder, as a user's shell would."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LIANGHUI_INDEX", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str | Path) -> Run:
        monkeypatch.setattr(sys, "argv", ["lianghui", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Run(int(stopped.value.code or 0), out, err)

    return run
