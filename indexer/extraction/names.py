"""Names of people: what can be one, and lists of them."""

from __future__ import annotations

import re

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.word_lists import COMPOUND_SURNAMES, FOLLOWERS, SURNAMES
from indexer.text.folding import fold
from indexer.text.han import HAN

__all__ = [
    "NAME",
    "NAMES",
    "NOT_INSIDE",
    "is_name",
    "is_name_list",
    "listed_people",
    "name_at",
    "split_names",
]

NAME = rf"(?:{HAN}{{1,8}}(?:[·‧•・]{HAN}{{1,8}}?)+|{HAN}[ \u3000]{HAN}|{HAN}{{2,4}}?)"
"""A pattern for what may be a name; `is_name` decides."""
NAMES = rf"(?:{NAME}(?:[、，,]{NAME}){{0,30}})"
NOT_INSIDE = rf"(?<!{HAN})(?<![A-Za-z0-9·‧•・])"
"""A look-behind: nothing of a word stands directly before."""

_DOT = re.compile(r"[·‧•・]")
_DOTTED = re.compile(rf"{HAN}{{1,8}}(?:[·‧•・]{HAN}{{1,8}})+")
_SEPARATOR = re.compile(r"[\s、，,/／；;]+")


def is_name(text: str, segmenter: Segmenter) -> bool:
    """Tell whether `text` can be a person's full name: one surname or two and a given name, or dotted.

    An ordinary word of the dictionary is no name, whatever it begins with (高校, 全体, 农民).
    """
    parts = _DOT.split(text)
    if len(parts) > 1:
        return all(re.fullmatch(rf"{HAN}{{1,8}}", part) for part in parts)
    plain = fold(text)
    if not re.fullmatch(rf"{HAN}{{2,4}}", plain) or segmenter.is_word(plain):
        return False
    if plain[:2] in COMPOUND_SURNAMES and len(plain) > 2:
        return True
    if len(plain) == 4:  # two surnames, of both families: 高金素某
        return plain[0] in SURNAMES and plain[1] in SURNAMES
    return plain[0] in SURNAMES


def name_at(text: str, start: int, segmenter: Segmenter) -> str | None:
    """Return the name that begins at `start`, if one does, with a word or nothing of one behind it.

    Of two that could be, the longer one: 许大华感谢 is 许大华, and 张大指出 is 张大.
    """
    dotted = _DOTTED.match(text, start)
    if dotted:
        return dotted[0]
    for end in (start + 3, start + 2):
        rest = text[end : end + 4]
        if is_name(text[start:end], segmenter) and len(text) >= end and _begins_anew(rest, segmenter):
            return text[start:end]
    return None


def _begins_anew(rest: str, segmenter: Segmenter) -> bool:
    """Tell whether a text begins with a word of its own, not with the end of a name."""
    return not re.match(HAN, rest) or rest[0] in FOLLOWERS or len(segmenter.first_word(rest)) > 1


def split_names(text: str, segmenter: Segmenter) -> list[str]:
    """Split a list of names, those set with a blank inside (高 雪) closed up."""
    return [part for part in _parts(text) if is_name(part, segmenter)]


def is_name_list(text: str, segmenter: Segmenter) -> bool:
    """Tell whether a text is a list of names and nothing else."""
    parts = _parts(text)
    return bool(parts) and all(is_name(part, segmenter) for part in parts)


def listed_people(text: str) -> list[str]:
    """Return the people in a list of attendance, where anything of a name's length is one."""
    return [part for part in _parts(text) if re.fullmatch(rf"{HAN}{{2,4}}|{_DOTTED.pattern}", part)]


def _parts(text: str) -> list[str]:
    """Cut a list at its separators, closing up single characters that were set apart."""
    parts: list[str] = []
    half = ""
    for part in filter(None, _SEPARATOR.split(text)):
        half += part
        if len(half) > 1:
            parts.append(half)
            half = ""
    return parts
