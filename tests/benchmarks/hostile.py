"""Measure how long hostile queries keep a search busy: python -m tests.benchmarks.hostile [SEED]."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from indexer import build_index
from query import open_index
from tests.conftest import SEEDS
from tests.contracts.test_hostile import QUERIES, hostile, seconds_to_answer


def main() -> None:
    """Ask them of the shipped page, and print the median, the 95th percentile and the longest."""
    draw = random.Random(sys.argv[1] if len(sys.argv) > 1 else "0")
    with TemporaryDirectory() as folder:
        build_index(SEEDS, Path(folder) / "index")
        with open_index(Path(folder) / "index") as index:
            seconds = [seconds_to_answer(index, hostile(draw)) for _ in range(QUERIES)]
    median, most, longest = np.percentile(seconds, [50, 95, 100])
    print(f"{QUERIES:,} hostile queries, s: {median:.4f} / {most:.3f}, longest {longest:.2f}")


if __name__ == "__main__":
    main()
