"""Commit what was read: write the segments, values and words of a generation, carrying over what stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.name_sounds import load_readings, read_readings, write_name_sounds, write_readings
from indexer.codec import write_toc
from indexer.pipeline.plan import Progress
from indexer.pipeline.word_discovery import write_learned_words
from indexer.segments.merge import count_postings, merge_segments
from indexer.segments.merge_policy import choose_merges
from indexer.segments.reader import Segment, count_live_values
from indexer.segments.values import ValueNumbers
from indexer.store.arrays import ARRAYS_SUFFIX, Array, ArrayFile
from indexer.store.checked_json import dump_checked
from indexer.store.generations import (
    DICTIONARY_FILE,
    LEARNED_WORDS_FILE,
    READINGS_FILE,
    SEGMENTS_FILE,
    SOUNDS_FILE,
    VALUES_FILE,
    carry_over,
)

__all__ = ["commit", "write_words"]


def commit(
    generation: Path,
    base: Path | None,
    segments: Sequence[Segment],
    *,
    gone: set[str],
    runs: Sequence[Path],
    progress: Progress | None = None,
) -> None:
    """Write the files of a generation: `segments` without the paragraphs of `gone`, and `runs`.

    `segments` are those of the generation in the folder `base`, None for a full build; `gone` are
    sources; `runs` are the segment files that tasks wrote into `generation`, which are removed;
    `progress` is told how far the merge is, and when the words are written.

    `indexer.segments.merge_policy` says which segments are merged with the runs.
    Raise `DamageError` when a file of `base` is not as it was written.
    """
    values = ValueNumbers(base / VALUES_FILE if base else None)
    kept = [_delete_sources(segment, gone, values) for segment in segments]
    fresh = [Segment(run) for run in runs]
    stay, merged = choose_merges(kept, sum(segment.live_count for segment in fresh))
    if base:
        for segment in stay:
            carry_over(segment.path.name, base, generation)
    if merged or fresh:
        path = generation / (_next_name(segments) + ARRAYS_SUFFIX)
        _merge(path, [*merged, *fresh], values, progress)
        stay.append(Segment(path))
    for run in runs:
        run.unlink()
    values.write(generation / VALUES_FILE)
    deleted = {segment.name: segment.deleted for segment in stay}
    (generation / SEGMENTS_FILE).write_bytes(dump_checked({"segments": deleted}))
    write_toc(generation, stay, generation / VALUES_FILE)
    write_words(generation, base, partial(count_live_values, stay))
    if progress:
        progress("words", 1, 1, "")


def write_words(generation: Path, base: Path | None, count: Callable[[str, int], Array]) -> None:
    """Write how characters are read, the learned words, and how names sound, beside the values.

    The dictionary and the readings are those of `base`, where there is one. `count` counts the live
    paragraphs that have each value of a field with so many values.
    """
    if base:
        for path in (*base.glob("dictionary.*"), base / READINGS_FILE):
            carry_over(path.name, base, generation)
    else:
        write_readings(generation / READINGS_FILE, load_readings())
    tables = ArrayFile(generation / VALUES_FILE)
    write_learned_words(
        generation / LEARNED_WORDS_FILE, FrozenDictionary(generation / DICTIONARY_FILE), tables, count
    )
    readings = read_readings(generation / READINGS_FILE)
    write_name_sounds(generation / SOUNDS_FILE, tables, readings, base / SOUNDS_FILE if base else None)
    tables.close()


def _merge(path: Path, segments: Sequence[Segment], values: ValueNumbers, progress: Progress | None) -> None:
    """Merge segments, and report the postings merged; deleted ones, which are left out, at the end."""
    left = total = count_postings(segments)

    def advance(written: int) -> None:
        nonlocal left
        left -= written
        if progress:
            progress("merging", written, total, "")

    merge_segments(path, segments, values, advance)
    advance(left)


def _next_name(segments: Sequence[Segment]) -> str:
    """Name a segment by the number after the highest there is: segment-000002."""
    return f"segment-{1 + max((int(segment.name.split('-')[1]) for segment in segments), default=0):06d}"


def _delete_sources(segment: Segment, gone: set[str], values: ValueNumbers) -> Segment:
    """Open a segment anew with the paragraphs of some sources marked as deleted, where it has any."""
    numbers = [values.number("source", source) for source in gone]
    deleted = np.isin(segment.file["source.ids"], [number for number in numbers if number is not None])
    if not deleted.any():
        return segment
    if segment.live is not None:
        deleted |= ~segment.live
    return Segment(segment.path, _true_ranges(deleted))


def _true_ranges(mask: npt.NDArray[Any]) -> list[tuple[int, int]]:
    """List the ranges, each with its end exclusive, over which a boolean mask is true."""
    edges = np.flatnonzero(np.diff(np.r_[False, mask, False].astype("i1")))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]
