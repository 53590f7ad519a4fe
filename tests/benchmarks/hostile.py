"""How long hostile queries keep a search busy: python -m tests.benchmarks.hostile [SEED]."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from indexer import build_index
from query import open_index
from tests.conftest import SEEDS
from tests.contracts.test_hostile import QUERIES, answered, hostile


def main() -> None:
    """Ask all of them of the page that comes with it, and print the median, 95th percentile and longest."""
    draw = random.Random(sys.argv[1] if len(sys.argv) > 1 else "0")
    with TemporaryDirectory() as folder:
        build_index(SEEDS, Path(folder) / "index")
        with open_index(Path(folder) / "index") as index:
            seconds = [answered(index, hostile(draw)) for _ in range(QUERIES)]
    median, most, longest = np.percentile(seconds, [50, 95, 100])
    print(f"{QUERIES:,} hostile queries, s: {median:.4f} / {most:.3f}, longest {longest:.2f}")


if __name__ == "__main__":
    main()
