"""Recognise names of people, and split lists of them."""

from __future__ import annotations

import re

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.word_lists import COMPOUND_SURNAMES, SURNAMES
from indexer.text.folding import fold
from indexer.text.han import HAN

__all__ = [
    "NAME",
    "NAMES",
    "WORD_START",
    "is_name",
    "is_name_list",
    "is_spaced_list",
    "listed_people",
    "split_names",
]

NAME = rf"(?:{HAN}{{1,8}}(?:[·‧•・]{HAN}{{1,8}}?)+|{HAN}[ \u3000]{HAN}|{HAN}{{2,4}}?)"
"""A pattern for what may be a name; `is_name` decides."""
NAMES = rf"(?:{NAME}(?:[、，,]{NAME}){{0,30}})"
"""A pattern for what may be a list of names; `split_names` decides."""
WORD_START = rf"(?<!{HAN})(?<![A-Za-z0-9·‧•・])"
"""A look-behind: no character of a word stands directly before."""

_LISTED_NAME = 12  # characters of a name of a list, with the blanks around, or fewer
_DOT = re.compile(r"[·‧•・]")
_DOTTED_NAME = re.compile(rf"{HAN}{{1,8}}(?:[·‧•・]{HAN}{{1,8}})+")
_LIST_SEPARATOR = re.compile(r"[\s、，,/／；;]+")


def is_name(text: str, segmenter: Segmenter) -> bool:
    """Tell whether a text can be a full name: one or two surnames and a given name, or parts with dots.

    An ordinary word of the dictionary is no name, whatever it begins with (高校, 全体, 农民).
    """
    parts = _DOT.split(text)
    if len(parts) > 1:
        return all(re.fullmatch(rf"{HAN}{{1,8}}", part) for part in parts)
    folded = fold(text)
    if not re.fullmatch(rf"{HAN}{{2,4}}", folded) or segmenter.is_word(folded):
        return False
    if folded[:2] in COMPOUND_SURNAMES and len(folded) > 2:
        return True
    if len(folded) == 4:  # two surnames, of both families: 高金素某
        return folded[0] in SURNAMES and folded[1] in SURNAMES
    return folded[0] in SURNAMES


def split_names(text: str, segmenter: Segmenter) -> list[str]:
    """Split a list of names, leaving out what can be none; a blank inside a name (高 雪) is removed."""
    return [part for part in _split_list(text) if is_name(part, segmenter)]


def is_name_list(text: str, segmenter: Segmenter) -> bool:
    """Tell whether a text is a list of names and nothing else."""
    parts = _split_list(text)
    return bool(parts) and all(is_name(part, segmenter) for part in parts)


def listed_people(text: str) -> list[str]:
    """Split a list of attendance into its people; anything of a name's length is one."""
    return [part for part in _split_list(text) if re.fullmatch(rf"{HAN}{{2,4}}|{_DOTTED_NAME.pattern}", part)]


def is_spaced_list(text: str) -> bool:
    """Tell whether blanks stand so close in a text that it can be a list of names."""
    return len(text.split()) * _LISTED_NAME >= len(text)


def _split_list(text: str) -> list[str]:
    """Split a list at its separators, joining single characters that a blank set apart."""
    parts: list[str] = []
    half = ""
    for part in filter(None, _LIST_SEPARATOR.split(text)):
        half += part
        if len(half) > 1:
            parts.append(half)
            half = ""
    return parts
