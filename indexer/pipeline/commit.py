"""Writes the files of one generation of the index: segments, values, words; the rest is carried over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.analysis.dictionary import FrozenDictionary
from indexer.pipeline.word_discovery import write_learned_words
from indexer.segments.merge import merge_segments
from indexer.segments.reader import Segment
from indexer.segments.values import ValueNumbers
from indexer.store.arrays import ARRAYS_SUFFIX, ArrayFile
from indexer.store.checked_json import dump_checked
from indexer.store.generations import (
    DICTIONARY_FILE,
    LEARNED_WORDS_FILE,
    SEGMENTS_FILE,
    VALUES_FILE,
    carry_over,
)

__all__ = ["commit"]

_SMALL = 1_000  # paragraphs; smaller segments never stay on their own


def commit(
    generation: Path,
    base: Path | None,
    segments: Sequence[Segment],
    *,
    gone: set[str],
    runs: Sequence[Path],
) -> None:
    """Write what is in `segments`, those of the generation `base`, less the sources `gone`, and `runs`.

    Small and mostly deleted segments are merged with what is new, so that every segment that stays is
    larger than all that came after it: a hundred builds leave seven segments, not a hundred.
    """
    values = ValueNumbers(base / VALUES_FILE if base else None)
    left = [_without(segment, gone, values) for segment in segments]
    fresh = [Segment(run) for run in runs]
    stay, merged = _merge_policy(left, sum(segment.live_count for segment in fresh))
    if merged or fresh:
        name = f"segment-{1 + max((int(each.name.split('-')[1]) for each in segments), default=0):06d}"
        merge_segments(generation / (name + ARRAYS_SUFFIX), [*merged, *fresh], values)
        stay.append(Segment(generation / (name + ARRAYS_SUFFIX)))
    for run in runs:
        run.unlink()
    for segment in stay:
        if not (generation / (segment.name + ARRAYS_SUFFIX)).exists() and base:
            carry_over(segment.name + ARRAYS_SUFFIX, base, generation)
    values.write(generation / VALUES_FILE)
    listed = {segment.name: segment.deleted for segment in stay}
    (generation / SEGMENTS_FILE).write_bytes(dump_checked({"segments": listed}))
    _write_toc(generation, stay)
    if base:
        for path in base.glob("dictionary.*"):
            carry_over(path.name, base, generation)
    tables = ArrayFile(generation / VALUES_FILE)
    write_learned_words(
        generation / LEARNED_WORDS_FILE, FrozenDictionary(generation / DICTIONARY_FILE), tables, stay
    )
    tables.close()


def _write_toc(generation: Path, segments: Sequence[Segment]) -> None:
    from indexer.codec import write_toc  # noqa: PLC0415 - a search does not wait for Whoosh

    write_toc(generation, segments, generation / VALUES_FILE)


def _without(segment: Segment, gone: set[str], values: ValueNumbers) -> Segment:
    """Return a segment less the paragraphs of some sources."""
    numbers = [values.number("source", source) for source in gone]
    dead = np.isin(segment.file["source.ids"], [number for number in numbers if number is not None])
    if not dead.any():
        return segment
    if segment.live is not None:
        dead |= ~segment.live
    return Segment(segment.path, _ranges(dead))


def _ranges(mask: npt.NDArray[Any]) -> list[tuple[int, int]]:
    """Return where a mask is true, as ranges."""
    edges = np.flatnonzero(np.diff(np.r_[False, mask, False].astype("i1")))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _merge_policy(segments: Sequence[Segment], fresh: int) -> tuple[list[Segment], list[Segment]]:
    """Tell the segments that stay from those to be merged with `fresh` new paragraphs."""
    stay, merged = [], []
    for segment in sorted(segments, key=lambda each: each.live_count):
        if segment.live_count == 0:
            continue
        if segment.live_count < max(_SMALL, fresh) or segment.live_count * 2 < segment.size:
            merged.append(segment)
            fresh += segment.live_count
        else:
            stay.append(segment)
    return stay, merged
