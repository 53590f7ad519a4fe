"""Names of people: what can be one, and lists of them."""

from __future__ import annotations

import re

from indexer.analysis import is_word
from indexer.folding import fold
from indexer.lexicon import COMPOUND_SURNAMES, SURNAMES

__all__ = ["HAN", "NAME", "NAMES", "NOT_INSIDE", "is_name", "split_names"]

HAN = r"[〇㐀-鿿豈-﫿\U00020000-\U000323af]"
NAME = rf"(?:{HAN}{{1,8}}(?:[·‧•・]{HAN}{{1,8}}?)+|{HAN}[ \u3000]{HAN}|{HAN}{{2,4}}?)"
"""A pattern for what may be a name; `is_name` decides."""
NAMES = rf"(?:{NAME}(?:[、，,]{NAME}){{0,30}})"
NOT_INSIDE = rf"(?<!{HAN})(?<![A-Za-z0-9·‧•・])"
"""A look-behind: nothing of a word stands directly before."""

_DOT = re.compile(r"[·‧•・]")
_SEPARATOR = re.compile(r"[\s、，,/／；;]+")


def is_name(text: str) -> bool:
    """Tell whether `text` can be a person's full name: a surname and one or two characters, or dotted.

    An ordinary word of the dictionary is no name, whatever it begins with (高校, 全体, 农民).
    """
    parts = _DOT.split(text)
    if len(parts) > 1:
        return all(re.fullmatch(rf"{HAN}{{1,8}}", part) for part in parts)
    plain = fold(text)
    if not re.fullmatch(rf"{HAN}{{2,4}}", plain) or is_word(plain):
        return False
    if plain[:2] in COMPOUND_SURNAMES and len(plain) > 2:
        return True
    return plain[0] in SURNAMES and len(plain) <= 3


def split_names(text: str) -> list[str]:
    """Return the names in a list of names, those set with a blank inside (高 雪) closed up."""
    names: list[str] = []
    half = ""
    for part in filter(None, _SEPARATOR.split(text)):
        candidate = half + part
        half = candidate if len(candidate) == 1 else ""
        if is_name(candidate):
            names.append(candidate)
    return names
