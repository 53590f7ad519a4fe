"""What a build reads: seeds cut into tasks, done by workers, and what they report put together."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from indexer.cutter import Segmenter, SegmenterChoice
from indexer.errors import SeedError
from indexer.ids import is_given
from indexer.models import Fault
from indexer.records import Record, find_records
from indexer.seeds import digest, status_of, unreadable
from indexer.segment import SUFFIX
from indexer.storage import DICTIONARY, SourceState
from indexer.tasks import Freeze, Page, Records, Task
from indexer.vocabulary import Vocabulary
from indexer.workers import performed

__all__ = ["Intake", "found_records"]

_TASK = 1 << 21  # bytes of seeds in one task
_ALONE = _TASK  # bytes of seeds that are read before another process has started
_EMPTY = "the file is empty; put text into it or remove it"


def found_records(path: Path, source: str, segmenter: Segmenter) -> Iterator[Record | Fault]:
    """Yield the records of a file, and the fault that it cannot be read."""
    try:
        with path.open("rb") as file:
            yield from find_records(file, source, segmenter)
    except (SeedError, OSError) as error:
        yield unreadable(source, error)


@dataclass(slots=True)
class Intake:
    """The seeds to be read, by their source; `owners` tells which other source has given an id.

    What is little is cut by `frozen`, the dictionary of the index, where there is one; all else by
    jieba's words and the user's `own`. Where there is none, the workers write one at the end.

    `read` fills in the files that were written, in reading order, the state of each source, and the
    sources that could not be read at all.
    """

    found: Mapping[str, Path]
    folder: Path
    vocabulary: Vocabulary
    owners: Callable[[str], str | None]
    own: tuple[str, ...] = ()
    frozen: Path | None = None
    progress: Callable[[int, int], None] | None = None
    runs: list[Path] = field(default_factory=list)
    states: dict[str, SourceState] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    _given: dict[str, str] = field(default_factory=dict)
    _size: int = field(init=False)
    _faults: defaultdict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Look once how much there is to read."""
        self._size = sum(status_of(path)[0] for path in self.found.values())

    def read(self) -> None:
        """Read all seeds."""
        kinds: dict[str, Counter[str]] = {source: Counter() for source in self.found}
        self._perform(kinds)
        for source in self.found:
            self._conclude(source, kinds[source])

    def _perform(self, kinds: Mapping[str, Counter[str]]) -> None:
        """Do all tasks and put together what they report."""
        workers = 1 if self._is_small() else _processors()
        freezing = [] if self.frozen else [Freeze(self.folder / DICTIONARY, self.own)]
        for done in performed(chain(self._tasks(), freezing), workers):
            self._note(done.faults)
            for source, counts in done.kinds.items():
                kinds[source].update(counts)
            if done.count:
                self.runs.append(done.path)
            if self.progress:
                self.progress(done.size, self._size)

    @property
    def _choice(self) -> SegmenterChoice:
        return SegmenterChoice(self.own, self.frozen if self._is_small() else None)

    def _note(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self._faults[fault.source].append(fault)

    def _is_small(self) -> bool:
        """Tell whether there is so little to read that nothing is worth preparing for it."""
        return self._size <= _ALONE

    def _conclude(self, source: str, kinds: Counter[str]) -> None:
        faults = sorted(self._faults[source], key=_line)
        if not kinds and not faults:
            faults.append(Fault(source, None, _EMPTY))
        elif not kinds and faults[0].line is None:
            self.unreadable.add(source)
        self.states[source] = replace(self.states[source], kinds=dict(kinds), faults=tuple(faults))

    def _tasks(self) -> Iterator[Task]:
        """Yield tasks of about the same size: several small seeds, or a part of a large one."""
        parts: list[Page | Records] = []
        size = number = 0
        for part, more in self._parts():
            parts.append(part)
            size += more
            if size >= _TASK:
                yield self._task(parts, size, number)
                parts, size, number = [], 0, number + 1
        if parts:
            yield self._task(parts, size, number)

    def _task(self, parts: Sequence[Page | Records], size: int, number: int) -> Task:
        path = self.folder / f"{number:06d}{SUFFIX}"
        return Task(tuple(parts), size, path, self.vocabulary, self._choice)

    def _parts(self) -> Iterator[tuple[Page | Records, int]]:
        """Yield what there is to read, with its size in bytes."""
        for source, path in self.found.items():
            self.states[source] = state_of(path)
            if path.suffix.lower() == ".jsonl":
                yield from self._portions(path, source)
            else:
                yield Page(source, path), self.states[source].size

    def _portions(self, path: Path, source: str) -> Iterator[tuple[Records, int]]:
        """Yield the records of a seed, as many at a time as make a task."""
        portion: list[Record] = []
        size = 0
        for record in self._records(path, source):
            portion.append(record)
            size += record.size
            if size >= _TASK:
                yield Records(source, tuple(portion)), size
                portion, size = [], 0
        yield Records(source, tuple(portion)), size

    def _records(self, path: Path, source: str) -> Iterator[Record]:
        """Yield the records of a seed whose ids are not taken; note the faults of the others."""
        for item in found_records(path, source, self._choice.open()):
            if isinstance(item, Fault):
                self._note([item])
                continue
            owner = self._owner(item.id, source)
            if owner == source:
                yield item
            else:
                reason = f"its id is that of a record in {owner}; give each record its own"
                self._note([Fault(source, item.line, reason)])

    def _owner(self, id_: str, source: str) -> str:
        """Return the source that an id belongs to: the first of those that give it."""
        if not is_given(id_):
            return source
        if id_ not in self._given:
            self._given[id_] = self.owners(id_) or source
        return self._given[id_]


def _line(fault: Fault) -> int:
    return fault.line or 0


def state_of(path: Path) -> SourceState:
    """Return a seed as it is now; one that cannot be read has no hash."""
    try:
        return SourceState(digest(path), *status_of(path))
    except OSError:
        return SourceState("", 0, 0)


def _processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1
