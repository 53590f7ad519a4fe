"""Seeds to a new generation of the index, swapped in whole."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.segmenter import Segmenter, SegmenterChoice
from indexer.errors import (
    DamageError,
    IndexDamagedError,
    IndexMissingError,
    IndexVersionError,
    LianghuiError,
    SeedError,
)
from indexer.models import Fault, Paragraph
from indexer.pipeline.changes import Changes, find_changes
from indexer.pipeline.commit import commit
from indexer.pipeline.fingerprint import fingerprint, packages
from indexer.pipeline.loss_guard import refuse_loss
from indexer.seeds.folder import file_status, find_seeds, outside_links
from indexer.seeds.user_files import UserTopics, UserWords, read_user_topics, read_user_words
from indexer.segments.reader import Segment, open_segments
from indexer.segments.values import ValueTable
from indexer.store.arrays import ArrayFile
from indexer.store.checksums import file_digest
from indexer.store.damage import damage_error
from indexer.store.generations import (
    DICTIONARY_FILE,
    VALUES_FILE,
    current_generation,
    new_generation,
    remove_stale_generations,
    switch_to,
)
from indexer.store.lock import index_lock
from indexer.store.manifest import (
    FileState,
    Manifest,
    SourceState,
    content_files,
    read_manifest,
    write_manifest,
)

__all__ = ["Report", "build_index", "read_seed"]

Progress = Callable[[int, int], None]
"""Called with the bytes read since the last call, and the bytes there are to read."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: the sources it added, changed and removed, and what it could not read.

    `kinds` counts the pieces of each kind that the index now holds, `seconds` the time it took.
    `unfollowed` names the links that lead out of the seeds, which were not read.
    """

    changes: Changes
    kinds: dict[str, int]
    sources: int
    faults: tuple[Fault, ...]
    seconds: float
    full: bool
    unfollowed: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> int:
        """The number of pieces in the index, headings and bylines among them."""
        return sum(self.kinds.values())


def build_index(
    seeds: str | os.PathLike[str],
    index: str | os.PathLike[str],
    *,
    full: bool = False,
    force: bool = False,
    follow_links: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Build or update the index of the seeds in a folder, and return what was done.

    Only files whose content changed since the last build are read, and those that lose an id to one of
    them or win one back, unless `full`, or unless text is now cut differently. Links that lead out of
    the folder are not read unless `follow_links`. What cannot be read is in the report's `faults`; the
    rest is indexed. The index that was there answers until the new one is complete, and stays when the
    build fails.

    Raise `SeedError` when there is nothing to index, `LockedError` when another process is building,
    `LossError` when most of what the index holds would be gone, unless `force`.
    """
    started = time.monotonic()
    seeds_folder, index_folder = Path(seeds), Path(index)
    found = find_seeds(seeds_folder, follow_links=follow_links)
    unfollowed = () if follow_links else outside_links(seeds_folder)
    try:
        index_folder.mkdir(parents=True, exist_ok=True)
        report = _built(
            seeds_folder,
            index_folder,
            found,
            started,
            full=full,
            force=force,
            follow_links=follow_links,
            progress=progress,
        )
        return replace(report, unfollowed=unfollowed)
    except OSError as error:
        raise LianghuiError(
            f"the index cannot be written at {index_folder} ({error.strerror}); "
            "free the place or name another with --index"
        ) from error


def _built(
    seeds: Path,
    index: Path,
    found: dict[str, Path],
    started: float,
    *,
    full: bool,
    force: bool,
    follow_links: bool,
    progress: Progress | None,
) -> Report:
    with index_lock(index):
        remove_stale_generations(index)
        vocabulary, own = read_user_topics(seeds), read_user_words(seeds)
        analysis = fingerprint() | vocabulary.fingerprint() | own.fingerprint()
        there = _manifest(index)
        before = there if there and not full and there.analysis == analysis else None
        changed = find_changes(found, before.sources if before else {}, thorough=True)
        build = _Build(
            seeds, index, found, changed, analysis, vocabulary, own, before, follow_links, progress
        )
        if before and not changed:
            build.touch(before)
        else:
            build.run(started, None if force else there)
        manifest = read_manifest(current_generation(index))
    return Report(
        changes=changed,
        kinds=manifest.kinds(),
        sources=len(manifest.sources),
        faults=manifest.faults(),
        seconds=time.monotonic() - started,
        full=before is None,
    )


def read_seed(path: Path, source: str, segmenter: Segmenter) -> Iterator[Paragraph | Fault]:
    """Yield the paragraphs of one seed in reading order, and its faults where they are met."""
    # Hundreds of patterns are compiled there, which a search that builds nothing need not wait for.
    from indexer.pages.jsonl import find_records, read_record  # noqa: PLC0415
    from indexer.pipeline.tasks import read_page_file  # noqa: PLC0415

    if path.suffix.lower() != ".jsonl":
        yield from read_page_file(path, source, segmenter)
        return
    for record in find_records(path, source, segmenter):
        yield record if isinstance(record, Fault) else read_record(record, source, segmenter)


def _manifest(index: Path) -> Manifest | None:
    """Return the manifest of the index that is there, if it can be read."""
    try:
        return read_manifest(current_generation(index))
    except (IndexMissingError, IndexVersionError, IndexDamagedError):
        return None


@dataclass(slots=True)
class _Build:
    """One build in progress."""

    seeds: Path
    index: Path
    found: dict[str, Path]
    changed: Changes
    analysis: dict[str, str]
    user_topics: UserTopics
    own: UserWords
    before: Manifest | None
    follow_links: bool
    progress: Progress | None

    def run(self, started: float, guarded: Manifest | None) -> None:
        """Write a new generation and switch to it; what is `guarded` may not be lost for the most part."""
        base = current_generation(self.index) if self.before else None
        with new_generation(self.index) as generation:
            try:
                states = self._write(generation, base)
            except DamageError as error:
                raise damage_error(self.index, error) from error
            if not any(state.kinds for state in states.values()):
                raise SeedError(self._nothing(states))
            if guarded:
                refuse_loss(guarded, states, self.seeds, self.index)
            write_manifest(generation, self._manifest(generation, base, states, started))
            switch_to(generation)

    def _manifest(
        self, generation: Path, base: Path | None, states: dict[str, SourceState], started: float
    ) -> Manifest:
        return Manifest(
            seeds=_relative(self.seeds, self.index),
            built=datetime.now(UTC).isoformat(timespec="seconds"),
            seconds=round(time.monotonic() - started, 3),
            analysis=self.analysis,
            packages=packages(),
            sources=states,
            files=_files(generation, base, self.before.files if self.before else {}),
            cut_by=DICTIONARY_FILE,
            follow_links=self.follow_links,
        )

    def touch(self, before: Manifest) -> None:
        """Note where the seeds lie and the new times of files whose content is unchanged."""
        sources = {
            source: replace(state, mtime_ns=file_status(self.found[source])[1])
            for source, state in before.sources.items()
        }
        now = replace(
            before, sources=sources, seeds=_relative(self.seeds, self.index), follow_links=self.follow_links
        )
        if now != before:
            write_manifest(current_generation(self.index), now)

    def _write(self, generation: Path, base: Path | None) -> dict[str, SourceState]:
        """Bring the segments up to date with the seeds; return the states of all sources."""
        from indexer.pipeline.owners import Owners, refused_by  # noqa: PLC0415
        from indexer.pipeline.scheduler import Scheduler  # noqa: PLC0415 - see `read_seed`

        known = self.before.sources if self.before else {}
        frozen = base / self.before.cut_by if base and self.before else None
        segments = self._opened(base, frozen) if base and frozen else []
        changed = {*self.changed.added, *self.changed.changed}
        refused = refused_by({*changed, *self.changed.removed}, known)
        choice = SegmenterChoice(self.own.words, frozen)
        intake = Scheduler(
            self.found,
            sorted((changed | refused) & self.found.keys()),
            generation,
            self.user_topics,
            owners=Owners(self.found, known, changed, _holder(segments, base), choice.open),
            own=self.own.words,
            frozen=frozen,
            progress=self.progress,
        )
        intake.read()
        read = intake.states.keys() - intake.unreadable
        states = {source: state for source, state in known.items() if source in self.found}
        for source, state in intake.states.items():
            kept = source in known and source not in read
            states[source] = replace(state, kinds=known[source].kinds) if kept else state
        commit(generation, base, segments, gone={*self.changed.removed, *read}, runs=intake.runs)
        return dict(sorted(states.items()))

    def _opened(self, base: Path, frozen: Path) -> list[Segment]:
        try:
            FrozenDictionary(frozen)
            return open_segments(base)
        except (OSError, DamageError) as error:
            raise damage_error(self.index, error) from error

    def _nothing(self, states: dict[str, SourceState]) -> str:
        reasons = [str(fault) for state in states.values() for fault in state.faults]
        return f"nothing to index in {self.seeds} ({'; '.join(reasons[:3])})"


def _holder(segments: Sequence[Segment], base: Path | None) -> Callable[[str], str | None]:
    """Return a function from an id to the seed that has its paragraph in the segments of `base`."""
    if base is None:
        return lambda _: None
    sources = ValueTable(ArrayFile(base / VALUES_FILE), "source")

    def holder(id_: str) -> str | None:
        for segment in segments:
            number = segment.find(id_)
            if number is not None:
                return sources.shown(int(segment.file["source.ids"][number]))
        return None

    return holder


def _files(generation: Path, base: Path | None, known: dict[str, FileState]) -> dict[str, FileState]:
    """Return the files of a generation; those taken over from the one before are as they were."""
    states = {}
    for path in content_files(generation):
        there = base / path.name if base and path.name in known else None
        kept = there is not None and there.exists() and path.samefile(there)
        states[path.name] = known[path.name] if kept else FileState(file_digest(path), path.stat().st_size)
    return states


def _relative(seeds: Path, index: Path) -> str:
    """Return the seeds folder relative to the index, so that both can move together."""
    try:
        return Path(os.path.relpath(seeds.resolve(), index.resolve())).as_posix()
    except ValueError:  # on another drive
        return str(seeds.resolve())
