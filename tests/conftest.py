"""Real files, a real index and the real command line for every test."""

from __future__ import annotations

import json
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import chain
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import indexer
import query
from indexer import build_index
from indexer.analysis.segmenter import SegmenterChoice
from indexer.store.checked_json import dump_checked
from query import Index, open_index
from query.cli.commands import main

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
README = ROOT / "README.md"

LOAD = float(os.environ.get("LIANGHUI_FAULTS", "0.03"))
"""How much of the breaking is done: 1 is all of it, for which the README's test command does not wait."""

settings.register_profile(
    "seeded",
    database=None,
    deadline=None,  # a machine that is busy breaks no law
    max_examples=max(50, round(500 * LOAD)),
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("seeded")

for _package in (indexer, query):  # what Hypothesis draws depends on the modules that are loaded
    for _module in walk_packages(_package.__path__, f"{_package.__name__}."):
        import_module(_module.name)

SEGMENTER = SegmenterChoice().open()
"""A segmenter with jieba's words alone, which are loaded when a test first cuts a text."""


@dataclass(frozen=True)
class Run:
    """What a command did: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


Command = Callable[..., Run]
Counts = Counter[str]
MakeSeeds = Callable[[Mapping[str, str | bytes]], Path]


def load(count: int) -> int:
    """Scale by `LIANGHUI_FAULTS` how often a thing is to be broken."""
    return max(1, round(count * LOAD))


def rewrite(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a checked JSON file of an index, and write it with the right checksum."""
    record = json.loads(path.read_text("utf-8"))
    del record["sha256"]
    change(record)
    path.write_bytes(dump_checked(record))


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
    """Make a function that writes seeds into a folder and returns it."""

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
    """Make a function that runs the command line in an empty folder, as a user's shell would."""
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


@pytest.fixture
def draw(request: pytest.FixtureRequest) -> random.Random:
    """Make a random generator of the test's own, seeded by `--hypothesis-seed` and the test's name."""
    return random.Random(f"{request.config.getoption('hypothesis_seed')} {request.node.name}")


@pytest.fixture
def counts(request: pytest.FixtureRequest) -> Iterator[Counts]:
    """Count what the test breaks; its report takes the counts to the process that prints them."""
    counts: Counts = Counter()
    yield counts
    request.node.user_properties.extend(counts.items())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Iterable[pytest.Function]) -> None:
    """Mark the tests that chance or `LIANGHUI_FAULTS` decides, so that they can be run alone and in full."""
    for item in items:
        if {"draw", "counts"} & set(item.fixturenames):
            item.add_marker("breaking")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the seed of this run, and how often all processes together broke each thing."""
    total: Counts = Counter()
    for report in chain.from_iterable(terminalreporter.stats.values()):
        if getattr(report, "when", None) == "teardown":
            total.update(dict(report.user_properties))
    terminalreporter.section("broken on purpose")
    for what, count in total.items():
        terminalreporter.line(f"{what}: {count:,}")
    seed = terminalreporter.config.getoption("hypothesis_seed")
    terminalreporter.line(f"the same again: LIANGHUI_FAULTS={LOAD:g} pytest --hypothesis-seed={seed}")
