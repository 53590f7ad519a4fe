"""Measure what reading costs, segmentation aside: python -m tests.benchmarks.reading SEEDS.

Prints microseconds a paragraph, jieba's part apart from ours; then the same for one page as long as
it is, and for ten and a hundred of it in one file, to show that reading stays linear.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.analysis.segmenter import Segmenter, SegmenterChoice
from indexer.formats.encoding import decode
from indexer.models import Paragraph
from indexer.pages.page import read_page
from indexer.pages.seed import read_seed
from indexer.seeds.folder import find_files

REPEATS = (1, 10, 100)
ROUNDS = 3


@dataclass
class Clock:
    """Cuts a text, and adds up the seconds spent in it."""

    cut: Callable[[str], tuple[str, ...]]
    seconds: float = 0.0

    def __call__(self, text: str) -> tuple[str, ...]:
        """Cut a text, on the clock."""
        started = time.perf_counter()
        words = self.cut(text)
        self.seconds += time.perf_counter() - started
        return words


def main() -> None:
    """Read the seeds and the repeated page, and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", type=Path)
    parser.add_argument("--page", type=Path, help="a .txt to be repeated; default: the first of SEEDS")
    arguments = parser.parse_args()
    segmenter = SegmenterChoice().open()
    clock = wind_up(segmenter)
    found = find_files(arguments.seeds).seeds
    show("all", [cost(lambda: paragraphs(found, segmenter), clock) for _ in range(ROUNDS)])
    pages = [path for path in found.values() if path.suffix == ".txt"]
    page = arguments.page or next(iter(pages), None)
    if page is None:
        print("no .txt among the seeds: growth not measured")
        return
    text = decode(page.read_bytes(), segmenter) + "\n"
    for times in REPEATS:
        costs = [cost(lambda: read(text * times, segmenter), clock) for _ in range(ROUNDS)]  # noqa: B023
        show(f"page x {times}", costs)


def wind_up(segmenter: Segmenter) -> Clock:
    """Load every dictionary, and put a clock around jieba."""
    read("某市人大代表张大明建议，发展低空经济，发展低空经济。\n", segmenter)
    segmenter.cut = clock = Clock(segmenter.cut)  # the clock goes where jieba begins
    return clock


def paragraphs(found: dict[str, Path], segmenter: Segmenter) -> int:
    """Read all seeds; return the number of paragraphs."""
    items = (item for source, path in found.items() for item in read_seed(path, source, segmenter))
    return sum(isinstance(item, Paragraph) for item in items)


def read(text: str, segmenter: Segmenter) -> int:
    """Read one page; return the number of its paragraphs."""
    return sum(isinstance(item, Paragraph) for item in read_page(text, "page.txt", segmenter))


def cost(reads: Any, clock: Clock) -> tuple[float, float, int]:
    """Measure microseconds a paragraph, ours and jieba's, and count the paragraphs."""
    clock.seconds = 0.0
    started = time.perf_counter()
    count = reads()
    seconds = time.perf_counter() - started
    return 1e6 * (seconds - clock.seconds) / count, 1e6 * clock.seconds / count, count


def show(name: str, costs: list[tuple[float, float, int]]) -> None:
    """Print the median of several measurements."""
    ours, jieba, count = sorted(costs)[len(costs) // 2]
    print(f"{name:12}{ours:8.0f} us a paragraph, and {jieba:6.0f} us of jieba ({count} paragraphs)")


if __name__ == "__main__":
    main()
