"""Numbers written otherwise: 5% and 百分之五, 20大 and 二十大, 1200万 and 一千二百万."""

from __future__ import annotations

import re
from collections.abc import Callable

from indexer.text.folding import DECIMAL_POINT

__all__ = ["number_spellings"]

_DIGITS = "零一二三四五六七八九"
_VALUES = {char: value for value, char in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1_000}
_LONGEST = 4  # digits that are written out: what is counted in 万 and 亿 has no more
_NUMERAL = r"[零〇一二两三四五六七八九十百千]+"
_COUNTED = r"(?=[大届次年月日号个项条名位亿万千百元倍岁度])"
_SPELLINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (re.compile(rf"百分之({_NUMERAL}(?:点{_NUMERAL})?)"), lambda match: _percent(match[1])),
    (re.compile(rf"(\d+(?:{DECIMAL_POINT}\d+)?)%"), lambda match: _in_words(match[1], "百分之")),
    (re.compile(rf"(?<!百分之)({_NUMERAL}){_COUNTED}"), lambda match: _in_digits(match[1])),
    (re.compile(rf"(?<![\d{DECIMAL_POINT}])(\d+){_COUNTED}"), lambda match: _in_words(match[1])),
)


def number_spellings(folded: str) -> tuple[str, ...]:
    """List the other spellings of a folded text with numbers in it: all in digits, and all in words."""
    found = (
        spelling.sub(lambda match: write(match) or match[0], folded)  # noqa: B023 - called at once
        for spelling, write in _SPELLINGS
    )
    return tuple(text for text in dict.fromkeys(found) if text != folded)


def _percent(numeral: str) -> str | None:
    whole, point, fraction = numeral.partition("点")
    value = _in_digits(whole)
    return f"{value}{DECIMAL_POINT if point else ''}{_one_by_one(fraction)}%" if value else None


def _one_by_one(numeral: str) -> str:
    return "".join(str(_VALUES[char]) for char in numeral if char in _VALUES)


def _in_digits(numeral: str) -> str | None:
    """Write a numeral in digits: 二十 is 20, 二〇二五 is 2025; None for one that is no number."""
    if not set(numeral) & set(_TENS):
        return _one_by_one(numeral) if len(numeral) == 1 or "〇" in numeral or "零" in numeral else None
    total = digit = 0
    for char in numeral:
        if char in _TENS:
            total += (digit or 1) * _TENS[char]
            digit = 0
        else:
            digit = _VALUES[char]
    return str(total + digit)


def _in_words(number: str, before: str = "") -> str | None:
    """Write a number in words: 20 is 二十, 4.5 is 四点五; None for a large one, or one that begins with 0."""
    whole, point, fraction = number.partition(DECIMAL_POINT)
    if len(whole) > _LONGEST or (whole.startswith("0") and whole != "0"):
        return None
    digits = [int(char) for char in whole]
    units = ("", "十", "百", "千")
    parts = [
        _DIGITS[digit] + units[len(digits) - at - 1] if digit else "零" for at, digit in enumerate(digits)
    ]
    written = re.sub("零+", "零", "".join(parts)).rstrip("零") or "零"
    written = written.removeprefix("一") if written.startswith("一十") else written
    return before + written + ("点" + "".join(_DIGITS[int(char)] for char in fraction) if point else "")
