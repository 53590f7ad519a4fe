"""Measure an index in a cluster against the same in a folder: `python -m tests.benchmarks.cluster SEEDS`.

It starts two data nodes and a third that votes (see tests/cluster), builds both indexes, asks both random
queries of every kind, and prints how many answers are the same, how long they take and how many round
trips. SEEDS is a folder of texts. With --growth, it builds indexes of so many paragraphs in the cluster
alone, the seeds over and over with other ids, and asks them the same queries.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from indexer import LianghuiError, build_index
from indexer.models import Paragraph
from indexer.text.folding import fold
from query import Index, open_index, verify
from tests.benchmarks.shapes import repeat
from tests.cluster.nodes import Cluster
from tests.cluster.releases import fetch, runnable

_SYNTAX = re.compile(r"[\s\"“”：:?？*＊()（）|｜\-—－「」『』]")
NAME = "measured"
_MEASURED = ("total", "facets", "hits", "near", "rung")


class Draw:
    """Draws queries of every kind from the paragraphs of an index."""

    def __init__(self, index: Index, seed: int) -> None:
        """Read the paragraphs."""
        self._random = random.Random(seed)
        self._index = index
        self._paragraphs = [paragraph for paragraph in index.paragraphs() if len(paragraph.text) > 30]
        self._names = [name for paragraph in self._paragraphs for name in paragraph.mentions] or ["某"]
        self._speakers = [who.name for paragraph in self._paragraphs for who in paragraph.speakers] or ["某"]
        self.kinds: dict[str, Callable[[], str]] = {
            "phrase": lambda: self._piece(2, 10),
            "quoted": lambda: f'"{self._piece(2, 12)}"',
            "word": self._word,
            "two": lambda: f"{self._word()} {self._word()}",
            "three": lambda: f"{self._word()} {self._word()} {self._word()}",
            "or": lambda: f"{self._word()} OR {self._word()}",
            "not": lambda: f"{self._word()} -{self._word()}",
            "one ?": self._question_mark,
            "star": lambda: f"{self._word()}*{self._word()}",
            "near": lambda: f"{self._word()} NEAR/{self._random.randint(1, 15)} {self._word()}",
            "question": lambda: self._piece(14, 30),
            "headline": lambda: self._one().title or self._word(),
            "number": lambda: f"{self._random.randint(1, 300)}{self._random.choice(['%', '年', '个', ''])}",
            "speaker": lambda: self._random.choice(self._speakers),
            "misspelt": lambda: self._random.choice(self._names)[:-1] + self._random.choice("照兆德华"),
            "field": lambda: f"title:{self._word()} {self._word()}",
            "date": lambda: f"date:202{self._random.randint(0, 5)} {self._word()}",
            "latin": lambda: self._random.choice(["AI", "G20", "GDP", "APP", "2*", "A*", "C919"]),
        }

    def query(self, number: int) -> str:
        """Draw a query; numbers that follow each other are of all kinds in turn."""
        return [*self.kinds.values()][number % len(self.kinds)]()

    def _one(self) -> Paragraph:
        return self._random.choice(self._paragraphs)

    def _piece(self, least: int, most: int) -> str:
        while True:
            text = self._one().text
            start = self._random.randrange(len(text))
            piece = _SYNTAX.sub("", text[start : start + self._random.randint(least, most)])
            if piece:
                return piece

    def _word(self) -> str:
        while True:
            cut = self._index.segmenter.question_words(fold(self._piece(8, 16)))
            words = [each for each in cut if len(each) > 1]
            if words:
                return self._random.choice(words)

    def _question_mark(self) -> str:
        piece = self._piece(3, 4)
        return f"{piece[0]}?{piece[-1]}"


class Measured:
    """What was measured of the queries of one kind, or of all."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.queries = 0
        self.differ: Counter[str] = Counter()
        self.times: list[float] = []
        self.folder_times: list[float] = []
        self.trips: Counter[int] = Counter()

    def percentiles(self) -> str:
        """Format the median and the 95th percentile."""
        return f"{statistics.median(self.times):.0f} / {sorted(self.times)[int(len(self.times) * 0.95)]:.0f}"

    def round_trips(self) -> str:
        """Format how many queries took how many round trips."""
        return " ".join(f"{count}×{trips}" for trips, count in sorted(self.trips.items()))

    def row(self, name: str) -> str:
        """Format one row of the table."""
        differ = " ".join(f"{what} {count}" for what, count in self.differ.items() if count) or "none"
        times = f"{self.percentiles()} | {statistics.median(self.folder_times):.1f}"
        return f"| {name} | {self.queries} | {differ} | {times} | {self.round_trips()} |"


def main() -> None:
    """Start the cluster, build, ask, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", type=Path)
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--probes", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--growth", type=int, nargs="*", default=[], help="numbers of paragraphs")
    parser.add_argument("--kill", action="store_true", help="Kill a node at the end, and ask on.")
    asked = parser.parse_args()
    found = runnable()
    if not found:
        raise SystemExit("there is no Java or no Maven here")
    release, java = found
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        os.environ["LIANGHUI_CACHE"] = str(folder / "cache")
        with Cluster(fetch(release), java, folder / "nodes").running() as cluster:
            print(
                f"OpenSearch {release.version}, two data nodes and a third that votes, {os.cpu_count()} cores"
            )
            report = build_index(asked.seeds, folder / "index")
            print(f"folder: {report.paragraphs} paragraphs in {report.seconds:.1f} s")
            with open_index(folder / "index") as expected:
                if asked.growth:
                    grow(asked, expected, folder, cluster)
                else:
                    measure(asked, expected, cluster)


def grow(asked: argparse.Namespace, drawn_from: Index, folder: Path, cluster: Cluster) -> None:
    """Build larger and larger indexes, ask each, and print a row of figures."""
    print("| paragraphs | build, s | paragraphs/s | primary shards, MB | p50 / p95 ms | round trips |")
    print("|---|---|---|---|---|---|")
    for size in asked.growth:
        seeds = folder / str(size)
        repeat(asked.seeds, size, seeds)
        seconds, stored = build(seeds, cluster)
        shutil.rmtree(seeds)
        with open_index(cluster.address(NAME)) as index:
            draw, measured = Draw(drawn_from, asked.seed), Measured()
            for number in range(asked.queries):
                ask(draw.query(number), index, (measured,))
        cells = f"{size:,} | {seconds:.1f} | {size / seconds:.0f} | {stored / 1e6:.0f}"
        print(f"| {cells} | {measured.percentiles()} | {measured.round_trips()} |", flush=True)


def build(seeds: Path, cluster: Cluster) -> tuple[float, int]:
    """Build in the cluster from nothing; return the seconds, and the bytes in primary shards."""
    seconds = build_index(seeds, cluster.address(NAME), full=True).seconds
    stored = cluster.request("GET", f"/{NAME}/_stats/store")["_all"]["primaries"]["store"]
    return seconds, stored["size_in_bytes"]


def measure(asked: argparse.Namespace, expected: Index, cluster: Cluster) -> None:
    """Build in the cluster, too, and compare what both answer."""
    seconds, stored = build(asked.seeds, cluster)
    print(
        f"cluster: {len(expected)} paragraphs in {seconds:.1f} s, {len(expected) / seconds:.0f} paragraphs/s"
    )
    print(f"{stored / 1e6:.1f} MB in primary shards")
    with open_index(cluster.address(NAME)) as index:
        compare(asked, expected, index)
        if asked.probes:
            proof = verify(index, probes=asked.probes)
            print(f"verify: {proof.probes} probes, missed {proof.missed}, extra {proof.extra}")
        if asked.kill:
            kill(index, cluster)


def compare(asked: argparse.Namespace, expected: Index, index: Index) -> None:
    """Ask both indexes random queries of every kind, and print the table."""
    draw = Draw(expected, asked.seed)
    measured: defaultdict[str, Measured] = defaultdict(Measured)
    kinds = [*draw.kinds]
    queries = [draw.query(number) for number in range(asked.queries)]
    for number, query in enumerate(queries):
        compare_one(query, expected, index, (measured[kinds[number % len(kinds)]], measured["all"]))
    print("| kind | queries | differ in | p50 / p95 ms | folder p50 ms | round trips |")
    print("|---|---|---|---|---|---|")
    for kind in (*kinds, "all"):
        print(measured[kind].row(kind))
    again = Measured()
    for query in queries:
        ask(query, index, (again,))
    print(f"asked again: p50 / p95 {again.percentiles()} ms, round trips {again.round_trips()}")


def compare_one(query: str, expected: Index, index: Index, rows: tuple[Measured, ...]) -> None:
    """Ask both indexes one query."""
    found = ask(query, index, rows)
    begun = time.perf_counter()
    wanted = answer(expected, query)
    taken = time.perf_counter() - begun
    for row in rows:
        row.folder_times.append(taken * 1e3)
        for part in _MEASURED:
            row.differ[part] += found.get(part) != wanted.get(part)
    if found != wanted:
        differ = [part for part in {*found, *wanted} if found.get(part) != wanted.get(part)]
        print(f"  {query!r} differs in {', '.join(differ)}: {wanted.get('total')} and {found.get('total')}")


def ask(query: str, index: Index, rows: tuple[Measured, ...]) -> dict[str, Any]:
    """Ask the cluster one query, and enter into some rows how long it took."""
    asking = index.finder.asking  # type: ignore[attr-defined]
    trips = asking.round_trips
    begun = time.perf_counter()
    found = answer(index, query)
    taken = time.perf_counter() - begun
    for row in rows:
        row.queries += 1
        row.times.append(taken * 1e3)
        row.trips[asking.round_trips - trips] += 1
    return found


def answer(index: Index, query: str) -> dict[str, Any]:
    """Search as asked, and return the answer as JSON has it; an error as its text."""
    try:
        return index.search(query).to_dict()
    except LianghuiError as error:
        return {"error": str(error)}


def kill(index: Index, cluster: Cluster) -> None:
    """Kill a data node, and print when the first search fails no more."""
    before = index.search("发展").total
    cluster["n1"].kill()
    begun = time.monotonic()
    failed = 0
    last = 0.0
    while time.monotonic() - begun < 5:
        try:
            assert index.search("发展").total == before
        except LianghuiError:
            failed += 1
            last = time.monotonic() - begun
    print(f"killed n1: {failed} searches failed, the last after {last:.1f} s; {len(index)} paragraphs")


if __name__ == "__main__":
    main()
