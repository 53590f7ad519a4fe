"""How many columns of a terminal a text takes, by the East Asian width of Unicode (UAX 11)."""

from __future__ import annotations

import unicodedata

__all__ = ["width_of"]

_WIDE = ("W", "F")
_NONE = ("Mn", "Me", "Cf", "Cc")  # marks on the character before, and what is not shown


def width_of(text: str) -> int:
    """Return the columns that a text takes.

    A library for this takes longer to import than a whole search takes to answer.
    """
    return sum(map(_width, text))


def _width(char: str) -> int:
    if unicodedata.east_asian_width(char) in _WIDE:
        return 2
    return 0 if unicodedata.category(char) in _NONE else 1
