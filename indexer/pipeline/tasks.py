"""Tasks of a build: read some seeds, or a part of one, into a segment file; write the dictionary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from indexer.analysis.dictionary import write_dictionary
from indexer.analysis.jieba_words import load_jieba_words
from indexer.analysis.segmenter import Segmenter, SegmenterChoice
from indexer.models import Fault, Paragraph
from indexer.pages.ids import is_given_id
from indexer.pages.jsonl import Record, read_record
from indexer.pages.seed import read_page_file
from indexer.pipeline.documents import document
from indexer.pipeline.workers import Advance
from indexer.seeds.user_files import UserTopics
from indexer.segments.schema import Document
from indexer.segments.writer import write_segment

__all__ = ["PageFile", "ReadSeeds", "RecordBatch", "TaskResult", "WriteDictionary", "WriteDocuments"]

WriteDocuments = Callable[[Path, Sequence[Document]], None]
"""Writes documents to a file: a function of a module, which another process imports."""

_REPORTED_BYTES = 1 << 16  # of records between two reports


class PageFile(Struct, frozen=True):
    """A page of `size` bytes, read as a whole."""

    source: str
    path: Path
    size: int


class RecordBatch(Struct, frozen=True):
    """Some of the records of a `.jsonl` seed."""

    source: str
    records: tuple[Record, ...]


class ReadSeeds(Struct, frozen=True):
    """Reads parts of seeds into a file at `path`, a segment unless `write` writes something else."""

    parts: tuple[PageFile | RecordBatch, ...]
    path: Path
    user_topics: UserTopics
    segmenter: SegmenterChoice
    write: WriteDocuments = write_segment

    def perform(self, advance: Advance) -> TaskResult:
        """Read the parts and write their paragraphs as a segment file, if there are any."""
        result = TaskResult(self.path)
        segmenter = self.segmenter.open()
        # One at a time: what was folded and cut to read a paragraph is still cached to index it.
        documents = [
            document(self.user_topics.label(paragraph), segmenter.search_words)
            for paragraph in _paragraphs(self.parts, result, segmenter, advance)
        ]
        if documents:
            self.write(self.path, documents)
        result.count = len(documents)
        return result


class WriteDictionary(Struct, frozen=True):
    """Writes the dictionary of jieba's words and the user's, where a worker has them in memory."""

    path: Path
    user_words: tuple[str, ...]

    def perform(self, _: Advance) -> TaskResult:
        """Write the dictionary."""
        write_dictionary(self.path, load_jieba_words(self.user_words))
        return TaskResult(self.path)


class TaskResult(Struct):
    """What a task read: `count` paragraphs written to `path`, counted by source and kind in `kinds`.

    `faults` are what could not be read; `claims`, by source, the ids given by records among these.
    """

    path: Path
    count: int = 0
    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    claims: dict[str, list[str]] = field(default_factory=dict)


def _paragraphs(
    parts: Iterable[PageFile | RecordBatch], result: TaskResult, segmenter: Segmenter, advance: Advance
) -> Iterator[Paragraph]:
    """Yield the paragraphs of the parts; count them and note the faults in `result`."""
    for part in parts:
        kinds = result.kinds.setdefault(part.source, Counter())
        for item in _read(part, segmenter, result, advance):
            if isinstance(item, Fault):
                result.faults.append(item)
            else:
                kinds[item.kind] += 1
                yield item


def _read(
    part: PageFile | RecordBatch, segmenter: Segmenter, result: TaskResult, advance: Advance
) -> Iterator[Paragraph | Fault]:
    if isinstance(part, PageFile):
        yield from _read_page(part, segmenter, advance)
        return
    done = 0
    for record in part.records:
        done += record.size
        if done >= _REPORTED_BYTES:
            advance(done, part.source)
            done = 0
        item = read_record(record, part.source, segmenter)
        if isinstance(item, Fault) and is_given_id(record.id):
            result.claims.setdefault(part.source, []).append(record.id)
        yield item
    advance(done, part.source)


def _read_page(part: PageFile, segmenter: Segmenter, advance: Advance) -> Iterator[Paragraph | Fault]:
    """Read a page, and report how far it is read."""
    told = 0
    advance(0, part.source)

    def report(share: float) -> None:
        nonlocal told
        here = int(part.size * share)
        advance(here - told, f"{part.source} {share:.0%}")
        told = here

    yield from read_page_file(part.path, part.source, segmenter, report)
    advance(part.size - told, part.source)
