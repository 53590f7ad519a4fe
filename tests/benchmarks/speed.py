"""Measure a build and searches on a folder of seeds: python -m tests.benchmarks.speed SEEDS.

Queries are drawn from the text itself. Times of searches are those of `Index.search` with ten hits,
snippets, metadata and facets; the cold one is the whole process, from the shell and back.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from indexer import build_index
from indexer.analysis import cut, is_noun
from query import Index, open_index
from query.language import quote

ROUNDS = 100
COLD_ROUNDS = 5


def main() -> None:
    """Build, search, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", type=Path)
    seeds = parser.parse_args().seeds
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        report = build_index(seeds, index)
        size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
        print(f"build     {report.seconds:8.1f} s  {report.paragraphs / report.seconds:8.0f} paragraphs/s")
        print(f"size      {size / 1e6:8.1f} MB {report.paragraphs:8} paragraphs")
        with open_index(index) as opened:
            for name, query in shapes(opened).items():
                show(name, [timed(partial(opened.search, query())) for _ in range(ROUNDS)])
        command = [str(Path(sys.executable).with_name("lianghui")), "search", "发展", "--index", str(index)]
        cold = partial(subprocess.run, command, capture_output=True)
        show("cold", [timed(cold) for _ in range(COLD_ROUNDS)])


def shapes(index: Index) -> dict[str, Callable[[], str]]:
    """Return a function for each shape of query that draws another one at each call."""
    draw = random.Random(0)
    texts = [paragraph.text for paragraph in index.paragraphs() if len(paragraph.text) > 40]
    nouns = list(nouns_of(draw.sample(texts, min(300, len(texts)))))

    def phrase() -> str:
        text = draw.choice(texts)
        start = draw.randrange(len(text) - 10)
        return quote(text[start : start + 8])

    return {
        "one word": lambda: draw.choice(nouns),
        "two words": lambda: " ".join(draw.sample(nouns, 2)),
        "phrase": phrase,
    }


def nouns_of(texts: list[str]) -> Iterator[str]:
    """Yield the nouns of two characters and more."""
    for text in texts:
        yield from (word for word in cut(text) if len(word) > 1 and is_noun(word))


def timed(call: Callable[[], object]) -> float:
    """Return the milliseconds that a call takes."""
    started = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - started)


def show(name: str, times: list[float]) -> None:
    """Print the median and the 95th percentile."""
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
    print(f"{name:10}{statistics.median(times):8.1f} ms {p95:8.1f} ms (p50, p95)")


if __name__ == "__main__":
    main()
