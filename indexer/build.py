"""Seeds to a new generation of the index, swapped in whole."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader
from whoosh.searching import Searcher

from indexer.analysis import fingerprint
from indexer.codec import Codec
from indexer.errors import IndexMissingError, IndexVersionError, LianghuiError, SeedError
from indexer.ids import is_given
from indexer.models import Fault, Paragraph
from indexer.reading import decode
from indexer.schema import SCHEMA, document, paragraph_of
from indexer.seeds import Changes, changes, digest, find_seeds
from indexer.storage import (
    Passport,
    SourceState,
    current_generation,
    locked,
    new_generation,
    open_whoosh,
    read_passport,
    switch_to,
    write_passport,
)
from indexer.vocabulary import Vocabulary, read_vocabulary

__all__ = ["Report", "build_index", "read_seed"]

_MEMORY = 128  # megabytes of postings held before they are sorted to disk
_SMALL = 1_000  # paragraphs; smaller segments are merged into the new one

Progress = Callable[[int, int], None]
"""Called with the bytes read since the last call, and the bytes there are to read."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: the sources it added, changed and removed, and what it could not read.

    `kinds` counts the pieces of each kind that the index now holds, `seconds` the time it took.
    """

    changes: Changes
    kinds: dict[str, int]
    sources: int
    faults: tuple[Fault, ...]
    seconds: float
    full: bool

    @property
    def paragraphs(self) -> int:
        """The number of pieces in the index, headings and bylines among them."""
        return sum(self.kinds.values())


def build_index(
    seeds: str | os.PathLike[str],
    index: str | os.PathLike[str],
    *,
    full: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Build or update the index of the seeds in a folder, and return what was done.

    Only files whose content changed since the last build are read, unless `full`, or unless text is
    now cut differently. What cannot be read is in the report's `faults`; the rest is indexed. The
    index that was there answers until the new one is complete, and stays when the build fails.

    Raise `SeedError` when there is nothing to index, `LockedError` when another process is building.
    """
    started = time.monotonic()
    seeds_folder, index_folder = Path(seeds), Path(index)
    found = find_seeds(seeds_folder)
    try:
        index_folder.mkdir(parents=True, exist_ok=True)
        return _built(seeds_folder, index_folder, found, started, full=full, progress=progress)
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
    progress: Progress | None,
) -> Report:
    with locked(index):
        vocabulary = read_vocabulary(seeds)
        before = None if full else _compatible(index, vocabulary)
        known = before.sources if before else {}
        changed = changes(found, known, thorough=True)
        build = _Build(seeds, index, found, changed, vocabulary, known, progress)
        if before and not changed:
            build.touch(before)
        else:
            build.run(started)
        passport = read_passport(index)
    return Report(
        changes=changed,
        kinds=passport.kinds(),
        sources=len(passport.sources),
        faults=passport.faults(),
        seconds=time.monotonic() - started,
        full=before is None,
    )


def read_seed(path: Path, source: str) -> Iterator[Paragraph | Fault]:
    """Yield the paragraphs of one seed in reading order, and its faults where they are met."""
    # Hundreds of patterns are compiled there, which a search that builds nothing need not wait for.
    from indexer.page import read_page  # noqa: PLC0415
    from indexer.records import read_records  # noqa: PLC0415

    try:
        if path.suffix.lower() == ".jsonl":
            with path.open("rb") as file:
                yield from read_records(file, source)
            return
        text = decode(path.read_bytes())
    except SeedError as error:
        yield Fault(source, None, str(error))
    except OSError as error:
        yield Fault(source, None, f"it cannot be read ({error.strerror}); check the file and its rights")
    else:
        yield from read_page(text, source)


def _compatible(index: Path, vocabulary: Vocabulary) -> Passport | None:
    """Return the passport of an index that can be built upon, if there is one."""
    try:
        passport = read_passport(index)
    except (IndexMissingError, IndexVersionError):
        return None
    return passport if passport.analysis == fingerprint() | vocabulary.fingerprint() else None


@dataclass(slots=True)
class _Build:
    """One build in progress."""

    seeds: Path
    index: Path
    found: dict[str, Path]
    changed: Changes
    vocabulary: Vocabulary
    known: dict[str, SourceState]
    progress: Progress | None
    states: dict[str, SourceState] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    before: Searcher | None = None

    def run(self, started: float) -> None:
        """Write a new generation and switch to it."""
        base = current_generation(self.index) if self.known else None
        with new_generation(self.index, base) as generation:
            self._write(generation)
            if not any(state.kinds for state in self.states.values()):
                raise SeedError(self._nothing())
            write_passport(
                generation,
                Passport(
                    seeds=_relative(self.seeds, self.index),
                    built=datetime.now(UTC).isoformat(timespec="seconds"),
                    seconds=round(time.monotonic() - started, 3),
                    analysis=fingerprint() | self.vocabulary.fingerprint(),
                    sources=self.states,
                ),
            )
            switch_to(generation)

    def touch(self, before: Passport) -> None:
        """Note where the seeds lie and the new times of files whose content is unchanged."""
        sources = {
            source: replace(state, mtime_ns=_status(self.found[source])[1])
            for source, state in before.sources.items()
        }
        now = replace(before, sources=sources, seeds=_relative(self.seeds, self.index))
        if now != before:
            write_passport(current_generation(self.index), now)

    def _write(self, generation: Path) -> None:
        """Bring the Whoosh index of the generation up to date with the seeds."""
        fresh = not self.known
        storage = FileStorage(str(generation))
        whoosh = storage.create_index(SCHEMA) if fresh else open_whoosh(generation)
        self.before = None if fresh else whoosh.searcher()
        writer = whoosh.writer(codec=Codec(), limitmb=_MEMORY, compound=False)
        try:
            self.states = {source: state for source, state in self.known.items() if source in self.found}
            for source in self.changed.removed:
                writer.delete_by_term("seed", source)
            to_read = [*self.changed.added, *self.changed.changed]
            total = sum(_status(self.found[source])[0] for source in to_read)
            for source in sorted(to_read):
                self._write_source(writer, source, total)
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=_merge_small)
        if self.before:
            self.before.close()
        whoosh.close()

    def _write_source(self, writer: Any, source: str, total: int) -> None:
        """Replace the paragraphs of one source; one that cannot be read at all keeps what it had."""
        state = _state(self.found[source])
        counts: Counter[str] = Counter()
        faults: list[Fault] = []
        items = read_seed(self.found[source], source)
        first = next(items, None)
        if isinstance(first, Fault) and first.line is None and source in self.known:
            self.states[source] = replace(state, kinds=self.known[source].kinds, faults=(first,))
            return
        if first is None:
            faults.append(Fault(source, None, "the file is empty; put text into it or remove it"))
        writer.delete_by_term("seed", source)
        told = 0
        for number, item in enumerate(chain([first] if first else [], items)):
            if isinstance(item, Fault):
                faults.append(item)
                continue
            owner = self._owner(item.id, source)
            if owner != source:
                reason = f"its id is that of a record in {owner}; give each record its own"
                faults.append(Fault(source, item.lines[0], reason))
                continue
            writer.add_document(**document(self.vocabulary.applied(item), number))
            counts[item.kind] += 1
            size = len(item.text.encode("utf-8"))
            told += size
            self._advance(size, total)
        self._advance(max(0, state.size - told), total)
        self.states[source] = replace(state, kinds=dict(counts), faults=tuple(faults))

    def _owner(self, id_: str, source: str) -> str:
        """Return the source that an id belongs to: the first of those that give it."""
        if not is_given(id_):
            return source
        stored = self.before.document(id=id_) if self.before and id_ not in self.owners else None
        if stored:
            owner = paragraph_of(stored)[0].source
            if owner in self.found and owner not in (*self.changed.changed, *self.changed.added):
                self.owners[id_] = owner
        return self.owners.setdefault(id_, source)

    def _advance(self, size: int, total: int) -> None:
        if self.progress:
            self.progress(size, total)

    def _nothing(self) -> str:
        reasons = [str(fault) for state in self.states.values() for fault in state.faults]
        return f"nothing to index in {self.seeds} ({'; '.join(reasons[:3])})"


def _state(path: Path) -> SourceState:
    try:
        return SourceState(digest(path), *_status(path))
    except OSError:
        return SourceState("", 0, 0)


def _status(path: Path) -> tuple[int, int]:
    """Return the size and the time of a file, nothing of one that is not there."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def _merge_small(writer: Any, segments: list[Any]) -> list[Any]:
    """Merge the small and the mostly deleted segments into the new one; return those that stay."""
    stay = []
    for segment in segments:
        count = segment.doc_count_all()
        if count < _SMALL or segment.deleted_count() * 2 > count:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        else:
            stay.append(segment)
    return stay


def _relative(seeds: Path, index: Path) -> str:
    """Return the seeds folder relative to the index, so that both can move together."""
    try:
        return Path(os.path.relpath(seeds.resolve(), index.resolve())).as_posix()
    except ValueError:  # on another drive
        return str(seeds.resolve())
