"""Chinese and Arabic numerals up to 999, as dates, terms and sittings are numbered."""

from __future__ import annotations

__all__ = ["NUMERAL", "parse_numeral"]

NUMERAL = r"(?:\d{1,3}|[〇零一二三四五六七八九十百]{1,6})"
"""A pattern that matches one numeral."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_MULTIPLIERS = {"十": 10, "百": 100}


def parse_numeral(text: str) -> int:
    """Parse a numeral such as 14, １４, 十四 or 二〇.

    Raise `KeyError` for a character that no numeral has.
    """
    if text.isdecimal():
        return int(text)
    total = 0
    digit: int | None = None
    for char in text:
        if char in _MULTIPLIERS:
            total += (1 if digit is None else digit) * _MULTIPLIERS[char]
            digit = None
        else:
            digit = (digit or 0) * 10 + _DIGITS[char]
    return total + (digit or 0)
