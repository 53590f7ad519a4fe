"""Builds an index for a command, and says what was not read of the seeds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import DEFAULT_INDEX, DEFAULT_SEEDS, IndexMissingError, build_command
from indexer.models import Fault
from indexer.store.address import IndexPlace
from indexer.store.generations import current_generation
from query.cli.english import number_of, verb
from query.cli.progress import phase_bars
from query.output.terminal import say

if TYPE_CHECKING:
    from indexer import Report

__all__ = [
    "MAX_FAULTS",
    "build",
    "build_if_missing",
    "say_faults",
    "say_others",
]

MAX_FAULTS = 20
"""Faults, or damages, that are printed at once."""

_MAX_NAMED = 3  # links, or files that are not read


def build(seeds: Path, index: IndexPlace, **options: bool) -> Report:
    """Build an index with a progress bar, and say which links and records were not read.

    Take the options of `build_index`, and raise what it raises.
    """
    from indexer import build_index  # noqa: PLC0415 - compiles patterns that a search need not wait for

    with phase_bars() as advance:
        report = build_index(seeds, index, progress=advance, **options)
    if report.unfollowed:
        remedy = build_command(index, seeds, follow_links=True)
        links = ", ".join(report.unfollowed[:_MAX_NAMED])
        more = ", …" if len(report.unfollowed) > _MAX_NAMED else ""
        say(f"links that lead out of {seeds} are not read: {links}{more}; to read them: {remedy}")
    say_others(report.others)
    say_faults(report.faults)
    return report


def build_if_missing(index: IndexPlace) -> None:
    """Build the default index from the default seeds, and say so, when there are seeds and no index.

    Raise `IndexMissingError` when there are no seeds, or another index was named, which may be a slip of the
    pen; and else what `build_index` raises.
    """
    if not isinstance(index, Path):
        return  # it is opened, or found missing, in one request
    try:
        current_generation(index)
    except IndexMissingError:
        if index != DEFAULT_INDEX or not DEFAULT_SEEDS.is_dir():
            raise
        say(f"no index at {index} yet; building it from {DEFAULT_SEEDS}")
        build(DEFAULT_SEEDS, index)


def say_others(others: Sequence[str]) -> None:
    """Name the files among the seeds that are not read, and say what to do."""
    if others:
        named = ", ".join(others[:_MAX_NAMED]) + (", …" if len(others) > _MAX_NAMED else "")
        files = f"{number_of(len(others), 'file')} {verb(len(others), 'is', 'are')}"
        say(f"{files} not read ({named}); save pages as .txt, .html, .pdf or .docx, and records as .jsonl")


def say_faults(faults: Sequence[Fault]) -> None:
    """Print faults of the seeds to stderr, as many as a reader can correct at a time."""
    for fault in faults[:MAX_FAULTS]:
        say(str(fault))
    if len(faults) > MAX_FAULTS:
        say(f"and {len(faults) - MAX_FAULTS} more; correct these first")
