"""An index looked through to the bottom: every file, every paragraph, every posting."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from indexer.errors import DamageError, LianghuiError
from indexer.pipeline.documents import document
from indexer.pipeline.word_discovery import write_learned_words
from indexer.reader import read_generation
from indexer.segments.reader import Segment
from indexer.segments.schema import SCORED_FIELDS, VALUE_FIELDS
from indexer.store.arrays import ARRAYS_SUFFIX, Array, ArrayFile
from indexer.store.checksums import file_digest
from indexer.store.damage import damage_error
from indexer.store.generations import LEARNED_WORDS_FILE, current_generation
from indexer.store.manifest import content_files, read_manifest
from indexer.text.folding import fold
from query.index import Index
from query.verification.fingerprints import (
    FINGERPRINTED,
    expected_fingerprints,
    is_sorted,
    stored_fingerprints,
)
from query.verification.reread import seed_paragraphs, segmenter_of

__all__ = ["Inspection", "inspect"]

_AT_ONCE = 1_000  # paragraphs

_CONTRADICTIONS = (ValueError, IndexError, zlib.error)
"""What is raised by arrays that contradict one another though each is as it was written."""

Progress = Callable[[int, int], None]
"""Called with the paragraphs compared since the last call, and those there are."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """How much was looked at, and what is not as it should be, a sentence for each."""

    files: int
    arrays: int
    paragraphs: int
    postings: int
    damages: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Tell whether all is as it should be."""
        return not self.damages


def inspect(path: Path, *, progress: Progress | None = None) -> Inspection:
    """Check every file of the index at `path`, and then what is indexed of every paragraph.

    Files are compared with their checksums. Where all are as they were written, the seeds are read
    again, and every field, posting, place, length and value is compared with what they say.

    Raise `LianghuiError` when the index cannot be opened, or when the seeds or the way that text is
    cut are no longer what it was built from. What is rebuilt meanwhile is inspected anew.
    """
    while True:
        folder = current_generation(path)
        try:
            found = _inspected(folder, progress)
        except (LianghuiError, OSError):
            if folder == current_generation(path):
                raise
        else:
            if found.holds or folder == current_generation(path):
                return found


def _inspected(folder: Path, progress: Progress | None) -> Inspection:
    """Look through the generation in a folder."""
    files, arrays, wrong = _files(folder)
    if wrong:
        return Inspection(files, arrays, 0, 0, tuple(wrong))
    with Index(read_generation(folder)) as index:
        _refuse_stale(index)
        try:
            wrong = [*_compared(index, progress), *_unsorted(index), *_mislearned(index)]
            postings = sum(
                int(each.postings(name).sizes().sum())
                for each in index.generation.segments
                for name in SCORED_FIELDS
            )
        except DamageError as error:
            raise damage_error(index.path, error) from error
        except _CONTRADICTIONS as error:
            raise damage_error(index.path, DamageError(f"{type(error).__name__}: {error}")) from error
        return Inspection(
            files, arrays, sum(each.live_count for each in index.generation.segments), postings, tuple(wrong)
        )


def _files(folder: Path) -> tuple[int, int, list[str]]:
    """Count the files and arrays of a generation, and name those that are not as they were written."""
    known = read_manifest(folder).files
    arrays, wrong = 0, []
    there = {file.name: file for file in content_files(folder)}
    for name, state in known.items():
        if name not in there:
            wrong.append(f"{name} is gone")
            continue
        if file_digest(there[name]) != state.sha256:
            parts = ", ".join(_arrays(there[name]))
            wrong.append(f"{name} is not as it was written{parts and f' ({parts})'}")
        elif name.endswith(ARRAYS_SUFFIX):
            arrays += len(ArrayFile(there[name]))
    return len(known) + 2, arrays, wrong  # the manifest and `current` know themselves


def _arrays(path: Path) -> list[str]:
    """Return the arrays of a damaged file that are not as they were written, as far as it can be told."""
    try:
        return [*ArrayFile(path).damaged_arrays()] if path.name.endswith(ARRAYS_SUFFIX) else []
    except DamageError:
        return []


def _refuse_stale(index: Index) -> None:
    staleness = index.staleness
    reasons = [str(staleness.changes(thorough=True) or ""), staleness.analysis_changes(thorough=True)]
    if any(reasons):
        reason = "; ".join(filter(None, reasons))
        raise LianghuiError(
            f"the seeds changed since the index was built: {reason}; run: {staleness.update_command()}"
        )


def _compared(index: Index, progress: Progress | None) -> Iterator[str]:
    """Compare what is indexed of each paragraph with what is to be, and yield what differs."""
    total = sum(segment.live_count for segment in index.generation.segments)
    rows, expected = _expected(index, lambda count: progress and progress(count, total))
    tables = {name: index.searcher.table(name) for name in VALUE_FIELDS}
    for segment in index.generation.segments:
        found, ids = stored_fingerprints(segment, tables), segment.ids()
        for at, (id_, record) in enumerate(zip(ids, segment.records(), strict=True)):
            row = rows.pop(id_, None)
            place = f"paragraph {id_} ({record['source']}:{record['lines'][0]})"
            if row is None or record["id"] != id_:
                yield f"{place} is in the index and not in the seeds"
            elif not (expected[row] == found[at]).all():
                differ = np.flatnonzero(expected[row] != found[at]).tolist()
                names = ", ".join(FINGERPRINTED[at] for at in differ)
                yield f"{place} is not indexed as its seed says: {names}"
    yield from (f"paragraph {id_} is in the seeds and not in the index" for id_ in rows)


def _expected(index: Index, advance: Callable[[int], object]) -> tuple[dict[str, int], Array]:
    """Return the rows of the paragraphs of the seeds, and which is that of each id."""
    rows: dict[str, int] = {}
    marks = [np.zeros((0, len(FINGERPRINTED)), "u8")]
    segmenter = segmenter_of(index)
    documents = (
        document(paragraph, segmenter.search_words) for paragraph in seed_paragraphs(index, segmenter)
    )
    while some := [*islice(documents, _AT_ONCE)]:
        rows |= {each.id: len(rows) + at for at, each in enumerate(some)}
        marks.append(expected_fingerprints(some))
        advance(len(some))
    return rows, np.concatenate(marks)


def _unsorted(index: Index) -> Iterator[str]:
    """Yield what a search would lose its way in."""
    for segment in index.generation.segments:
        yield from (
            f"the postings of {name} in {segment.name} are not sorted"
            for name in SCORED_FIELDS
            if not is_sorted(segment, name)
        )
        if any((np.diff(segment.column(name)[0].astype("i8")) < 0).any() for name in VALUE_FIELDS):
            yield f"the columns of {segment.name} are not sorted"
        if not _is_sorted_by_id(segment):
            yield f"the ids of {segment.name} are not sorted"
    for name in VALUE_FIELDS:
        table = index.searcher.table(name)
        shown = [table.shown(number) for number in range(len(table))]
        if any(table.folded(number) != fold(value) for number, value in enumerate(shown)):
            yield f"the values of {name} are not folded"
        if [shown[at] for at in np.argsort(table.ranks).tolist()] != sorted({*shown}):
            yield f"the values of {name} are not sorted"


def _is_sorted_by_id(segment: Segment) -> bool:
    order = segment.file["id_order"].tolist()
    ids = [segment.id(number) for number in order]
    return sorted(order) == [*range(segment.size)] and ids == sorted(ids)


def _mislearned(index: Index) -> Iterator[str]:
    """Learn the words again, and yield what differs."""
    there = index.generation
    with TemporaryDirectory() as name:
        write_learned_words(Path(name) / LEARNED_WORDS_FILE, there.dictionary, there.values, there.segments)
        for path in Path(name).iterdir():
            if path.read_bytes() != (there.folder / path.name).read_bytes():
                yield f"{path.name} is not what the texts teach"
