"""Chinese and Arabic numerals for the small numbers of dates, terms and sittings."""

from __future__ import annotations

__all__ = ["NUMERAL", "parse_numeral"]

NUMERAL = r"(?:\d{1,3}|[〇零一二三四五六七八九十百]{1,6})"
"""A pattern for one."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100}


def parse_numeral(text: str) -> int:
    """Return the value of a numeral such as 14, 十四 or 二〇; NFKC digits are fine too."""
    if text.isdecimal():
        return int(text)
    total = 0
    digit: int | None = None
    for char in text:
        if char in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        else:
            digit = (digit or 0) * 10 + _DIGITS[char]
    return total + (digit or 0)
