"""Signs that somebody speaks: words of saying, quotations and colons, in levelled text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from indexer.extraction.word_lists import PLAIN_REPORTING_WORDS, REPORTING_WORDS
from indexer.text.folding import fold_in_place

__all__ = [
    "BRACKET",
    "PLAIN_SAYING",
    "PREPOSITIONS",
    "QUOTATION",
    "SAYING",
    "SEATS",
    "SENTENCE_END",
    "TITLES",
    "TITLES_OF_ADDRESS",
    "Cue",
    "cues_in",
    "empty_quotations",
    "normalise",
]

_MARKS = tuple(zip("「」『』\u3000\t\xa0，：", "“”‘’   ,:", strict=True))

SAYING = frozenset(map(fold_in_place, REPORTING_WORDS))
"""Words behind which may stand what somebody says."""
PLAIN_SAYING = frozenset(map(fold_in_place, PLAIN_REPORTING_WORDS))
"""Words of saying that are hardly ever anything else."""
SEATS = re.compile("代表|委员|议员|常委")
"""Seats of a session."""
BRACKET = re.compile(r"\([^()]{1,24}\)")
"""A short bracket, as behind a name."""
TITLES = re.compile(
    r"(?:(?:市|县|区|省|全国)?(?:人大)?代表(?!团|们|会|大会|政府|政协|人大|全国|党|中央|中共|国|市|省|县|区"
    r"|界)|(?:政协)?委员(?!会|们|长)|议员(?!们)|常委(?!会)|同志|先生|女士|教授|院士|博士|律师|医生|老师"
    r"|校长|法官|同学|大使|主任|主席|副?部长|副?局长|副?市长|副?省长|副?县长|副?区长|副?主任|副?书记"
    r"|总书记|副?主席|会长|理事长|董事长|总经理|院长|所长|总统|总理|首相|外长|国务卿|委员长|秘书长|司长"
    r"|处长|厅长|将军|上将|阿姨|大爷|大妈|师傅|奶奶|爷爷|夫妇"
    r"|等(?:[\d一二两三四五六七八九十]{1,3}[位名人]?)?(?:代表|委员|议员)?)+"
)
"""Titles that stand behind a name."""
PREPOSITIONS = frozenset("对向给与同和跟把让请由被据按将为以及从在替访获令使经")
"""What stands before somebody who is spoken to or about."""
TITLES_OF_ADDRESS = re.compile(
    r"(?:委员|议员|代表|局长|司长|主席|院长|县长|市长|部长|处长|署长|主任|书记|教授|先生|女士|小姐|太太"
    r"|同志|总统|总理|首相|会长|校长|医生|律师|老师|官|阿姨|大爷|师傅|同学|总|镇长|乡长|村长|省长|区长"
    r"|秘书长|理事长|董事长|总经理|院士|博士|法官|司令|将军)(?!会|们|团)"
)
"""Titles that stand behind a surname alone."""
_DOT = re.compile(r"(?<=[\u4e00-\u9fff])[oO.](?=[\u4e00-\u9fff])")
QUOTATION = re.compile(r"“[^”]*(?:”|$)")
"""A quotation, also one that the text does not close."""
SENTENCE_END = re.compile(r"[。!?\n]")
"""What ends a sentence."""


class Cue(NamedTuple):
    """A word of saying: where it begins and ends, and the word."""

    start: int
    end: int
    word: str


def normalise(text: str) -> str:
    """Level a text, with quotation marks and blanks of one kind each, every character in its place."""
    text = fold_in_place(text)
    for mark, common in _MARKS:
        if mark in text:
            text = text.replace(mark, common)
    return _DOT.sub("·", text) if "o" in text or "." in text else text


def empty_quotations(text: str) -> str:
    """Empty each quotation of a text."""
    return QUOTATION.sub("“”", text) if "“" in text else text


def _by_first(words: Iterable[str]) -> re.Pattern[str]:
    """Make a pattern of words, the longest first, those with one first character together."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        rests.setdefault(word[0], []).append(word[1:])
    return re.compile("|".join(f"{first}(?:{'|'.join(more)})" for first, more in sorted(rests.items())))


_SAYING = _by_first(SAYING)


def cues_in(text: str) -> list[Cue]:
    """Find the words of saying in a text; 发言人 is none."""
    found = [Cue(*match.span(), match[0]) for match in _SAYING.finditer(text)]
    return [cue for cue in found if text[cue.end : cue.end + 1] != "人" or cue.word != "发言"]
