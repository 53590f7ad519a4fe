"""Lead-ins: the lines that announce an enumeration, such as 主要预期目标是：, and the items below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.pages.line_shapes import is_news_lead, is_salutation
from indexer.pages.piece import Piece
from indexer.text.folding import fold_in_place

__all__ = ["find_lead_ins", "leads_in"]

_SHORTEST = 6  # characters: 答： and 图片： announce no enumeration
_LONGEST = 200  # characters of what can be shown above an item
_ENDING = 8  # characters that show whether a piece announces or goes on
_MARKS = (
    r"[一二三四五六七八九十百]+、",
    r"\([一二三四五六七八九十百]+\)",
    r"\d{1,3}[.、](?!\d)",
    r"\(\d{1,3}\)",
    r"[①-⑳]",
    r"第[一二三四五六七八九十]+[,，]",
    r"[一二三四五六七八九十]+[是要][,，]?",
    r"[■□◎●◆▲☆★※·•—-]",
)
_FLOOR = re.compile(r"[^,。;!?]{0,24}(?:委员|代表|议员|主席|先生|女士):|各[^。;!?]*:")
_MARK = re.compile("|".join(f"({mark})" for mark in _MARKS))


def find_lead_ins(pieces: Sequence[Piece]) -> list[str | None]:
    """Find for each piece of an article the lead-in that it is an item of, None for the others.

    The piece below a lead-in is its item; so is the next one with a mark of the same style (一、, (1), ①),
    and without marks the next one as long as the last ended in a semicolon. Items may lead in items again.
    """
    found: list[str | None] = []
    open_: list[_Enumeration] = []
    for piece in pieces:
        if piece.kind != "body":
            if piece.kind != "fragment":
                open_.clear()
            found.append(None)
            continue
        style = _style(piece.text)
        while open_ and not open_[-1].goes_on(style):
            open_.pop()
        found.append(open_[-1].lead if open_ else None)
        if open_:
            open_[-1].add(style, piece.text)
        if leads_in(piece.text):
            open_.append(_Enumeration(piece.text))
    return found


def leads_in(text: str) -> bool:
    """Tell whether a paragraph announces what stands below it; one that names who has the floor does not."""
    return (
        fold_in_place(text[-1:]) == ":"
        and _SHORTEST <= len(text) <= _LONGEST
        and not is_salutation(text)
        and not is_news_lead(text)
        and not _FLOOR.fullmatch(fold_in_place(text))
    )


class _Enumeration:
    """A lead-in with the items found below it so far."""

    def __init__(self, lead: str) -> None:
        self.lead = lead
        self._style: int | None = None
        self._is_empty = True
        self._is_over = False

    def goes_on(self, style: int | None) -> bool:
        """Tell whether a piece that begins with a mark of this style, or with none, is the next item."""
        if self._is_empty:
            return True
        return style == self._style if self._style is not None else not self._is_over and style is None

    def add(self, style: int | None, text: str) -> None:
        """Take a piece as an item."""
        self._style = style if self._is_empty else self._style
        self._is_empty = False
        self._is_over = fold_in_place(text[-1:]) not in ";,"


def _style(text: str) -> int | None:
    """Return which of the marks of an item a text begins with, None without one."""
    mark = _MARK.match(fold_in_place(text[:_ENDING]))
    return mark.lastindex if mark else None
