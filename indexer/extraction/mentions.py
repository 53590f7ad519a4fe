"""Find the people who are named in a text and do not speak in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.names import NAMES, is_name, split_names
from indexer.extraction.patterns import POSITION
from indexer.extraction.word_lists import PARTICLES

__all__ = ["mentions"]

# People named with an office, as somebody elected, or as somebody approved.
_OFFICE_LAST = re.compile(rf"总书记|同志|{POSITION}(?!会)|代表(?=政协|人大|市|省|县|区|国务院)")
_OFFICE_FIRST = re.compile(
    rf"{POSITION}(?P<names>{NAMES})(?=[，。、；：（）“”\s]|等|同志|在|率|主持|出席|参加|作|$)"
)
_ELECTED = re.compile(
    rf"(?:选举|批准|任命|免去|推选|决定任命|接受)(?P<names>{NAMES})(?=为|代表|所作|辞去|的|任)"
)


def mentions(text: str, speakers: Sequence[str], segmenter: Segmenter) -> tuple[str, ...]:
    """List the people named in a text, less its `speakers`, in the order of their first occurrence."""
    offsets: dict[str, int] = {}
    for pattern in (_OFFICE_FIRST, _ELECTED):
        for match in pattern.finditer(text):
            for name in split_names(match["names"], segmenter):
                offsets.setdefault(name, text.find(name))
    for match in _OFFICE_LAST.finditer(text):
        for name in _name_ending_at(text, match.start(), segmenter):
            offsets.setdefault(name, text.find(name))
    silent = (name for name in offsets if not name.startswith(tuple(speakers)))  # 张华说 is no name
    return tuple(sorted(silent, key=offsets.__getitem__))


def _name_ending_at(text: str, end: int, segmenter: Segmenter) -> list[str]:
    """List the one name that ends at `end`, the longer of two candidates, or none where it cuts a word."""
    for start in (end - 3, end - 2):
        if start >= 0 and is_name(text[start:end], segmenter) and text[start] not in PARTICLES:
            return [] if segmenter.cuts_word(text, start, end) else [text[start:end]]
    return []
