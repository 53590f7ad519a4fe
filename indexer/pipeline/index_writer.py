"""Write a new generation of an index as planned, and switch to it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from indexer.analysis.dictionary import FrozenDictionary
from indexer.errors import DamageError, SeedError
from indexer.pipeline.commit import commit
from indexer.pipeline.fingerprint import packages
from indexer.pipeline.loss_guard import refuse_loss
from indexer.pipeline.owners import Owners, holders_in_segments, refused_by
from indexer.pipeline.plan import Base, BuildPlan
from indexer.pipeline.scheduler import Scheduler
from indexer.pipeline.source_report import SourceReport
from indexer.segments.reader import Segment, open_segments
from indexer.store.checksums import file_digest
from indexer.store.damage import damage_error
from indexer.store.generations import DICTIONARY_FILE, new_generation, switch_to
from indexer.store.manifest import FileState, Manifest, SourceState, content_files, write_manifest

__all__ = ["check_states", "generation_manifest", "source_states", "write_generation"]


def write_generation(plan: BuildPlan, index: Path) -> None:
    """Write a new generation into a folder and switch to it; on failure the one that answers stays.

    Raise `SeedError` when there is nothing to index, `LossError` when the index that `plan` guards
    would lose most of what it holds, `IndexDamagedError` when the base is not as it was written.
    """
    with new_generation(index) as generation:
        try:
            states = _write_content(plan, generation)
        except DamageError as error:
            raise damage_error(plan.index, error) from error
        check_states(plan, states)
        write_manifest(generation, generation_manifest(plan, generation, states))
        switch_to(generation)


def check_states(plan: BuildPlan, states: Mapping[str, SourceState]) -> None:
    """Raise `SeedError` when there is nothing to index, `LossError` when most would be lost."""
    if not any(state.kinds for state in states.values()):
        raise SeedError(_nothing(plan.seeds, states.values()))
    if plan.guarded:
        refuse_loss(plan.guarded, states, plan.seeds, plan.index)


def _write_content(plan: BuildPlan, generation: Path) -> dict[str, SourceState]:
    """Write everything but the manifest; return the states of all sources, sorted."""
    segments = _open_segments(plan.base, plan.index) if plan.base else []
    refused = refused_by({*plan.changed, *plan.changes.removed}, plan.known)
    sources = sorted((plan.changed | refused) & plan.files.keys())
    scheduler = Scheduler(plan, sources, generation, Owners(plan, holders_in_segments(plan, segments)))
    scheduler.read()
    read = [source for source, report in scheduler.reports.items() if not report.is_unreadable]
    base = plan.base.folder if plan.base else None
    gone = {*plan.changes.removed, *read}
    commit(generation, base, segments, gone=gone, runs=scheduler.runs, progress=plan.progress)
    return source_states(plan, scheduler.reports)


def _open_segments(base: Base, index: object) -> list[Segment]:
    """Open the segments of the base, once it is known that its dictionary can be read."""
    try:
        FrozenDictionary(base.dictionary)
        return open_segments(base.folder)
    except (OSError, DamageError) as error:
        raise damage_error(index, error) from error


def source_states(plan: BuildPlan, reports: Mapping[str, SourceReport]) -> dict[str, SourceState]:
    """Bring the states of the sources up to date; one that cannot be read now keeps its paragraphs."""
    states = {source: state for source, state in plan.known.items() if source in plan.files}
    for source, report in reports.items():
        keeps = report.is_unreadable and source in plan.known
        state = report.state()
        states[source] = replace(state, kinds=plan.known[source].kinds) if keeps else state
    return dict(sorted(states.items()))


def generation_manifest(plan: BuildPlan, generation: Path, states: dict[str, SourceState]) -> Manifest:
    """Say what a generation is made from, and what files it has."""
    return Manifest(
        seeds=plan.seeds_from_index,
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - plan.started, 3),
        analysis=plan.analysis,
        packages=packages(),
        sources=states,
        files=_files(generation, plan.base),
        cut_by=DICTIONARY_FILE,
        follow_links=plan.follow_links,
    )


def _files(generation: Path, base: Base | None) -> dict[str, FileState]:
    """Describe the files of a generation; only those that were not carried over are read."""
    known = base.manifest.files if base else {}
    states = {}
    for path in content_files(generation):
        there = base.folder / path.name if base and path.name in known else None
        carried = there is not None and there.exists() and path.samefile(there)
        states[path.name] = known[path.name] if carried else FileState(file_digest(path), path.stat().st_size)
    return states


def _nothing(seeds: Path, states: Iterable[SourceState]) -> str:
    reasons = [str(fault) for state in states for fault in state.faults]
    return f"nothing to index in {seeds} ({'; '.join(reasons[:3])})"
