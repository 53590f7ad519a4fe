"""Stop a build at any moment: what answers is the index before it, or the one after it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from indexer import build_index
from tests.conftest import Counts, load
from tests.faults.builder import Builder, Ended
from tests.faults.state import A, B, answers, files_of, replace_seeds

KILLS = {"first": 60, "incremental": 80, "full": 38, "noting": 10}
KILLS_OF_SEVERAL_PROCESSES = {signal.SIGKILL: 12, signal.SIGINT: 6}
INTERRUPTS = {"first": 15, "incremental": 30, "full": 15, "noting": 5}
LARGE = {**B, "large.txt": "\n" * (3 << 20) + "甲处的标题\n\n王小明委员建议，加快发展低空经济。\n"}
SECONDS = 3.0  # that a build by several processes takes, about
PATIENCE = 60.0  # seconds, far more than a process takes to notice


@dataclass
class Place:
    """Seeds that have changed, the index of what they were, and what it answers before and after."""

    seeds: Path
    index: Path
    kind: str
    before: list[Any] | None
    after: list[Any] | None
    files: list[str]
    restore: Callable[[], None]

    @property
    def command(self) -> tuple[str | Path, ...]:
        """The build that is broken."""
        full = ("--full",) if self.kind == "full" else ()
        return ("index", self.seeds, "--index", self.index, *full)


@pytest.fixture(params=KILLS)
def place(request: pytest.FixtureRequest, fast_path: Path) -> Place:
    """Make the place for a build: the first, what changed, all again, or only noting new times of files."""
    seeds, old, index = fast_path / "seeds", fast_path / "old", fast_path / "index"
    replace_seeds(seeds, A)
    build_index(seeds, old)
    replace_seeds(seeds, A if request.param == "noting" else B)
    build_index(seeds, fast_path / "new")

    def restore() -> None:
        shutil.rmtree(index, ignore_errors=True)
        if request.param == "first":
            index.mkdir()
        else:
            shutil.copytree(old, index, copy_function=copy_or_link)

    restore()
    return Place(
        seeds=seeds,
        index=index,
        kind=request.param,
        before=answers(index),
        after=answers(fast_path / "new"),
        files=files_of(fast_path / "new"),
        restore=restore,
    )


def copy_or_link(source: str, target: str) -> None:
    """Copy a file, or link one that never changes."""
    if Path(source).suffix in (".trie", ".arrays"):
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def seconds_of(place: Place, builder: Builder) -> float:
    """Measure the build when nobody stops it, and see that it is right."""
    started = time.monotonic()
    assert builder.run(*place.command).code == 0
    seconds = time.monotonic() - started
    assert answers(place.index) == place.after
    return seconds


def build_and_stop(builder: Builder, place: Place, moment: float, how: signal.Signals) -> Ended:
    """Begin the build again, and send a signal to all of its processes `moment` seconds later."""
    place.restore()
    process = builder.start(*place.command)
    time.sleep(moment)
    with suppress(ProcessLookupError):  # it has ended already
        os.killpg(process, how)
    return builder.end()


def test_a_killed_build_leaves_the_index_before_it_or_the_one_after_it(
    builder: Builder, place: Place, counts: Counts, draw: random.Random
) -> None:
    seconds = seconds_of(place, builder)
    killed = 0
    while killed < load(KILLS[place.kind]):
        ended = build_and_stop(builder, place, draw.uniform(0, seconds), signal.SIGKILL)
        assert (ended.code, ended.err) in [(-signal.SIGKILL, ""), (0, "")]
        assert answers(place.index) in (place.before, place.after)
        assert builder.run(*place.command).code == 0
        assert answers(place.index) == place.after
        assert files_of(place.index) == place.files
        killed += ended.code != 0
    counts["builds killed"] += killed


def test_an_interrupted_build_says_so_and_leaves_nothing_behind(
    builder: Builder, place: Place, counts: Counts, draw: random.Random
) -> None:
    seconds = seconds_of(place, builder)
    interrupted = 0
    while interrupted < load(INTERRUPTS[place.kind]):
        ended = build_and_stop(builder, place, draw.uniform(0, seconds), signal.SIGINT)
        assert "Traceback" not in ended.err
        assert (ended.code, answers(place.index)) in [
            (130, place.before),
            (130, place.after),
            (0, place.after),
        ]
        assert len([*place.index.glob("generation-*")]) == (answers(place.index) is not None)
        interrupted += ended.code == 130
    counts["builds interrupted"] += interrupted


def processes_of(session: int) -> list[str]:
    """List the processes that still run in a session, where the system tells."""
    running = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, its_session = path.read_text("utf-8").rpartition(")")[2].split()[:4]
            running += [path.parent.name] if int(its_session) == session and state != "Z" else []
    return running


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_build_by_several_processes_leaves_none_of_them_behind(
    builder: Builder, tmp_path: Path, counts: Counts, draw: random.Random, how: signal.Signals
) -> None:
    seeds, index = tmp_path / "seeds", tmp_path / "index"
    replace_seeds(seeds, A)
    build_index(seeds, index)
    before = answers(index)
    replace_seeds(seeds, LARGE)
    build_index(seeds, tmp_path / "large")
    large = answers(tmp_path / "large")
    for _ in range(load(KILLS_OF_SEVERAL_PROCESSES[how])):
        process = builder.start("index", seeds, "--index", index)
        time.sleep(draw.uniform(0, SECONDS))
        with suppress(ProcessLookupError):
            os.kill(process, how)
        ended = builder.end()
        assert (ended.code, answers(index)) in [(130 if how == signal.SIGINT else -how, before), (0, large)]
        assert ended.err.strip() in (
            "",
            "lianghui: stopped; an index that was being built is whole: as it was, or the new one",
        )
        until = time.monotonic() + PATIENCE
        while processes_of(process):
            assert time.monotonic() < until
            time.sleep(0.01)
        replace_seeds(seeds, A)
        assert builder.run("index", seeds, "--index", index).code == 0
        assert answers(index) == before
        assert files_of(index) == files_of(tmp_path / "large")
        replace_seeds(seeds, LARGE)
        counts["builds killed" if how == signal.SIGKILL else "builds interrupted"] += ended.code != 0
