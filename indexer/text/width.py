"""The columns that a text takes on a terminal, by the East Asian width of Unicode (UAX 11)."""

from __future__ import annotations

import unicodedata

__all__ = ["width_of"]

_WIDE = ("W", "F")
_ZERO_WIDTH = ("Mn", "Me", "Cf", "Cc")  # combining marks, and characters that are not shown


def width_of(text: str) -> int:
    """Count the columns that a text takes.

    A library for this takes longer to import than a whole search takes to answer.
    """
    return sum(map(_char_width, text))


def _char_width(char: str) -> int:
    if unicodedata.east_asian_width(char) in _WIDE:
        return 2
    return 0 if unicodedata.category(char) in _ZERO_WIDTH else 1
