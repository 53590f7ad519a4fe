"""The line above a text that says in one sentence when, in which session and by whom it was delivered."""

from __future__ import annotations

import re

__all__ = ["DAY", "SITTING", "delivery_line"]

DAY = r"[\d〇零一二三四五六七八九十年]{4,9}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日"
"""A pattern for a day with its year, in a folded text."""

SITTING = r"[^。;:!?]{0,40}(?:会议|大会|全会)"
"""A pattern for a session and what stands before it, in a folded text."""

_PART = r"[^,。;:!?]"
_LINE = re.compile(
    rf"[(\s-]*{DAY}\s*(?P<before>{_PART}{{0,40}}?)在{_PART}{{2,50}}?(?:会议|大会|全会)(?!第)上?\s*"
    rf"(?:的|(?P<behind>{_PART}{{2,40}}?)(?:所?作|向大会作)){_PART}{{0,12}}(?:报告|讲话|发言|致辞|演讲)[)。\s]*"
)
_LONGEST = 90  # characters


def delivery_line(folded: str) -> re.Match[str] | None:
    """Match such a line, folded in place; who delivers it stands in its group `before` or `behind`.

    ——某年某月某日某某市市长某某某在某某会议上的讲话; 某年某月某日在某某会议上市长某某某作政府工作报告.
    """
    return _LINE.fullmatch(folded) if len(folded) <= _LONGEST else None
