"""The work of a build, cut into tasks: some seeds, or a part of one, to a segment file; the dictionary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from indexer.analysis.dictionary import write_dictionary
from indexer.analysis.jieba_words import load_jieba_words
from indexer.analysis.segmenter import Segmenter, SegmenterChoice
from indexer.errors import SeedError
from indexer.models import Fault, Paragraph
from indexer.pages.encoding import decode
from indexer.pages.ids import is_given_id
from indexer.pages.jsonl import Record, read_record
from indexer.pages.page import read_page
from indexer.pipeline.documents import document
from indexer.seeds.folder import unreadable_fault
from indexer.seeds.user_files import UserTopics
from indexer.segments.writer import write_segment

__all__ = ["PageFile", "RecordBatch", "Task", "TaskResult", "WriteDictionary", "read_page_file"]


@dataclass(frozen=True, slots=True)
class PageFile:
    """A seed that is read as a whole."""

    source: str
    path: Path


@dataclass(frozen=True, slots=True)
class RecordBatch:
    """Some of the records of a seed."""

    source: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What to read, how many bytes that is, and the file to write it to."""

    parts: tuple[PageFile | RecordBatch, ...]
    size: int
    path: Path
    user_topics: UserTopics
    choice: SegmenterChoice

    def perform(self) -> TaskResult:
        """Read the parts and write them as a segment file, if there is anything in them."""
        done = TaskResult(self.path, self.size)
        segmenter = self.choice.open()
        # One at a time: what is folded and cut while reading is still at hand while indexing.
        documents = [
            document(self.user_topics.label(paragraph), segmenter.search_words)
            for paragraph in _paragraphs(self.parts, done, segmenter)
        ]
        if documents:
            write_segment(self.path, documents)
        done.count = len(documents)
        return done


@dataclass(frozen=True, slots=True)
class WriteDictionary:
    """The dictionary of jieba's words and the user's `own`, written where a worker has them in memory."""

    path: Path
    own: tuple[str, ...]

    def perform(self) -> TaskResult:
        """Write it."""
        write_dictionary(self.path, load_jieba_words(self.own))
        return TaskResult(self.path, 0)


@dataclass(slots=True)
class TaskResult:
    """What came of a task: the pieces of each source by kind, and what could not be read.

    `claims` are, by source, the ids given by records that could not be read.
    """

    path: Path
    size: int
    count: int = 0
    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    claims: dict[str, list[str]] = field(default_factory=dict)


def read_page_file(path: Path, source: str, segmenter: Segmenter) -> Iterator[Paragraph | Fault]:
    """Yield the paragraphs of a page, or the fault that it cannot be read."""
    try:
        text = decode(path.read_bytes(), segmenter)
    except (SeedError, OSError) as error:
        yield unreadable_fault(source, error)
    else:
        yield from read_page(text, source, segmenter)


def _paragraphs(
    parts: Iterable[PageFile | RecordBatch], done: TaskResult, segmenter: Segmenter
) -> Iterator[Paragraph]:
    for part in parts:
        kinds = done.kinds.setdefault(part.source, Counter())
        for item in _read(part, segmenter, done):
            if isinstance(item, Fault):
                done.faults.append(item)
            else:
                kinds[item.kind] += 1
                yield item


def _read(
    part: PageFile | RecordBatch, segmenter: Segmenter, done: TaskResult
) -> Iterator[Paragraph | Fault]:
    if isinstance(part, PageFile):
        yield from read_page_file(part.path, part.source, segmenter)
        return
    for record in part.records:
        item = read_record(record, part.source, segmenter)
        if isinstance(item, Fault) and is_given_id(record.id):
            done.claims.setdefault(part.source, []).append(record.id)
        yield item
