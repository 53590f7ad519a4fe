"""Measure how text is set: the size of the body, the margins of columns, the distance of lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from indexer.formats.pdf.characters import ends_sentence, is_chinese
from indexer.formats.pdf.lines import Line

__all__ = ["Column", "Layout", "begins_item", "measure", "part_columns"]

_SAME_SIZE = 0.08  # how much two sizes may differ and be the same
_INDENT = 0.8  # of the size: from here on a line is indented
_MAX_COLUMNS = 500  # of a page, beyond which it is a table, whose cells have their own margins
_MIN_LINES = 4  # a column that tells its margins by itself
_APART = 3.5  # of the size: lines that are farther from each other are not of one column
_NARROW = 7.5  # of the size: in a column that is no wider, each line stands by itself
_STEP = 1.7  # of the size: the distance of lines where nothing tells it
_SLACK = 0.6  # of the size: what may be left free at the end of a full line
_LOOSE = 2.0  # the same for a line that ends inside a sentence
_NEAR_END = 0.6  # the same, to tell text from lists
_FULL_SHARE = 0.45  # of the lines of a text reach its end, or nearly so; in a list, fewer do
_LATIN_WIDTH = 0.55  # of the size: a Latin letter, on average
_FIRST_LINES = 0.03  # of all lines are indented where paragraphs begin with an indent
_CLOSING = "，。、；：？！）〕】》〉」』”’…,.;:?!)]"
_ITEM = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[章节節条條款项項编編篇部]|[一二三四五六七八九十]{1,3}[、．.]|[(（](?:[一二三四五六七八九十\d]{1,3}|[a-zA-Z]|[ivx]{1,4})[)）]"
    r"|\d{1,3}[.．、)）](?!\d)|\d{1,2}(?:\.\d{1,2})+\s|[•●■◆▲▼►◀▪○□◇※‣⁃·–—-]|[\u2460-\u24ff\u2776-\u2793]|[a-zA-Z][.)]\s"
)


class Column(Struct):
    """Lines below each other, with the margins of their text and the distance from line to line."""

    lines: list[Line]
    left: float = 0.0
    right: float = 0.0
    step: float = 0.0
    ragged: bool = False

    def is_indented(self, line: Line) -> bool:
        """Check whether a line begins right of the margin."""
        return line.start > self.left + _INDENT * line.size

    def is_full(self, line: Line, following: Line) -> bool:
        """Check whether the first word of the following line had no room at the end of a line."""
        if self.ragged or self.right - self.left < _NARROW * line.size:
            return False
        room = self.right - line.end - _width_of_first(following)
        return room <= (_SLACK if ends_sentence(line.text) else _LOOSE) * line.size


class Layout(Struct):
    """How a document is set.

    `size`, `bold` and `step` are those of its body, `step` in units of the size. `indented` tells whether
    paragraphs begin with an indent.
    """

    size: float
    bold: bool
    indented: bool
    step: float
    columns: list[list[Column]]
    """The columns of each page."""


def begins_item(text: str) -> bool:
    """Check whether a text begins with a number or a mark of a list, an article or a section."""
    return _ITEM.match(text) is not None


def same_size(line: Line, other: Line) -> bool:
    """Check whether two lines are of one size."""
    return abs(line.size - other.size) <= _SAME_SIZE * max(line.size, other.size)


def measure(pages: Sequence[Sequence[Line]]) -> Layout:
    """Measure a document, given the lines of each page without furniture."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    all_lines = [line for lines in pages for line in lines]
    for line in [line for line in all_lines if not line.is_cell] or all_lines:  # tables are set small
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
    for line in (line for line in all_lines if abs(line.size - size) <= _SAME_SIZE * size):
        bold[line.bold] += len(line.text)
    columns = [part_columns(lines) for lines in pages]
    _borrow_margins(columns)
    return Layout(size, bold[True] > bold[False], _indents(columns), _usual_step(columns), columns)


def _usual_step(pages: Sequence[Sequence[Column]]) -> float:
    """Return the distance of lines that most of them have, in units of their size."""
    long = (each for page in pages for each in page if len(each.lines) >= _MIN_LINES)
    steps = [column.step / line.size for column in long for line in column.lines]
    return median(steps) if steps else _STEP


def part_columns(lines: Iterable[Line]) -> list[Column]:
    """Part the lines of a page where one does not stand below the other, and measure the parts."""
    columns: list[Column] = []
    for line in lines:
        if columns and _stands_below(columns[-1].lines[-1], line):
            columns[-1].lines.append(line)
        else:
            columns.append(Column([line]))
    for column in columns:
        _measure_column(column)
    return columns


def _stands_below(upper: Line, lower: Line) -> bool:
    return (
        lower.turn == upper.turn
        and same_size(upper, lower)
        and upper.size / 4 < lower.across - upper.across < _APART * upper.size
        and lower.start < upper.end
        and lower.end > upper.start
    )


def _measure_column(column: Column) -> None:
    size = Counter(line.size for line in column.lines for _ in line.text).most_common(1)[0][0]
    own = [line for line in column.lines if abs(line.size - size) <= _SAME_SIZE * size]
    starts = sorted(line.start for line in own)
    ends = sorted((line.end for line in own), reverse=True)
    column.left = next((one for one, other in pairwise(starts) if other - one < size / 4), starts[0])
    column.right = next((one for one, other in pairwise(ends) if one - other < 2 * size), ends[0])
    steps = [
        below.across - line.across
        for line, below in pairwise(column.lines)
        if same_size(line, below) and below.across - line.across < 3 * line.size
    ]
    full = [
        column.right - line.end - _width_of_first(below) < _NEAR_END * size for line, below in pairwise(own)
    ]
    column.ragged = len(own) >= _MIN_LINES and sum(full) < _FULL_SHARE * len(full)
    column.step = median(steps) if len(steps) > 1 else _STEP * size


def _borrow_margins(pages: Sequence[Sequence[Column]]) -> None:
    """Give short columns the margins of a long one, of the same page or another, that they stand in."""
    known = [[each for each in page if len(each.lines) >= _MIN_LINES and not each.ragged] for page in pages]
    common = Counter(
        (round(each.left), round(each.right)) for page in known for each in page for _ in each.lines
    )
    usual = [margins for margins, _ in common.most_common(4)]
    for page, own in zip(pages, known, strict=True):
        if len(page) > _MAX_COLUMNS:
            continue
        margins = [(each.left, each.right) for each in own]
        for column in page:
            if len(column.lines) < _MIN_LINES or column.ragged:
                fitting = (each for each in (*margins, *usual) if _fits(column, each, page))
                borrowed = next(fitting, None)
                if borrowed:
                    column.left, column.right = borrowed
                    column.ragged = False


def _fits(column: Column, margins: tuple[float, float], page: Sequence[Column]) -> bool:
    """Check whether a column stands inside margins, and nothing else does beside it."""
    first, last = column.lines[0], column.lines[-1]
    if margins[0] - first.size > column.left or column.right > margins[1] + first.size:
        return False
    return not any(
        other.lines[0].across < last.across + last.size / 2
        and other.lines[-1].across > first.across - first.size / 2
        and column.right < other.lines[0].start < margins[1]
        for other in page
    )


def _indents(pages: Sequence[Sequence[Column]]) -> bool:
    """Check whether paragraphs begin with an indent of one to three characters."""
    lines = [(column, line) for page in pages for column in page for line in column.lines]
    count = sum(_INDENT < (line.start - column.left) / (line.size or 1) < 3.5 for column, line in lines)
    return count > _FIRST_LINES * len(lines)


def _width_of_first(line: Line) -> float:
    """Estimate how wide the first word of a line is; a closing mark does not stand at the start of a line."""
    text = line.text
    if is_chinese(text[0]):
        return line.size * (2 if text[1:2] and text[1] in _CLOSING else 1)
    word = re.match(r"[^\s\u2e80-\uffff]*", text)
    return line.size * _LATIN_WIDTH * (len(word[0]) + 1 if word else 1)
