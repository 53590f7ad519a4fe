"""Checks the integrity of an index: every file against its checksum, everything indexed against the seeds."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from msgspec import Struct

from indexer.analysis.name_sounds import load_readings, write_name_sounds, write_readings
from indexer.errors import DamageError, LianghuiError
from indexer.pipeline.documents import document
from indexer.pipeline.word_discovery import write_learned_words
from indexer.reader import read_generation
from indexer.segments.reader import Segment, count_live_values
from indexer.segments.schema import SCORED_FIELDS, VALUE_FIELDS
from indexer.store.arrays import ARRAYS_SUFFIX, Array, ArrayFile
from indexer.store.checksums import file_digest
from indexer.store.damage import damage_error
from indexer.store.generations import LEARNED_WORDS_FILE, READINGS_FILE, SOUNDS_FILE, current_generation
from indexer.store.manifest import content_files, read_manifest
from indexer.text.folding import fold
from query.index import Index
from query.opening import Opening
from query.verification.fingerprints import (
    FINGERPRINTED,
    expected_fingerprints,
    is_sorted,
    stored_fingerprints,
)
from query.verification.reread import build_segmenter, seed_paragraphs

__all__ = ["Inspection", "inspect"]

_BATCH = 1_000  # paragraphs that are analysed at once

_CONTRADICTIONS = (ValueError, IndexError, zlib.error)
"""Raised for arrays that contradict each other though each is as it was written."""

Progress = Callable[[int, int], None]
"""Called with the number of paragraphs read since the last call, and that of all paragraphs."""


class Inspection(Struct, frozen=True):
    """The outcome of an inspection: how much was checked, and a sentence for each damage."""

    files: int
    arrays: int
    paragraphs: int
    postings: int
    damages: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is damaged."""
        return not self.damages


def inspect(path: str | os.PathLike[str], *, progress: Progress | None = None) -> Inspection:
    """Check every file of the index at `path`, and what is indexed of every paragraph.

    Files are compared with their checksums. Where all are as they were written, the seeds are read
    again, and every record, posting, position, norm and value is compared with what they give. When
    a build replaces the generation meanwhile, the new one is inspected.

    Raise `LianghuiError` when the index cannot be opened or read, or when the seeds, or the analysis
    of text, are no longer what it was built from; `OSError` when a file cannot be read.
    """
    path = Path(path)
    while True:
        folder = current_generation(path)
        try:
            inspection = _inspect_generation(folder, progress)
        except (LianghuiError, OSError):
            if folder == current_generation(path):
                raise
        else:
            if inspection.holds or folder == current_generation(path):
                return inspection


def _inspect_generation(folder: Path, progress: Progress | None) -> Inspection:
    """Inspect the generation in a folder: its files, and when these are whole, what is indexed."""
    files, arrays, damages = _check_files(folder)
    if damages:
        return Inspection(files, arrays, 0, 0, tuple(damages))
    with Index(Opening.of_folder(read_generation(folder))) as index:
        _refuse_stale(index)
        try:
            damages = [
                *_compare_paragraphs(index, progress),
                *_check_order(index),
                *_compare_learned_words(index),
            ]
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
            files,
            arrays,
            sum(each.live_count for each in index.generation.segments),
            postings,
            tuple(damages),
        )


def _check_files(folder: Path) -> tuple[int, int, list[str]]:
    """Count the files and arrays of a generation, and name those that are not as they were written."""
    listed = read_manifest(folder).files
    arrays, damages = 0, []
    present = {file.name: file for file in content_files(folder)}
    for name, state in listed.items():
        if name not in present:
            damages.append(f"{name} is gone")
            continue
        if file_digest(present[name]) != state.sha256:
            names = ", ".join(_damaged_arrays(present[name]))
            damages.append(f"{name} is not as it was written{names and f' ({names})'}")
        elif name.endswith(ARRAYS_SUFFIX):
            arrays += len(ArrayFile(present[name]))
    return len(listed) + 2, arrays, damages  # and the manifest and `current`, which hold their own checksums


def _damaged_arrays(path: Path) -> list[str]:
    """Name the damaged arrays of a file; none when its table of arrays is damaged, too."""
    try:
        return [*ArrayFile(path).damaged_arrays()] if path.name.endswith(ARRAYS_SUFFIX) else []
    except DamageError:
        return []


def _refuse_stale(index: Index) -> None:
    """Raise `LianghuiError` when the seeds or the analysis of text changed since the build."""
    staleness = index.staleness
    reasons = [str(staleness.changes(thorough=True) or ""), staleness.analysis_changes(thorough=True)]
    if any(reasons):
        reason = "; ".join(filter(None, reasons))
        raise LianghuiError(
            f"the seeds changed since the index was built: {reason}; run: {staleness.update_command()}"
        )


def _compare_paragraphs(index: Index, progress: Progress | None) -> Iterator[str]:
    """Compare what is indexed of each paragraph with what its seed gives, and name the differences."""
    total = sum(segment.live_count for segment in index.generation.segments)
    rows, expected = _expected_rows(index, lambda count: progress and progress(count, total))
    tables = {name: index.searcher.table(name) for name in VALUE_FIELDS}
    for segment in index.generation.segments:
        stored, ids = stored_fingerprints(segment, tables), segment.ids()
        for at, (id_, record) in enumerate(zip(ids, segment.records(), strict=True)):
            row = rows.pop(id_, None)
            where = f"paragraph {id_} ({record['source']}:{record['lines'][0]})"
            if row is None or record["id"] != id_:
                yield f"{where} is in the index and not in the seeds"
            elif not (expected[row] == stored[at]).all():
                differ = np.flatnonzero(expected[row] != stored[at]).tolist()
                names = ", ".join(FINGERPRINTED[part] for part in differ)
                yield f"{where} is not indexed as its seed says: {names}"
    yield from (f"paragraph {id_} is in the seeds and not in the index" for id_ in rows)


def _expected_rows(index: Index, advance: Callable[[int], object]) -> tuple[dict[str, int], Array]:
    """Compute the fingerprints of the paragraphs of the seeds, with the row of each id."""
    rows: dict[str, int] = {}
    fingerprints = [np.zeros((0, len(FINGERPRINTED)), "u8")]
    segmenter = build_segmenter(index)
    documents = (
        document(paragraph, segmenter.search_words) for paragraph in seed_paragraphs(index, segmenter)
    )
    while batch := [*islice(documents, _BATCH)]:
        rows |= {each.id: len(rows) + at for at, each in enumerate(batch)}
        fingerprints.append(expected_fingerprints(batch))
        advance(len(batch))
    return rows, np.concatenate(fingerprints)


def _check_order(index: Index) -> Iterator[str]:
    """Name what is not in the order that a search relies on: postings, columns, ids and values."""
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


def _compare_learned_words(index: Index) -> Iterator[str]:
    """Learn the words from the index again, and how the names sound, and name the files that differ."""
    stored = index.generation
    with TemporaryDirectory() as name:
        readings = load_readings()
        write_readings(Path(name) / READINGS_FILE, readings)
        write_name_sounds(Path(name) / SOUNDS_FILE, stored.values, readings)
        write_learned_words(
            Path(name) / LEARNED_WORDS_FILE,
            stored.dictionary,
            stored.values,
            partial(count_live_values, stored.segments),
        )
        for path in Path(name).iterdir():
            if path.read_bytes() != (stored.folder / path.name).read_bytes():
                yield f"{path.name} is not what the texts teach"
