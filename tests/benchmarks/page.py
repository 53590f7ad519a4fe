"""Measure the page: python -m tests.benchmarks.page SEEDS [--index INDEX] [--seconds 60].

SEEDS is a folder of .jsonl files with `text` and `date`; INDEX is one of them, built unless it is given.
Prints a Markdown table: the first answer after a start, what a search page costs on the server, pages a
second on the seed that comes with the project, the weight of a page, and what 50 clients see while
rebuilds go on.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from indexer import build_index
from query import open_index
from query.page.answering import Answering
from query.page.exchange import Ask
from tests.benchmarks.page_clients import MARKED_PATH, ask_all, mark
from tests.benchmarks.speed import machine

ROOT = Path(__file__).parents[2]
STARTS = 7
CLIENTS = 50
CONNECTIONS = 4  # that ask for pages a second
Rows = Iterator[tuple[str, str]]


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        small, large = Path(name) / "small", arguments.index or Path(name) / "large"
        build_index(ROOT / "seeds", small)
        if not arguments.index:
            build_index(arguments.seeds, large)
        print(f"{arguments.seeds.name}; {machine()}\n\n| | |\n|---|---:|")
        rows = itertools.chain(
            first_answers(small, large),
            costs(large),
            rates(small),
            weights(large),
            crowds(arguments.seeds, large, Path(name) / "crowd", arguments.seconds),
        )
        for row in rows:
            print(f"| {' | '.join(row)} |", flush=True)


@contextmanager
def serving(index: Path) -> Iterator[tuple[str, int, int]]:
    """Run the server until the end of the block; give its host, its port and its process id."""
    command = [sys.executable, "-c", "from query.cli.entry import run; run()", "serve", "--port", "0"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "LIANGHUI_INDEX": str(index)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stderr
        try:
            address = re.search(r"http://(\S+):(\d+)", server.stderr.readline())
            assert address
            yield address[1], int(address[2]), server.pid
        finally:
            server.kill()


def draw(index: Path, count: int) -> list[str]:
    """Draw distinct queries from the texts of an index: a word or two of two to four characters."""
    drawn = random.Random(0)
    with open_index(index) as opened:
        texts = [each.text for each in opened.paragraphs() if len(each.text) > 40]
    queries: dict[str, None] = {}
    while len(queries) < count:
        text = drawn.choice(texts)
        starts = [drawn.randrange(len(text) - 4) for _ in range(drawn.choice((1, 1, 2)))]
        words = [text[start : start + drawn.choice((2, 2, 3, 4))] for start in starts]
        if all(word.isalnum() for word in words):
            queries[" ".join(words)] = None
    return [*queries]


def first_answers(*indexes: Path) -> Rows:
    """Measure the median seconds from the start of a process to its first page of hits."""
    for index in indexes:
        times = []
        for _ in range(STARTS):
            started = time.perf_counter()
            with serving(index) as (host, port, _):
                seen = ask_all(host, port, [f"/?q={quote('发展')}"], 1)
                times.append(time.perf_counter() - started)
            assert not seen.errors
        yield f"first answer after a start, {index.name} index, s", f"{statistics.median(times):.2f}"


def costs(index: Path) -> Rows:
    """Measure what a search page costs on the server, over distinct queries."""
    queries, answer = draw(index, 500), Answering(index)
    times = []
    for query in ["发展", *queries]:
        started = time.perf_counter()
        assert answer(Ask("search", parameters=(("q", query),))).status == 200
        times.append(time.perf_counter() - started)
    yield f"a search page, {len(queries)} distinct queries, p50 / p95, ms", pair(times[1:])


def rates(index: Path) -> Rows:
    """Measure how many pages of distinct queries a server answers in a second, and what they cost it."""
    paths = [f"/?q={quote(query)}" for query in draw(index, 3_000)]
    with serving(index) as (host, port, pid):
        ask_all(host, port, paths[:200], CONNECTIONS)
        spent, started = processor_seconds(pid), time.perf_counter()
        seen = ask_all(host, port, paths[200:], CONNECTIONS)
        seconds, spent = time.perf_counter() - started, processor_seconds(pid) - spent
    assert not seen.errors
    count = len(seen.times)
    yield f"the seed, {count} distinct queries, pages a second", f"{count / seconds:.0f}"
    yield "of all processes of the server, processor time a page, ms", f"{1e3 * spent / count:.1f}"


def weights(index: Path) -> Rows:
    """Weigh pages of hits, and what all pages share."""
    answer = Answering(index)
    asks = [Ask("search", parameters=(("q", query),)) for query in draw(index, 200)]
    sizes = [len(answer(ask).body) for ask in asks]
    shared = sum(path.stat().st_size for path in (ROOT / "query" / "page" / "static").iterdir())
    yield (
        "a page of hits, median / heaviest, KB",
        f"{statistics.median(sizes) / 1e3:.1f} / {max(sizes) / 1e3:.1f}",
    )
    yield "style, script and icon, KB", f"{shared / 1e3:.1f}"


def crowds(seeds: Path, index: Path, folder: Path, seconds: float) -> Rows:
    """Let 50 clients ask while the index is built anew, over and over."""
    shutil.copytree(seeds, folder / "seeds", copy_function=os.link)
    shutil.copytree(index, folder / "index")  # so that only what is marked is to be read
    mark(folder / "seeds", "甲")
    build_index(folder / "seeds", folder / "index")
    paths = [path for query in draw(index, 2_000) for path in (f"/?q={quote(query)}", MARKED_PATH)]
    command = [sys.executable, "-m", "tests.benchmarks.page_clients", str(folder)]
    with (
        serving(folder / "index") as (host, port, pid),
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as builder,
    ):
        try:
            early = ask_all(host, port, paths, CLIENTS, seconds / 4)
            before = memory(pid)
            late = ask_all(host, port, paths, CLIENTS, 3 * seconds / 4)
            after = memory(pid)
        finally:
            builder.terminate()
        builds = builder.stdout.read().split("\n")[-2] if builder.stdout else ""
    times = early.times + late.times
    versions = "、".join(sorted(early.versions | late.versions))
    yield f"{CLIENTS} clients, {seconds:g} s, {builds}: answers", f"{len(times)}"
    yield (
        f"errors, mixed answers (versions seen: {versions})",
        f"{early.errors + late.errors}, {early.mixed + late.mixed}",
    )
    yield "p50 / p95, ms", pair(times)
    yield (
        "memory that is not the index, after a quarter / at the end, MB",
        f"{before / 1e6:.0f} / {after / 1e6:.0f}",
    )


def memory(pid: int) -> int:
    """Add up the memory that a process and its children have for themselves alone, in bytes."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    found = (Path(f"/proc/{each}/smaps_rollup").read_text("ascii") for each in (pid, *children))
    return sum(1024 * int(size) for text in found for size in re.findall(r"Private_Dirty: +(\d+)", text))


def processor_seconds(pid: int) -> float:
    """Add up the processor time of a process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    fields = (
        Path(f"/proc/{each}/stat").read_text("ascii").rpartition(")")[2].split() for each in (pid, *children)
    )
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def pair(seconds: Sequence[float]) -> str:
    """Format the median and the 95th percentile in milliseconds."""
    cuts = statistics.quantiles(seconds, n=20)
    return f"{1e3 * statistics.median(seconds):.1f} / {1e3 * cuts[-1]:.1f}"


if __name__ == "__main__":
    main()
