"""Read columns of text one after the other where a file was written across the gap between them."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from indexer.formats.pdf.fragments import Fragment

__all__ = ["read_by_column"]

# Lengths are parts of the size of the text.
_BACK = 0.6  # how far a fragment may stand higher than the one before it
_STEP = 4.0  # how much lower it may stand
_GUTTER = 0.8  # the gap between columns is as wide
_MIN_LINES = 4  # a column has as many
_MIN_WIDTH = 8
_NEAR_END = 2.5  # so near its end, or a fifth of its width, a line of a column is full
_FULL_SHARE = 0.6  # of the lines of a column of text, and no table, are full
_CROSSING_SHARE = 0.08  # of the fragments, such as headlines, may lie across a gutter


def read_by_column(fragments: Sequence[Fragment]) -> Iterator[Fragment]:
    """Give fragments in the order of the file, but for columns that were written together."""
    at = 0
    while at < len(fragments):
        end = _end_of_stretch(fragments, at)
        yield from _part_columns(fragments[at:end])
        at = end


def _end_of_stretch(fragments: Sequence[Fragment], at: int) -> int:
    """Find where the fragments that were written from the top to the bottom end."""
    for end in range(at + 1, len(fragments)):
        before, fragment = fragments[end - 1], fragments[end]
        step = fragment.across - before.across
        size = max(before.size, fragment.size)
        if fragment.turn != before.turn or not -_BACK * size < step < _STEP * size:
            return end
    return len(fragments)


def _part_columns(stretch: Sequence[Fragment]) -> Iterable[Fragment]:
    if len(stretch) < 2 * _MIN_LINES:
        return stretch
    gutters = _find_gutters(stretch)
    if not gutters:
        return stretch
    columns: list[list[Fragment]] = [[] for _ in range(len(gutters) + 1)]
    places = [_column(fragment, gutters) for fragment in stretch]
    for place, fragment in zip(places, stretch, strict=True):
        if place is not None:
            columns[place].append(fragment)
    jumps = sum(one != other for one, other in pairwise(places))
    if jumps < min(map(len, columns)) or not all(map(_is_text, columns)):
        return stretch
    return _read(stretch, places)


def _read(stretch: Sequence[Fragment], places: Sequence[int | None]) -> Iterator[Fragment]:
    """Read the columns above each fragment that lies across them, and then the fragment."""
    waiting: list[tuple[int, Fragment]] = []
    for place, fragment in zip(places, stretch, strict=True):
        if place is None:
            yield from _in_order(waiting)
            waiting = []
            yield fragment
        else:
            waiting.append((place, fragment))
    yield from _in_order(waiting)


def _in_order(placed: list[tuple[int, Fragment]]) -> Iterator[Fragment]:
    return (fragment for _, fragment in sorted(placed, key=lambda pair: pair[0]))


def _find_gutters(stretch: Sequence[Fragment]) -> list[float]:
    """Find the middles of the strips that hardly any fragment lies across."""
    size = median(fragment.size for fragment in stretch)
    few = _CROSSING_SHARE * len(stretch)
    bounds = sorted([(each.start, 1) for each in stretch] + [(each.end, -1) for each in stretch])
    gutters: list[float] = []
    covering = 0
    strip: float | None = None  # where the strip began that few lie across; none does left of all columns
    for place, change in bounds:
        was_free = covering <= few
        covering += change
        if was_free and covering > few:
            if strip is not None and place - strip >= _GUTTER * size:
                gutters.append((strip + place) / 2)
            strip = None
        elif not was_free and covering <= few:
            strip = place
    return gutters


def _column(fragment: Fragment, gutters: Sequence[float]) -> int | None:
    """Return the number of the column that a fragment stands in, None where it lies across a gutter."""
    first, last = bisect(gutters, fragment.start), bisect(gutters, fragment.end)
    return first if first == last else None


def _is_text(column: Sequence[Fragment]) -> bool:
    """Check whether a column is text that goes on from line to line, and not that of a table."""
    if len(column) < _MIN_LINES:
        return False
    size = median(each.size for each in column)
    end = sorted(each.end for each in column)[int(len(column) * (1 - _CROSSING_SHARE))]
    if median(each.end - each.start for each in column) < _MIN_WIDTH * size:
        return False
    near = max(_NEAR_END * size, (end - min(each.start for each in column)) / 5)
    return sum(end - each.end < near for each in column) >= _FULL_SHARE * len(column)
