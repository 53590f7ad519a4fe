"""Join the fragments of a page into printed lines, in the order in which the file was written.

That is the order of reading, even in newspapers.
"""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from indexer.formats.pdf.characters import ends_sentence, is_chinese, without_letter_gaps
from indexer.formats.pdf.columns import read_by_column
from indexer.formats.pdf.fragments import Fragment

__all__ = ["Line", "make_lines"]

Row = list[Fragment]

_FAR = 5  # of the size: what is farther apart on a row is no one line
_MARK = re.compile(
    r"\(?[\da-zA-Z]{1,3}[.)]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.]|\d{1,2}(?:\.\d{1,2})+"
    r"|[•●■◆▪○□–-]"
)
_MAX_CELLS = 200  # of a row; no page has as many
_ASCENT = 0.88  # of the size: how high a character stands above the line
_OFF_AXIS = 0.7  # of the size: how far a mark may be from the middle of a column of vertical text
_OVERLAP = 0.75  # of the size: how far a mark may reach into the room of the one above
_MIN_STACK = 3  # single characters below each other are a column of vertical text from here on


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
    rows = [_join_mark(row) for row in _make_rows(read_by_column([*_stand_up(fragments)]))]
    tabular = [_is_tabular(rows, at) for at in range(len(rows))]
    lines = []
    for row, is_table in zip(rows, tabular, strict=True):
        parts = [[each] for each in row] if is_table else _split_row(row)
        lines += [_make_line(part, page, is_cell=is_table) for part in parts]
    return lines


def _stand_up(fragments: Iterable[Fragment]) -> Iterator[Fragment]:
    """Make columns of vertical text of characters that were drawn upright, one below the other."""
    stack: list[tuple[Fragment, Fragment]] = []  # as drawn, and as a part of vertical text
    for fragment in fragments:
        upright = _turn(fragment)
        if stack and not (upright and _stands_below(stack[-1][1], upright)):
            yield from _unstack(stack)
            stack = []
        if upright is None:
            yield fragment
        else:
            stack.append((fragment, upright))
    yield from _unstack(stack)


def _turn(fragment: Fragment) -> Fragment | None:
    """See a single Chinese character as a piece of vertical text. Return None for what cannot be one."""
    if fragment.turn == 1:
        return fragment
    if fragment.turn or fragment.glyphs != 1 or not is_chinese(fragment.parts[0]):
        return None
    top, size = fragment.across - _ASCENT * fragment.size, fragment.size
    middle = (fragment.start + fragment.end) / 2
    return replace(fragment, start=top, end=top + size, across=-middle, turn=1)


def _stands_below(upper: Fragment, lower: Fragment) -> bool:
    size = upper.size
    return (
        abs(upper.across - lower.across) < _OFF_AXIS * size
        and abs(size - lower.size) < size / 4
        and -_OVERLAP * size < lower.start - upper.end < size
    )


def _unstack(stack: list[tuple[Fragment, Fragment]]) -> Iterator[Fragment]:
    if sum(upright.glyphs for _, upright in stack) < _MIN_STACK:
        yield from (fragment for fragment, _ in stack)
        return
    if not stack:
        return
    uprights = [upright for _, upright in stack]
    sizes: Counter[float] = Counter()
    for upright in uprights:
        sizes.update(upright.sizes)
    yield Fragment(
        start=uprights[0].start,
        end=max(each.end for each in uprights),
        across=median(each.across for each in uprights),
        size=uprights[0].size,
        turn=1,
        parts=[part for each in uprights for part in each.parts],
        sizes=dict(sizes),
        bold=sum(each.bold for each in uprights),
        glyphs=sum(each.glyphs for each in uprights),
    )


def _make_rows(fragments: Iterable[Fragment]) -> list[Row]:
    rows: list[Row] = []
    for fragment in fragments:
        if rows and len(rows[-1]) < _MAX_CELLS and all(_beside(each, fragment) for each in rows[-1]):
            insort(rows[-1], fragment, key=lambda each: each.start)
        else:
            rows.append([fragment])
    return rows


def _beside(one: Fragment, other: Fragment) -> bool:
    size = min(one.size, other.size)
    same_line = one.turn == other.turn and abs(one.across - other.across) < size / 2
    return same_line and (other.start > one.end - size / 2 or other.end < one.start + size / 2)


def _join_mark(row: Row) -> Row:
    """Join the number or the mark of an item with its text, however far it is."""
    if len(row) == 1 or not _MARK.fullmatch(row[0].text) or not any(map(str.isalpha, row[1].text)):
        return row
    mark, text = row[:2]
    sizes = {size: mark.sizes.get(size, 0) + text.sizes.get(size, 0) for size in {*mark.sizes, *text.sizes}}
    joined = replace(
        text,
        start=mark.start,
        parts=[*mark.parts, " ", *text.parts],
        sizes=sizes,
        bold=mark.bold + text.bold,
        glyphs=mark.glyphs + text.glyphs,
    )
    return [joined, *row[2:]]


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
    """Part what is far apart, numbers, and what stands behind the end of a sentence, as a reporter's name."""
    parts = [[row[0]]]
    for fragment in row[1:]:
        before = parts[-1][-1]
        numbers = not any(map(str.isalpha, before.text + fragment.text))
        far = fragment.start - before.end > _FAR * max(fragment.size, before.size)
        if far or numbers or ends_sentence(before.text):
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
        text=without_letter_gaps(" ".join(each.text for each in row)),
        start=row[0].start,
        end=row[-1].end,
        across=row[0].across,
        size=max(sizes, key=lambda size: (sizes[size], size)),
        turn=row[0].turn,
        bold=sum(each.bold for each in row) * 5 >= sum(each.glyphs for each in row) * 4,
        page=page,
        is_cell=is_cell,
    )
