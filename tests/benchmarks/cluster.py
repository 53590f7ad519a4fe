"""Measure an index in a cluster against the same in a folder: `python -m tests.benchmarks.cluster SEEDS`.

It starts two data nodes and a third that votes (see tests/cluster), builds both indexes, asks both random
queries of every kind, and prints how many answers are the same, how long they take and how many round
trips. SEEDS is a folder of texts. With --growth, it does all of that for so many paragraphs each, the seeds
over and over with other ids.
"""

from __future__ import annotations

import argparse
import os
import random
import re
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

    def row(self, name: str) -> str:
        """Print one row of the table."""
        p50, p95 = statistics.median(self.times), sorted(self.times)[int(len(self.times) * 0.95)]
        trips = " ".join(f"{count}×{trips}" for trips, count in sorted(self.trips.items()))
        differ = " ".join(f"{what} {count}" for what, count in self.differ.items() if count) or "none"
        times = f"{p50:.0f} / {p95:.0f} | {statistics.median(self.folder_times):.1f}"
        return f"| {name} | {self.queries} | {differ} | {times} | {trips} |"


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
            for size in asked.growth:
                seeds = folder / str(size)
                repeat(asked.seeds, size, seeds)
                measure(asked, seeds, folder / f"index{size}", cluster)
            if not asked.growth:
                measure(asked, asked.seeds, folder / "index", cluster)


def measure(asked: argparse.Namespace, seeds: Path, folder: Path, cluster: Cluster) -> None:
    """Build in both places, and compare what they answer."""
    address = cluster.address("measured")
    report = build_index(seeds, folder)
    print(f"folder: {report.paragraphs} paragraphs in {report.seconds:.1f} s")
    report = build_index(seeds, address, full=True)
    rate = report.paragraphs / report.seconds
    print(f"cluster: {report.paragraphs} paragraphs in {report.seconds:.1f} s, {rate:.0f} paragraphs/s")
    size = cluster.request("GET", "/measured/_stats/store")["_all"]
    print(f"{size['primaries']['store']['size_in_bytes'] / 1e6:.1f} MB in primary shards")
    with open_index(folder) as expected, open_index(address) as index:
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
    for number in range(asked.queries):
        kind = kinds[number % len(kinds)]
        query = draw.kinds[kind]()
        compare_one(query, expected, index, (measured[kind], measured["all"]))
    print("| kind | queries | differ in | p50 / p95 ms | folder p50 ms | round trips |")
    print("|---|---|---|---|---|---|")
    for kind in (*kinds, "all"):
        print(measured[kind].row(kind))


def compare_one(query: str, expected: Index, index: Index, rows: tuple[Measured, ...]) -> None:
    """Ask both indexes one query."""
    asking = index.finder.asking  # type: ignore[attr-defined]
    trips = asking.round_trips
    begun = time.perf_counter()
    found = answer(index, query)
    between = time.perf_counter()
    wanted = answer(expected, query)
    end = time.perf_counter()
    for row in rows:
        row.queries += 1
        row.times.append((between - begun) * 1e3)
        row.folder_times.append((end - between) * 1e3)
        row.trips[asking.round_trips - trips] += 1
        for part in _MEASURED:
            row.differ[part] += found.get(part) != wanted.get(part)
    if found != wanted:
        differ = [part for part in {*found, *wanted} if found.get(part) != wanted.get(part)]
        print(f"  {query!r} differs in {', '.join(differ)}: {wanted.get('total')} and {found.get('total')}")


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
