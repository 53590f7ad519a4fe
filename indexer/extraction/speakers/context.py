"""One paragraph made ready for its features: quotations, words of saying, mentions, and who is joined."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct, field

from indexer.extraction.speakers.cues import QUOTATION, Cue, cues_in
from indexer.extraction.speakers.mentions import Mention

__all__ = ["Context", "context_of"]

_LEAD = re.compile(r"\s*\(?(?:本报|新华社|记者|央视网|中新)")
_JOINED = re.compile(r"(?:代表|委员|议员|同志|常委)?(?:[、和及与]|以及)[^。,;:!?“”、]{0,14}$|$")
_TOGETHER = 20  # characters between two names that are joined


class Context(Struct):
    """A paragraph: what is the same for each of its mentions, and where the mentions stand."""

    text: str
    quoted: Sequence[tuple[int, int]]
    cues: Sequence[Cue]
    transcript: float
    facts: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    named: list[int] = field(default_factory=list)

    def place(self, mentions: list[Mention]) -> None:
        """Set the mentions, which of them stand together, and how many different people came before each."""
        self.mentions = mentions
        self.last = [*range(len(mentions))]
        for index in range(len(mentions) - 2, -1, -1):
            if self.joins(mentions[index], mentions[index + 1]):
                self.last[index] = self.last[index + 1]
        seen: set[str] = set()
        for mention in mentions:
            self.named.append(len(seen))
            if mention.form != "pronoun":
                seen.add(mention.name)
        self.named.append(len(seen))

    def joins(self, one: Mention, other: Mention) -> bool:
        """Tell whether two full names are joined: by 、 or 和, and perhaps the title of the second."""
        if not one.form == other.form == "full" or other.start - one.end > _TOGETHER:
            return False
        between = self.text[one.end : other.start]
        return _JOINED.match(between) is not None and not cues_in(between)

    def quotation(self, at: int) -> tuple[int, int] | None:
        """Return the quotation in which a character stands, its marks apart."""
        number = bisect_right(self.quoted, (at,)) - 1
        if number >= 0 and self.quoted[number][0] < at < self.quoted[number][1] - 1:
            return self.quoted[number]
        return None


def context_of(text: str, kind: str, transcript: float) -> Context:
    """Make a paragraph ready, its mentions still to be placed."""
    quoted = [match.span() for match in QUOTATION.finditer(text)] if "“" in text else []
    share = sum(end - start for start, end in quoted) / max(1, len(text))
    facts = [f"kind={kind}", f"long={min(5, len(text) // 60)}", f"quoted={int(share * 4)}"]
    if _LEAD.match(text):
        facts.append("lead")
    return Context(text, quoted, cues_in(text), transcript, tuple(facts))
