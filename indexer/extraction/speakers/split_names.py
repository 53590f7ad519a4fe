"""Names with the title inside, as minutes print them: 刘委员某某."""

from __future__ import annotations

import re

from msgspec import Struct

from indexer.extraction.speakers.cues import cues_in
from indexer.extraction.word_lists import COMPOUND_SURNAMES, GROUNDS, SURNAMES, any_of
from indexer.text.han import HAN

__all__ = ["SplitName", "holds_saying", "is_surname", "split_names_in", "without_blanks"]

_BLANKS = re.compile(r"\s+")
_INSIDE = r"(?:委员|议员|代表|议长|院长|部长|县长|市长|局长|处长|司长|署长|主任|主席|秘书长|次长|教授)"
_SPLIT = re.compile(
    rf"(?P<title>{_INSIDE})(?P<given>{HAN}{{1,2}}|{HAN}{{1,6}}·{HAN}{{1,6}})"
    rf"(?=\s*(?::|\([^()]{{1,14}}\):|$|就|所提|,(?:{any_of(GROUNDS)})))"
)
_BEFORE_SPLIT = re.compile(rf"(?:^\s*|[\s,。、;:]|本院|主席)(?P<surname>{HAN}{{1,2}})$")


class SplitName(Struct, frozen=True):
    """A name with the title inside: where both begin and end, and the name without the title."""

    start: int
    end: int
    title: tuple[int, int]
    name: str

    def without_title(self, text: str) -> str:
        """Return the name as the text prints it, of which a levelled form was searched."""
        start, end = self.title
        return text[self.start : start] + text[end : self.end]


def split_names_in(text: str) -> list[SplitName]:
    """Find the names with a title inside; 郑某委员认为 is none."""
    found = []
    for match in _SPLIT.finditer(text):
        title = match.start() - (text[match.start() - 1 : match.start()] == "副")
        before = _BEFORE_SPLIT.search(text[max(0, title - 5) : title])
        if before and is_surname(before["surname"]) and not holds_saying(match["given"]):
            name, given = before["surname"] + match["given"], match.start("given")
            found.append(SplitName(title - len(before["surname"]), match.end(), (title, given), name))
    return found


def is_surname(text: str) -> bool:
    """Tell whether a text of one or two characters is a surname, or two of them."""
    return text in COMPOUND_SURNAMES or (text[0] in SURNAMES and text[-1] in SURNAMES)


def holds_saying(text: str) -> bool:
    """Tell whether a word of saying stands in what may be a given name."""
    return bool(cues_in(text))


def without_blanks(text: str) -> str:
    """Drop the blanks of a name."""
    return _BLANKS.sub("", text)
