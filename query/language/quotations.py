"""Which quotation marks of a query belong together, also where they are typed, pasted or cut off wrongly.

A query is well formed when it has no other marks than "…" and ＂…＂, in which two stand for one, and
“…”, 「…」 and 『…』 with none of their own kind inside. Whatever else stands inside is taken literally.

In any other query, an opening mark that has its own partner keeps it, with quotations of its kind
nested; but where the marks of a kind are even in number and begin with a closing one, none has. Every
other mark, whatever its shape, is closed by the nearest one behind it that has no partner either:
”角瓜“, “角瓜", “角瓜“. One that is left over stands alone and means nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

__all__ = ["MARKS", "STRAIGHT", "mended", "quotations"]

MARKS = '"＂“”「」『』'
"""All quotation marks that the language knows."""

STRAIGHT = '"＂'
"""Those that close what they open; inside, two of them stand for one."""

_CLOSING = {"“": "”", "「": "」", "『": "』"}
_QUOTATION = re.compile(r'"(?:[^"]|"")*+"|＂(?:[^＂]|＂＂)*+＂|“[^“”]*+”|「[^「」]*+」|『[^『』]*+』')


def quotations(query: str) -> dict[int, int | None]:
    """Map the place of each mark that opens a quotation to where that closes, None for one that stands alone.

    Marks inside a quotation are characters like any other.
    """
    if not set(MARKS) & set(_QUOTATION.sub("", query)):  # well formed
        return {found.start(): found.end() - 1 for found in _QUOTATION.finditer(query)}
    marks = [at for at, char in enumerate(query) if char in MARKS]
    partners = _partners(query, marks)
    paired = {*partners, *partners.values()}
    free = [at for at in marks if at not in paired]
    found: dict[int, int | None] = {}
    end = -1
    for at in marks:
        if at > end:
            found[at] = partners.get(at) or _nearest(query, free, at)
            end = found[at] or at
    return found


def mended(query: str) -> str:
    """Write a query with the marks that it is read with, as far as they are others than it has; else "".

    A mark that stands alone leaves a blank where it divides two words.
    """
    chars = list(query)
    for at, end in quotations(query).items():
        if end is None:
            chars[at] = " " if query[at - 1 : at].strip(" -－") else ""
        elif not _is_pair(query[at], query[end]):
            chars[at], chars[end] = "“”"
    read = "".join(chars)
    return "" if read == query else read.strip()


def _partners(query: str, marks: Sequence[int]) -> dict[int, int]:
    """Map every opening mark that is closed by one of its kind to that one, however they are nested."""
    partners: dict[int, int] = {}
    for opening, closing in _CLOSING.items():
        own = [at for at in marks if query[at] in (opening, closing)]
        if own and query[own[0]] == closing and len(own) % 2 == 0:  # ”甲“和”乙“: 和 is not what they quote
            continue
        opened: list[int] = []
        for at in own:
            if query[at] == opening:
                opened.append(at)
            elif opened:
                partners[opened.pop()] = at
    return partners


def _nearest(query: str, free: Sequence[int], at: int) -> int | None:
    """Return the place of the mark that closes the one at `at`, out of the `free` ones without a partner.

    Where their number is odd, one of them stands alone: it is `at` if two behind it make a pair.
    """
    first = bisect_right(free, at)
    while first < len(free) and query[at] in STRAIGHT and query.startswith(query[at] * 2, free[first]):
        first += 2
    behind = [query[place] for place in free[first : first + 2]]
    is_odd_one = len(behind) == 2 and (len(free) - first) % 2 == 0 and query[at] != behind[0]
    return None if not behind or (is_odd_one and _is_pair(*behind)) else free[first]


def _is_pair(first: str, second: str) -> bool:
    return _CLOSING.get(first) == second or (first == second and first in STRAIGHT)
