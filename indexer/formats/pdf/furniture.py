"""Find running headers, footers and page numbers: what stands at the same place of several pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from indexer.formats.pdf.lines import Line

__all__ = ["PageLines", "part_furniture"]

_EDGE = 0.15  # of the height of a page: headers and footers stand within
_ROWS = 4  # from the edge in which they stand
_SHIFT = 0.015  # of the height: how far they may be from where they stand on other pages
_REPEATS = 3  # pages on which something stands, or all pages of a short file
_STEADY = 0.6  # of the numbers at one place are as far apart as their pages, if they are page numbers
_INSIDE = ("。", "；", "，", "、", "：")  # what ends in these is part of a text, unless most pages have it
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(?:[(（]\d{1,5}[)）]\s*-\s*|\d{1,3}\s*-\s*)?(\d{1,5})(?:\s*/\s*\d{1,5})?\W*")
_BLANK_PAGE = re.compile(r"\W*[此本][页頁](?:空白|留空|无正文|無正文)\W*")


class PageLines(Struct):
    """The lines of a page of the height `height`, parted into headers, body and footers."""

    height: float
    body: list[Line]
    headers: list[Line] = []
    footers: list[Line] = []


def part_furniture(pages: Sequence[PageLines]) -> None:
    """Move running headers, footers and page numbers out of the bodies of `pages`."""
    places: dict[tuple[bool, int, str], list[Line]] = defaultdict(list)
    for page in pages:
        for is_top in (True, False):
            for line in _edge_lines(page, is_top=is_top):
                places[is_top, line.turn, _DIGITS.sub("0", line.text)].append(line)
    height = {line.page: page.height for page in pages for line in page.body}
    found: dict[int, bool] = {}
    for (is_top, _, skeleton), lines in places.items():
        for group in _at_same_place(lines, height):
            if _is_repeated(group, len(pages), skeleton):
                found.update((id(line), is_top) for line in group)
    for page in pages:
        found.update((id(line), True) for line in page.body if _BLANK_PAGE.fullmatch(line.text))
        page.headers = [line for line in page.body if found.get(id(line)) is True]
        page.footers = [line for line in page.body if found.get(id(line)) is False]
        page.body = [line for line in page.body if id(line) not in found]


def _edge_lines(page: PageLines, *, is_top: bool) -> list[Line]:
    """Return the lines of the outermost rows at the top or the bottom of a page."""
    edge = page.height * _EDGE
    upright = [line for line in page.body if line.turn == 0]
    near = [line for line in upright if (line.across < edge if is_top else line.across > page.height - edge)]
    outermost: list[Line] = []
    rows = 0
    for line in sorted(near, key=lambda line: line.across, reverse=not is_top):
        rows += not outermost or abs(line.across - outermost[-1].across) > line.size / 2
        if rows > _ROWS:
            break
        outermost.append(line)
    return outermost


def _at_same_place(lines: list[Line], height: dict[int, float]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.across, line.page)):
        if groups and line.across - groups[-1][0].across < _SHIFT * height[line.page]:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _is_repeated(group: list[Line], pages: int, skeleton: str) -> bool:
    repeats = len({line.page for line in group})
    if repeats < max(2, min(_REPEATS, pages)):
        return False
    if any(char.isalpha() for char in skeleton):
        return not skeleton.endswith(_INSIDE) or repeats > pages / 2
    numbers = [(line.page, _PAGE_NUMBER.fullmatch(line.text)) for line in group]
    steps = [int(number[1]) - page for page, number in numbers if number]
    # Where numbers begin anew with each part, those next to each other are one apart.
    ordered = sorted((page, int(number[1])) for page, number in numbers if number)
    follow = sum(below - above == later - earlier for (earlier, above), (later, below) in pairwise(ordered))
    steady = max(map(steps.count, {*steps}), default=0) >= _STEADY * len(group)
    return bool(steps) and (steady or follow >= _STEADY * (len(group) - 1))
