"""Join lines into paragraphs: across lines, columns and pages, and past what stands between."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from indexer.formats.pdf.characters import ends_sentence, join_lines
from indexer.formats.pdf.furniture import PageLines
from indexer.formats.pdf.layout import Column, Layout, begins_item, same_size
from indexer.formats.pdf.lines import Line

__all__ = ["Draft", "join_paragraphs"]

_LEADERS = re.compile(r"[.．…·]{3,}\s*[\w-]{0,6}$")  # dots that lead to the number of a page
_LEADERS_END = 12  # characters from the end that hold some of them

_GAP = 1.4  # of the usual distance: from here on a paragraph is set apart
_INDENT = 0.8  # of the size
_FAR = 1.8  # of the distance that most lines of the document have: no paragraph is set so wide
_DEEPEST = 4.5  # of the size: a paragraph begins no farther from the margin
_MIN_WIDTH = 8  # of the size: in a narrower column, nothing goes on elsewhere
_HEADING = 1.12  # of the size of the body: from here on, lines belong to a heading
_MAX_LINES = 1_000  # of a paragraph; what is longer is none
_LONGEST_LABEL = 16  # of the size
_CELL_LINES = 4  # a cell has no more lines before the one beside it
_MIN_CELL = 0.5  # of the size: what parts two cells


class Draft(Struct):
    """A paragraph in the making, with the columns that its lines stand in."""

    lines: list[Line]
    column: Column
    is_cell: bool = False
    is_furniture: bool = False
    text: str = ""
    left: float = 0.0

    @property
    def last(self) -> Line:
        """The last line."""
        return self.lines[-1]

    def add(self, line: Line, column: Column) -> None:
        """Join a line to the paragraph."""
        if not self.lines:
            self.left = column.left
        self.text = join_lines(self.text, line.text)
        self.lines.append(line)
        self.column = column


def join_paragraphs(pages: Sequence[PageLines], layout: Layout) -> list[Draft]:
    """Join the lines of a document into drafts, in reading order, furniture where its page begins or ends."""
    joiner = _Joiner(layout)
    for page, columns in zip(pages, layout.columns, strict=True):
        joiner.set_apart(page.headers)
        for column in columns:
            for at, line in enumerate(column.lines):
                joiner.add(line, column, column.lines[at + 1 : at + 2])
        joiner.set_apart(page.footers)
    return joiner.drafts


class _Joiner:
    """Joins one line after the other. `open` is the paragraph that the next line may belong to."""

    def __init__(self, layout: Layout) -> None:
        self.drafts: list[Draft] = []
        self._layout = layout
        self._open: Draft | None = None
        self._suspended: Draft | None = None

    def set_apart(self, lines: Sequence[Line]) -> None:
        """Deliver furniture without ending a paragraph."""
        for line in lines:
            draft = Draft([], Column([line]), is_furniture=True)
            draft.add(line, draft.column)
            self.drafts.append(draft)

    def add(self, line: Line, column: Column, below: Sequence[Line]) -> None:
        """Join a line to the open paragraph, to the one that was left unfinished, or begin another."""
        draft = self._open
        if draft is not None and len(draft.lines) >= _MAX_LINES:
            draft = None
        if draft is not None and self._continues(draft, line, column, below):
            draft.add(line, column)
            return
        suspended = self._suspended
        if suspended is not None and suspended is not draft and self._goes_over(suspended, line, column):
            suspended.add(line, column)
            self._open, self._suspended = suspended, None
            return
        self._begin(line, column)

    def _begin(self, line: Line, column: Column) -> None:
        before = self._open
        draft = Draft([], column, is_cell=line.is_cell)
        draft.add(line, column)
        headline = line.size > _HEADING * self._layout.size
        if before is not None and not headline and _are_cells(before, line):
            before.is_cell = draft.is_cell = True
        if before is not None and not before.is_cell and _is_body(before, self._layout):
            self._suspended = before
        if headline or (not draft.is_cell and _is_body(draft, self._layout)):
            self._suspended = None  # what was left unfinished does not go on behind a headline, or the body
        self._open = draft
        self.drafts.append(draft)

    def _continues(self, draft: Draft, line: Line, column: Column, below: Sequence[Line]) -> bool:
        if draft.last.page != line.page or draft.column is not column:
            if _are_cells(draft, line) or _stands_lower(draft.last, line):
                return False
            return not draft.is_cell and not line.is_cell and self._goes_over(draft, line, column)
        if not _is_near(draft, line, column, self._layout.step * line.size):
            return False
        if draft.is_cell or line.is_cell:
            return _goes_on_in_cell(draft, line)
        if line.size > _HEADING * self._layout.size:
            return not begins_item(line.text)
        return _goes_on_below(draft, line, column, below)

    def _goes_over(self, draft: Draft, line: Line, column: Column) -> bool:
        """Check whether a line at the top of a column, or behind something else, goes on with a paragraph."""
        last = draft.last
        if line.is_cell or not same_size(last, line) or last.bold != line.bold or last.turn != line.turn:
            return False
        if begins_item(line.text) or self._is_set_apart(draft, line, column):
            return False
        if draft.column.step > _FAR * self._layout.step * line.size or _stands_alone(last):
            return False
        wide = max(each.end - each.start for each in draft.lines)
        if draft.lines[0].start > draft.left + _DEEPEST * line.size or wide < _MIN_WIDTH * line.size:
            return False
        if ends_sentence(last.text):
            return self._layout.indented and draft.column.is_full(last, line)
        return draft.column.is_full(last, line) or last.text.endswith(("，", "、", ","))

    @staticmethod
    def _is_set_apart(draft: Draft, line: Line, column: Column) -> bool:
        """Check whether a line is indented, and more so than the paragraph before it."""
        indent = draft.last.start - draft.column.left if len(draft.lines) > 1 else 0.0
        return line.start - column.left > max(indent, 0.0) + _INDENT * line.size


def _stands_lower(last: Line, line: Line) -> bool:
    return last.page == line.page and last.turn == line.turn and line.across > last.across


def _is_body(draft: Draft, layout: Layout) -> bool:
    return abs(draft.last.size - layout.size) < (_HEADING - 1) * layout.size


def _is_near(draft: Draft, line: Line, column: Column, step: float) -> bool:
    """Check whether a line is no farther below a paragraph than lines are here, nor than they mostly are."""
    last = draft.last
    if not same_size(last, line) or last.bold != line.bold:
        return False
    usual = max(column.step, line.size) if column.step < 2.2 * line.size else column.step
    return line.across - last.across <= min(_GAP * usual, _FAR * max(step, line.size))


def _goes_on_below(draft: Draft, line: Line, column: Column, below: Sequence[Line]) -> bool:
    last, first = draft.last, draft.lines[0]
    if _stands_alone(last) or not column.is_full(last, line):
        return False
    if begins_item(line.text) and (ends_sentence(last.text) or begins_item(first.text)):
        return False
    indent = _INDENT * line.size
    if line.start < last.start - indent:
        return last is first or not ends_sentence(last.text)
    if not column.is_indented(line):
        return True
    if line.start > last.start + indent:
        hangs = not below or abs(below[0].start - line.start) < indent
        return last is first and begins_item(first.text) and (hangs or not ends_sentence(last.text))
    return last is not first or not ends_sentence(last.text)


def _stands_alone(line: Line) -> bool:
    """Check whether a line names what stands behind it, or is one of a table of contents."""
    label = line.text.endswith(("：", ":")) and line.end - line.start < _LONGEST_LABEL * line.size
    return label or _LEADERS.search(line.text[-_LEADERS_END:]) is not None


def _goes_on_in_cell(draft: Draft, line: Line) -> bool:
    last = draft.last
    inside = line.start < last.end and line.end > last.start
    short = last.end - last.start < _MIN_WIDTH * line.size
    if begins_item(line.text) or (short and len(draft.lines) >= _CELL_LINES):
        return False
    return inside and not _stands_alone(last)


def _are_cells(draft: Draft, line: Line) -> bool:
    """Check whether a line stands beside a paragraph, as the next cell of a row does."""
    last, first = draft.last, draft.lines[0]
    if last.page != line.page or last.turn != line.turn or len(draft.lines) > _CELL_LINES:
        return False
    room = _MIN_CELL * line.size
    right, left = max(each.end for each in draft.lines), min(each.start for each in draft.lines)
    beside = line.start > right + room or line.end < left - room
    return beside and first.across - line.size / 2 < line.across < last.across + line.size / 2
