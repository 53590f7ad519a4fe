"""Writes the files of one generation of the index: segments, values, words; the rest is carried over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.analysis.dictionary import FrozenDictionary
from indexer.pipeline.word_discovery import write_learned_words
from indexer.segments.merge import ValueNumbers, merge_segments
from indexer.segments.reader import Segment
from indexer.store.arrays import SUFFIX, ArrayFile
from indexer.store.checked_json import dump_checked
from indexer.store.generations import DICTIONARY, LEARNED, SEGMENTS, VALUE_FILE, carry_over

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
    values = ValueNumbers(base / VALUE_FILE if base else None)
    left = [_without(segment, gone, values) for segment in segments]
    fresh = [Segment(run) for run in runs]
    stay, merged = _merge_policy(left, sum(segment.count for segment in fresh))
    if merged or fresh:
        name = f"segment-{1 + max((int(each.name.split('-')[1]) for each in segments), default=0):06d}"
        merge_segments(generation / (name + SUFFIX), [*merged, *fresh], values)
        stay.append(Segment(generation / (name + SUFFIX)))
    for run in runs:
        run.unlink()
    for segment in stay:
        if not (generation / (segment.name + SUFFIX)).exists() and base:
            carry_over(segment.name + SUFFIX, base, generation)
    values.write(generation / VALUE_FILE)
    listed = {segment.name: segment.deleted for segment in stay}
    (generation / SEGMENTS).write_bytes(dump_checked({"segments": listed}))
    _write_toc(generation, stay)
    if base:
        for path in base.glob("dictionary.*"):
            carry_over(path.name, base, generation)
    tables = ArrayFile(generation / VALUE_FILE)
    write_learned_words(generation / LEARNED, FrozenDictionary(generation / DICTIONARY), tables, stay)
    tables.close()


def _write_toc(generation: Path, segments: Sequence[Segment]) -> None:
    from indexer.codec import write_toc  # noqa: PLC0415 - a search does not wait for Whoosh

    write_toc(generation, segments, generation / VALUE_FILE)


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
    for segment in sorted(segments, key=lambda each: each.count):
        if segment.count == 0:
            continue
        if segment.count < max(_SMALL, fresh) or segment.count * 2 < segment.size:
            merged.append(segment)
            fresh += segment.count
        else:
            stay.append(segment)
    return stay, merged
