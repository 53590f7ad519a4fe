"""What a build reads: seeds cut into tasks, done by workers, and what they report put together."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from indexer.analysis.segmenter import SegmenterChoice
from indexer.models import Fault
from indexer.pages.jsonl import Record, find_records
from indexer.pipeline.owners import Owners
from indexer.pipeline.tasks import PageFile, RecordBatch, Task, WriteDictionary
from indexer.pipeline.workers import run_tasks
from indexer.seeds.folder import file_status
from indexer.seeds.user_files import UserTopics
from indexer.store.arrays import ARRAYS_SUFFIX
from indexer.store.checksums import file_digest
from indexer.store.generations import DICTIONARY_FILE
from indexer.store.manifest import SourceState

__all__ = ["Scheduler"]

_TASK = 1 << 21  # bytes of seeds in one task
_ALONE = _TASK  # bytes of seeds that are read before another process has started
_EMPTY = "the file is empty; put text into it or remove it"


@dataclass(slots=True)
class Scheduler:
    """Reads those of the `seeds` that are `chosen`, in path order, and then those that lose ids to them.

    What is little is cut by `frozen`, the dictionary of the index, where there is one; all else by
    jieba's words and the user's `own`. Where there is none, the workers write one at the end.

    `read` fills in the files that were written, in the order of reading, the state of each source that
    was read, and the sources that could not be read at all.
    """

    seeds: Mapping[str, Path]
    chosen: Sequence[str]
    folder: Path
    user_topics: UserTopics
    owners: Owners
    own: tuple[str, ...] = ()
    frozen: Path | None = None
    progress: Callable[[int, int], None] | None = None
    runs: list[Path] = field(default_factory=list)
    states: dict[str, SourceState] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    _size: int = field(init=False)
    _more: int = 0
    _kinds: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _faults: defaultdict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))
    _claims: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _with_records: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Look once how much there is to read."""
        self._size = self._bytes(self.chosen)

    def read(self) -> None:
        """Read them."""
        self._perform()
        for source in self.states:
            self._conclude(source)

    def _bytes(self, sources: Iterable[str]) -> int:
        return sum(file_status(self.seeds[source])[0] for source in sources)

    def _perform(self) -> None:
        """Do all tasks and put together what they report."""
        workers = 1 if self._is_small() else _processors()
        freezing = [] if self.frozen else [WriteDictionary(self.folder / DICTIONARY_FILE, self.own)]
        for done in run_tasks(chain(self._tasks(), freezing), workers):
            self._note(done.faults)
            for source, counts in done.kinds.items():
                self._kinds[source].update(counts)
            for source, ids in done.claims.items():
                self._claims[source].update(dict.fromkeys(ids, source))
            if done.count:
                self.runs.append(done.path)
            if self.progress:
                self.progress(done.size, self._size + self._more)

    @property
    def _choice(self) -> SegmenterChoice:
        return SegmenterChoice(self.own, self.frozen if self._is_small() else None)

    def _note(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self._faults[fault.source].append(fault)

    def _is_small(self) -> bool:
        """Tell whether there is so little to read that nothing is worth preparing for it."""
        return self._size <= _ALONE

    def _conclude(self, source: str) -> None:
        kinds, faults = dict(self._kinds[source]), sorted(self._faults[source], key=_line)
        if not kinds and not faults:
            faults.append(Fault(source, None, _EMPTY))
        elif not kinds and faults[0].line is None and source not in self._with_records:
            self.unreadable.add(source)
        self.states[source] = replace(
            self.states[source], kinds=kinds, faults=tuple(faults), claims=self._claims[source]
        )

    def _tasks(self) -> Iterator[Task]:
        """Yield tasks of about the same size: several small seeds, or a part of a large one."""
        parts: list[PageFile | RecordBatch] = []
        size = number = 0
        for part, more in self._parts():
            parts.append(part)
            size += more
            if size >= _TASK:
                yield self._task(parts, size, number)
                parts, size, number = [], 0, number + 1
        if parts:
            yield self._task(parts, size, number)

    def _task(self, parts: Sequence[PageFile | RecordBatch], size: int, number: int) -> Task:
        path = self.folder / f"{number:06d}{ARRAYS_SUFFIX}"
        return Task(tuple(parts), size, path, self.user_topics, self._choice)

    def _parts(self) -> Iterator[tuple[PageFile | RecordBatch, int]]:
        """Yield what there is to read, with its size in bytes."""
        for source in self._sources():
            path = self.seeds[source]
            self.states[source] = state_of(path)
            if path.suffix.lower() == ".jsonl":
                yield from self._portions(path, source)
            else:
                yield PageFile(source, path), self.states[source].size

    def _sources(self) -> Iterator[str]:
        """Yield what is to be read; who loses ids by it is known when all of it was looked through."""
        yield from self.chosen
        displaced = sorted(self.owners.displaced.difference(self.chosen))
        self._more = self._bytes(displaced)
        yield from displaced

    def _portions(self, path: Path, source: str) -> Iterator[tuple[RecordBatch, int]]:
        """Yield the records of a seed, as many at a time as make a task."""
        portion: list[Record] = []
        size = 0
        for record in self._records(path, source):
            portion.append(record)
            size += record.size
            if size >= _TASK:
                yield RecordBatch(source, tuple(portion)), size
                portion, size = [], 0
        yield RecordBatch(source, tuple(portion)), size

    def _records(self, path: Path, source: str) -> Iterator[Record]:
        """Yield the records of a seed that have their ids; note the faults of the others."""
        for item in find_records(path, source, self._choice.open()):
            if isinstance(item, Fault):
                self._note([item])
                continue
            self._with_records.add(source)
            owner = self.owners.owner(item.id, source)
            if owner == source:
                yield item
            else:
                reason = f"its id is that of a record in {owner}; give each record its own"
                self._note([Fault(source, item.line, reason)])
                self._claims[source][item.id] = owner


def _line(fault: Fault) -> int:
    return fault.line or 0


def state_of(path: Path) -> SourceState:
    """Return a seed as it is now; one that cannot be read has no hash."""
    try:
        return SourceState(file_digest(path), *file_status(path))
    except OSError:
        return SourceState("", 0, 0)


def _processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1
