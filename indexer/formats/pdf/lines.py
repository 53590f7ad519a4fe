"""Join the fragments of a page into printed lines, in the order in which the file was written.

That order is the order of reading, even in newspapers. Only where two columns were written line by line,
across the gap between them, each column is read to its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import median

from msgspec import Struct

from indexer.formats.pdf.characters import ends_sentence
from indexer.formats.pdf.fragments import Fragment

__all__ = ["Line", "make_lines"]

Row = list[Fragment]

_MIN_STACK = 3  # single characters below each other are a column of vertical text from here on
_MIN_ROWS = 4  # as many rows make columns
_MIN_WIDTH = 8  # of the size: a column of text is at least as wide
_FULL_SHARE = 0.6  # of the lines of a column of text reach its end


class Line(Struct):
    """A printed line, or a cell's part of one. `number` counts from 1 through the whole file."""

    text: str
    start: float
    end: float
    across: float
    size: float
    turn: int
    bold: bool
    page: int
    is_cell: bool = False
    number: int = 0


def make_lines(fragments: Iterable[Fragment], page: int) -> list[Line]:
    """Make the lines of a page."""
    rows = _make_rows([*_stand_up(fragments)])
    rows = [*_read_by_column(rows)]
    tabular = [_is_tabular(rows, at) for at in range(len(rows))]
    lines = []
    for row, is_table in zip(rows, tabular, strict=True):
        parts = [[each] for each in row] if is_table else _split_row(row)
        lines += [_make_line(part, page, is_cell=is_table) for part in parts]
    return lines


def _stand_up(fragments: Iterable[Fragment]) -> Iterable[Fragment]:
    """Make columns of vertical text of characters that were written one below the other."""
    stack: list[Fragment] = []
    for fragment in fragments:
        if stack and not _stands_below(stack[-1], fragment):
            yield from _unstack(stack)
            stack = []
        stack.append(fragment)
    yield from _unstack(stack)


def _stands_below(upper: Fragment, lower: Fragment) -> bool:
    size = upper.size
    return (
        upper.glyphs == lower.glyphs == 1
        and upper.turn == lower.turn == 0
        and abs(upper.start + upper.end - lower.start - lower.end) < 0.4 * size
        and 0.6 * size < lower.across - upper.across < 1.6 * size
    )


def _unstack(stack: list[Fragment]) -> Iterable[Fragment]:
    if len(stack) < _MIN_STACK:
        return stack
    first, last = stack[0], stack[-1]
    joined = Fragment(
        start=first.across - first.size,
        end=last.across,
        across=-(first.start + first.end) / 2,
        size=first.size,
        turn=1,
        parts=[part for each in stack for part in each.parts],
        sizes={first.size: len(stack)},
        bold=sum(each.bold for each in stack),
        glyphs=len(stack),
    )
    return [joined]


def _make_rows(fragments: Sequence[Fragment]) -> list[Row]:
    rows: list[Row] = []
    for fragment in fragments:
        if rows and _beside(rows[-1][-1], fragment):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return rows


def _beside(left: Fragment, right: Fragment) -> bool:
    size = min(left.size, right.size)
    same_line = left.turn == right.turn and abs(left.across - right.across) < size / 2
    return same_line and right.start > left.end - size / 2


def _read_by_column(rows: list[Row]) -> Iterable[Row]:
    """Read rows that go across columns of text column by column."""
    at = 0
    while at < len(rows):
        end = _end_of_columns(rows, at)
        if end - at >= _MIN_ROWS and _are_text(rows[at:end]):
            starts = [each.start for each in rows[at]]
            placed = [(_column(each, starts), each) for row in rows[at:end] for each in row]
            yield from ([each] for _, each in sorted(placed, key=lambda pair: pair[0]))
            at = end
        else:
            yield rows[at]
            at += 1


def _end_of_columns(rows: list[Row], at: int) -> int:
    """Return the row before which the columns that begin at a row end."""
    first = rows[at]
    if len(first) == 1:
        return at
    starts, end = [each.start for each in first], at + 1
    while end < len(rows):
        row, above = rows[end], rows[end - 1][0]
        step = row[0].across - above.across
        fits = all(min(abs(each.start - start) for start in starts) < 3 * each.size for each in row)
        if not (fits and row[0].turn == above.turn and 0 < step < 4 * above.size):
            break
        end += 1
    return end


def _are_text(rows: list[Row]) -> bool:
    """Check whether the columns of some rows are text that goes on from line to line, and no table."""
    starts = [each.start for each in rows[0]]
    placed = sorted(((_column(each, starts), each) for row in rows for each in row), key=lambda pair: pair[0])
    columns = [[each for _, each in group] for _, group in groupby(placed, key=lambda pair: pair[0])]
    return all(len(column) >= _MIN_ROWS and _is_full(column) for column in columns)


def _is_full(column: list[Fragment]) -> bool:
    end, size = max(each.end for each in column), column[0].size
    if median(each.end - each.start for each in column) < _MIN_WIDTH * size:
        return False
    return sum(end - each.end < 2.5 * size for each in column) >= _FULL_SHARE * len(column)


def _column(fragment: Fragment, starts: Sequence[float]) -> int:
    return max(0, sum(start < fragment.start + 2 * fragment.size for start in starts) - 1)


def _is_tabular(rows: list[Row], at: int) -> bool:
    """Check whether a row is that of a table: others beside it have a cell at the same place."""
    row = rows[at]
    if len(row) == 1:
        return False
    near = [rows[other] for other in (at - 2, at - 1, at + 1, at + 2) if 0 <= other < len(rows)]
    places = {round(end / row[0].size) for each in row[1:] for end in (each.start, each.end)}
    return len(row) > 2 or any(
        len(other) > 1
        and any(round(end / row[0].size) in places for each in other[1:] for end in (each.start, each.end))
        for other in near
    )


def _split_row(row: Row) -> list[Row]:
    """Part what stands behind the end of a sentence, as the name of a reporter does."""
    parts = [[row[0]]]
    for fragment in row[1:]:
        if ends_sentence(parts[-1][-1].text):
            parts.append([fragment])
        else:
            parts[-1].append(fragment)
    return parts


def _make_line(row: Row, page: int, *, is_cell: bool) -> Line:
    sizes: dict[float, int] = {}
    for fragment in row:
        for size, count in fragment.sizes.items():
            sizes[size] = sizes.get(size, 0) + count
    return Line(
        text=" ".join(each.text for each in row),
        start=row[0].start,
        end=row[-1].end,
        across=row[0].across,
        size=max(sizes, key=lambda size: (sizes[size], size)),
        turn=row[0].turn,
        bold=sum(each.bold for each in row) * 5 >= sum(each.glyphs for each in row) * 4,
        page=page,
        is_cell=is_cell,
    )
