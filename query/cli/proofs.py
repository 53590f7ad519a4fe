"""What the commands about the index itself do: build it, say what it holds, prove it."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.errors import LianghuiError, build_command
from indexer.store.address import IndexPlace
from query.cli.building import MAX_FAULTS, build, say_faults, say_others
from query.cli.english import number_of, verb
from query.cli.progress import progress_bar
from query.cli.status import status_text
from query.index import open_index
from query.language.parser import quote
from query.output.terminal import Screen, echo, say

__all__ = ["build_and_report", "prove", "say_status"]


def build_and_report(seeds: Path, index: IndexPlace, *, full: bool, force: bool, follow_links: bool) -> int:
    """Build an index, and print what was done."""
    report = build(seeds, index, full=full, force=force, follow_links=follow_links)
    changes = report.changes
    anew = f", read anew {report.unchanged} ({report.anew})" if report.anew else ""
    click.echo(
        f"added {len(changes.added)}, changed {len(changes.changed)}, removed {len(changes.removed)}{anew}: "
        f"{number_of(report.paragraphs, 'paragraph')} from {number_of(report.sources, 'file')} "
        f"in {report.seconds:.1f} s"
    )
    return 2 if report.faults else 0


def say_status(index: IndexPlace) -> int:
    """Print what is indexed, whether it is stale, and what could not be read."""
    with open_index(index) as opened:
        seed_changes = opened.staleness.changes(thorough=True)
        analysis_changes = opened.staleness.analysis_changes(thorough=True)
        echo(status_text(opened.staleness, seed_changes, analysis_changes, Screen.here()))
        say_others(opened.staleness.others())
        faults = opened.generation.manifest.faults()
        say_faults(faults)
    return 2 if faults else 1 if seed_changes or analysis_changes else 0


def prove(index: IndexPlace, *, probes: int, seed: int, deep: bool) -> int:
    """Prove that search finds all that is there, and nothing else."""
    from query import verify  # noqa: PLC0415 - a search need not wait for it

    if deep and not _inspect(index):
        return 2
    with open_index(index) as opened, progress_bar("verifying", probes) as advance:
        proof = verify(opened, probes=probes, seed=seed, progress=advance)
    click.echo(
        f"{number_of(proof.paragraphs, 'paragraph')}, {number_of(proof.probes, 'probe')}, "
        f"{number_of(proof.hits, 'hit')}: "
        f"missed {proof.missed}, extra {proof.extra}"
    )
    for miss in proof.misses[:MAX_FAULTS]:
        say(f"{quote(miss.probe)}: missed {', '.join(miss.missed) or 0}, extra {', '.join(miss.extra) or 0}")
    if proof.altered:
        remedy = build_command(index, full=True)
        altered = number_of(len(proof.altered), "paragraph")
        differ = verb(len(proof.altered), "differs from its seed", "differ from their seeds")
        say(f"{altered} {differ}; rebuild with: {remedy}")
    return 0 if proof.holds else 2


def _inspect(index: IndexPlace) -> bool:
    """Inspect an index, print how much was checked and what is damaged, and return whether nothing is."""
    from query.verification.integrity import inspect  # noqa: PLC0415 - see above

    if not isinstance(index, Path):
        raise LianghuiError(
            f"--deep checks the files of an index in a folder, and {index} is in a cluster, "
            "which checks its own; leave it out"
        )

    with progress_bar("inspecting") as advance:
        inspection = inspect(index, progress=advance)
    click.echo(
        f"{number_of(inspection.files, 'file')}, {number_of(inspection.arrays, 'array')}, "
        f"{number_of(inspection.paragraphs, 'paragraph')}, {number_of(inspection.postings, 'posting')}: "
        f"damaged {len(inspection.damages)}"
    )
    for damage in inspection.damages[:MAX_FAULTS]:
        say(damage)
    if not inspection.holds:
        say(f"the index at {index} is damaged; rebuild it with: {build_command(index, full=True)}")
    return inspection.holds
