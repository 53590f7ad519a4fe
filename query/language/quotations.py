"""Pair the quotation marks of a query, also where they were typed, pasted or cut off wrongly.

A query is well formed when its only marks are "…" and ＂…＂, inside which two marks stand for one, and
“…”, 「…」 and 『…』 with none of their own kind inside. Everything else inside is taken literally.

In any other query, an opening mark that is closed by its own kind keeps this partner, and quotations
of its kind may be nested; but where a kind has an even number of marks and the first is a closing one,
none of them is paired this way. Each remaining mark, whatever its shape, is closed by the nearest
remaining mark after it: ”角瓜“, “角瓜", “角瓜“. A mark that is left over is unpaired and ignored.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

__all__ = ["QUOTATION_MARKS", "STRAIGHT_MARKS", "mend_quotations", "pair_quotations"]

QUOTATION_MARKS = '"＂“”「」『』'
"""All quotation marks of the query language."""

STRAIGHT_MARKS = '"＂'
"""The marks that open and close alike; inside, two of them stand for one."""

_CLOSING = {"“": "”", "「": "」", "『": "』"}
_QUOTATION = re.compile(r'"(?:[^"]|"")*+"|＂(?:[^＂]|＂＂)*+＂|“[^“”]*+”|「[^「」]*+」|『[^『』]*+』')


def pair_quotations(query: str) -> dict[int, int | None]:
    """Map the position of each opening mark to that of its closing one, None for an unpaired mark.

    Marks inside a quotation are ordinary characters and are left out.
    """
    if not set(QUOTATION_MARKS) & set(_QUOTATION.sub("", query)):  # well formed
        return {found.start(): found.end() - 1 for found in _QUOTATION.finditer(query)}
    marks = [at for at, char in enumerate(query) if char in QUOTATION_MARKS]
    partners = _partners(query, marks)
    paired = {*partners, *partners.values()}
    free = [at for at in marks if at not in paired]
    found: dict[int, int | None] = {}
    end = -1
    for at in marks:
        if at > end:
            found[at] = partners.get(at) or _nearest_free(query, free, at)
            end = found[at] or at
    return found


def mend_quotations(query: str) -> str:
    """Write a query with the quotation marks that it is parsed with, or "" if it has these already.

    An unpaired mark is replaced by a blank if it separates two words.
    """
    chars = list(query)
    for at, end in pair_quotations(query).items():
        if end is None:
            chars[at] = " " if query[at - 1 : at].strip(" -－") else ""
        elif not _is_pair(query[at], query[end]):
            chars[at], chars[end] = "“”"
    read = "".join(chars)
    return "" if read == query else read.strip()


def _partners(query: str, marks: Sequence[int]) -> dict[int, int]:
    """Map the position of each opening mark to that of its closing mark of the same kind, nested or not."""
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


def _nearest_free(query: str, free: Sequence[int], at: int) -> int | None:
    """Find the mark that closes the one at `at` among the `free` ones, which have no partner.

    Where their number is odd, one of them stays unpaired: the one at `at` if the next two are a pair.
    """
    first = bisect_right(free, at)
    while first < len(free) and query[at] in STRAIGHT_MARKS and query.startswith(query[at] * 2, free[first]):
        first += 2
    behind = [query[position] for position in free[first : first + 2]]
    is_odd_one = len(behind) == 2 and (len(free) - first) % 2 == 0 and query[at] != behind[0]
    return None if not behind or (is_odd_one and _is_pair(*behind)) else free[first]


def _is_pair(first: str, second: str) -> bool:
    return _CLOSING.get(first) == second or (first == second and first in STRAIGHT_MARKS)
