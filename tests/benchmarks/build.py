"""Measure where the time of a build goes: python -m tests.benchmarks.build SEEDS.

Builds an index of the folder on one core, from nothing, with a clock around what each phase calls, and prints
seconds, microseconds a paragraph, and the share of each. What one phase calls of another counts for that one.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from indexer import build_index
from indexer.analysis import segmenter
from indexer.pipeline import scheduler

PHASES = {
    "decode": ("pages.seed.decode", "pages.jsonl._parse_object"),
    "layout": ("pages.page.lay_out", "pages.page.find_lead_ins", "pages.page.document_type"),
    "who": ("pages.page.read_people", "pages.jsonl.read_people"),
    "sessions and dates": (
        *(f"pages.{name}.sessions_in" for name in ("page", "jsonl")),
        *(f"pages.{name}.days_mentioned" for name in ("page", "jsonl")),
        *("pages.page.read_head", "pages.page.first_date", "pages.page.page_year"),
    ),
    "topics": ("pages.page.topics", "pages.jsonl.topics", "pipeline.documents.quoted_terms"),
    "folding": ("pipeline.documents.fold", "pipeline.documents.units"),
    "packing": ("pipeline.tasks.write_segment",),
    "merge": ("pipeline.commit.merge_segments",),
    "dictionary": ("pipeline.scheduler.copy_dictionary", "analysis.segmenter.load_jieba_words"),
    "commit": ("pipeline.index_writer.commit", "pipeline.index_writer.write_manifest"),
}
"""The functions that each phase calls, below `indexer`, where they are looked up."""


class Clock:
    """Adds up the seconds of each phase, without those of the phases inside it."""

    def __init__(self) -> None:
        """Begin with no phase."""
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._running: list[list[float]] = []

    def around(self, phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same, on the clock."""

        @functools.wraps(function)
        def timed(*arguments: Any, **options: Any) -> Any:
            started, inside = time.perf_counter(), [0.0]
            self._running.append(inside)
            try:
                return function(*arguments, **options)
            finally:
                spent = time.perf_counter() - started
                self._running.pop()
                self.seconds[phase] += spent - inside[0]
                if self._running:
                    self._running[-1][0] += spent

        return timed


def main() -> None:
    """Build with clocks in place, and print the phases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", type=Path)
    arguments = parser.parse_args()
    clock = Clock()
    put_in_place(clock)
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        report = build_index(arguments.seeds, Path(folder) / "index")
        total = time.perf_counter() - started
    clock.seconds["all else"] = total - sum(clock.seconds.values())
    print(f"{report.paragraphs} paragraphs, {total:.1f} s on one core\n")
    print("| phase | s | µs a paragraph | share |\n|---|---:|---:|---:|")
    for phase in (*PHASES, "cutting", "all else"):
        spent = clock.seconds[phase]
        print(f"| {phase} | {spent:.2f} | {1e6 * spent / report.paragraphs:.0f} | {spent / total:.0%} |")


def put_in_place(clock: Clock) -> None:
    """Put the clock around the functions of each phase, and leave the build one process."""
    for phase, names in PHASES.items():
        for name in names:
            module, _, function = f"indexer.{name}".rpartition(".")
            where = importlib.import_module(module)
            setattr(where, function, clock.around(phase, getattr(where, function)))
    for make in ("_rjieba_cut", "_jieba_cut"):
        original = getattr(segmenter, make)
        setattr(segmenter, make, lambda words, made=original: clock.around("cutting", made(words)))
    setattr(scheduler, "_processors", lambda: 1)  # noqa: B010 - a private name, on purpose


if __name__ == "__main__":
    main()
