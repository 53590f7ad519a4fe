"""Schedule the reading of seeds: cut them into tasks, have workers do these, and collect their reports."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct, field

from indexer.analysis.shipped_dictionary import copy_dictionary
from indexer.models import Fault
from indexer.pages.jsonl import Record, find_records
from indexer.pipeline.owners import Owners
from indexer.pipeline.plan import BuildPlan
from indexer.pipeline.source_report import SourceReport
from indexer.pipeline.tasks import (
    PageFile,
    ReadSeeds,
    RecordBatch,
    TaskResult,
    WriteDictionary,
    WriteDocuments,
)
from indexer.pipeline.workers import Task, run_tasks
from indexer.seeds.folder import file_status
from indexer.seeds.suffixes import is_jsonl
from indexer.segments.writer import write_segment
from indexer.store.arrays import ARRAYS_SUFFIX
from indexer.store.generations import DICTIONARY_FILE

__all__ = ["Scheduler"]

_TASK_BYTES = 1 << 21  # of seeds in one task
_LOOKED_UP = 1_000  # ids at once
_SMALL_BYTES = _TASK_BYTES  # of seeds that are read before another process has started


class Scheduler(Struct):
    """Reads `sources` in path order, and then the seeds that lose ids to them, into a generation's folder.

    `read` fills in `runs`, the segment files that the tasks wrote, in the order of reading, and
    `reports`, by source. Few bytes are read by this process alone, with the base's dictionary; all else
    is cut by jieba's words. Where there is no base, the dictionary is written as well. `write` says what a
    task writes, and `take` is called with each file that a task wrote, in order.
    """

    plan: BuildPlan
    sources: Sequence[str]
    generation: Path
    owners: Owners
    write: WriteDocuments = write_segment
    take: Callable[[Path], None] | None = None
    runs: list[Path] = field(default_factory=list)
    reports: dict[str, SourceReport] = field(default_factory=dict)
    _bytes: int = 0
    _is_small: bool = True

    def __post_init__(self) -> None:
        """Look up how much there is to read."""
        self._bytes = self._size(self.sources)
        self._is_small = self._bytes <= _SMALL_BYTES

    def read(self) -> None:
        """Read the seeds. Raise `LianghuiError` when a worker is killed, and what a task raises."""
        plan = self.plan
        dictionary = self.generation / DICTIONARY_FILE
        if plan.shipped:
            copy_dictionary(plan.shipped, dictionary)
        is_there = plan.base or plan.shipped
        more = [] if is_there else [WriteDictionary(dictionary, plan.user_words)]
        workers = 1 if self._is_small else _processors()
        for result in run_tasks(chain(self._tasks(), more), workers, self._advance):
            self._collect(result)

    def _advance(self, size: int, source: str) -> None:
        if self.plan.progress:
            self.plan.progress("reading", size, self._bytes, source)

    def _size(self, sources: Iterable[str]) -> int:
        return sum(file_status(self.plan.files[source])[0] for source in sources)

    def _collect(self, result: TaskResult) -> None:
        """Add what a task reports to the reports of its sources."""
        for fault in result.faults:
            self.reports[fault.source].faults.append(fault)
        for source, kinds in result.kinds.items():
            self.reports[source].kinds.update(kinds)
        for source, ids in result.claims.items():
            self.reports[source].claims.update(dict.fromkeys(ids, source))
        if result.count:
            self.runs.append(result.path)
            if self.take:
                self.take(result.path)

    def _tasks(self) -> Iterator[Task]:
        """Yield tasks of about the same size: several small seeds, or a part of a large one."""
        parts: list[PageFile | RecordBatch] = []
        size = number = 0
        for part, part_size in self._parts():
            parts.append(part)
            size += part_size
            if size >= _TASK_BYTES:
                yield self._task(parts, number)
                parts, size, number = [], 0, number + 1
        if parts:
            yield self._task(parts, number)

    def _task(self, parts: Sequence[PageFile | RecordBatch], number: int) -> Task:
        path = self.generation / f"{number:06d}{ARRAYS_SUFFIX}"
        segmenter = self.plan.segmenter(quick=self._is_small)
        return ReadSeeds(tuple(parts), path, self.plan.user_topics, segmenter, self.write)

    def _parts(self) -> Iterator[tuple[PageFile | RecordBatch, int]]:
        """Yield what there is to read, with its size in bytes."""
        for source in self._sources():
            path = self.plan.files[source]
            report = self.reports[source] = SourceReport.begin(source, path)
            if is_jsonl(source):
                yield from self._batches(path, report)
            else:
                yield PageFile(source, path, report.file.size), report.file.size

    def _sources(self) -> Iterator[str]:
        """Yield the sources to read, and then those displaced.

        Which these are is known when all the others were looked through.
        """
        yield from self.sources
        displaced = sorted(self.owners.displaced.difference(self.sources))
        self._bytes += self._size(displaced)
        yield from displaced

    def _batches(self, path: Path, report: SourceReport) -> Iterator[tuple[RecordBatch, int]]:
        """Yield the records of a seed, as many at a time as make a task, and the rest, even of none."""
        batch: list[Record] = []
        size = 0
        for record in self._records(path, report):
            batch.append(record)
            size += record.size
            if size >= _TASK_BYTES:
                yield RecordBatch(report.source, tuple(batch)), size
                batch, size = [], 0
        yield RecordBatch(report.source, tuple(batch)), size

    def _records(self, path: Path, report: SourceReport) -> Iterator[Record]:
        """Yield the records of a seed that own their ids; report the faults of the others."""
        source = report.source
        found = find_records(path, source, self.plan.segmenter(quick=self._is_small).open())
        for items in _few_at_once(found):
            self.owners.look_up(item.id for item in items if isinstance(item, Record))
            for item in items:
                if isinstance(item, Fault):
                    report.faults.append(item)
                    continue
                report.has_records = True
                owner = self.owners.owner(item.id, source)
                if owner == source:
                    yield item
                else:
                    reason = f"its id is that of a record in {owner}; give each record its own"
                    report.faults.append(Fault(source, item.line, reason))
                    report.claims[item.id] = owner


def _few_at_once(found: Iterable[Record | Fault]) -> Iterator[list[Record | Fault]]:
    """Cut what was found into lists whose ids are looked up together, none of which fills the memory."""
    items: list[Record | Fault] = []
    size = 0
    for item in found:
        items.append(item)
        size += item.size if isinstance(item, Record) else 0
        if len(items) == _LOOKED_UP or size >= _TASK_BYTES:
            yield items
            items, size = [], 0
    yield items


def _processors() -> int:
    """Count the processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1
