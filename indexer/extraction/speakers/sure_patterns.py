"""Speakers that a pattern shows and no weights decide: seats before names, bodies, offices, meetings."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.extraction.patterns import (
    INTERPELLATION,
    MEETING_SAYS,
    OFFICE_COLON,
    ORGANISATION_SAYS,
    SEAT_SAYS,
)
from indexer.extraction.speakers.attribution import SURE, Attribution
from indexer.extraction.speakers.cues import SENTENCE_END
from indexer.extraction.speakers.mentions import Mention

__all__ = ["bodies_in", "is_said_by_meeting", "meetings_in", "offices_in", "sure_positions"]


def sure_positions(text: str) -> bytearray:
    """Mark the characters of a text (1, else 0) at which a name is surely that of a speaker."""
    marks = bytearray(len(text))
    spans = [match.span("names") for rule in SEAT_SAYS for match in rule.finditer(text)]
    spans += [match.span() for match in INTERPELLATION.finditer(text)]
    for start, end in spans:
        marks[start:end] = b"\1" * (end - start)
    return marks


def bodies_in(text: str) -> list[Attribution]:
    """Find the parties and people's organisations that speak: 某某党市委提交的提案建议."""
    return [
        Attribution(match["names"], "organisation", SURE, (match.start(), match.end("says")))
        for match in ORGANISATION_SAYS.finditer(text)
    ]


def offices_in(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """Find the office before the colon of a transcript whose holder is not `found` there: 行政长官:."""
    match = OFFICE_COLON.match(text)
    if match is None or any(each.evidence == match.span() for each in found):
        return []
    return [Attribution(match["names"], "explicit", SURE, match.span())]


def meetings_in(text: str) -> list[Attribution]:
    """Find the meeting that speaks as a whole."""
    if "会议" not in text and "大会" not in text:
        return []
    found = {match["names"]: match for match in reversed([*MEETING_SAYS.finditer(text)])}
    return [
        Attribution(name, "collective", SURE, (match.start(), match.end("says")))
        for name, match in found.items()
    ]


def is_said_by_meeting(meetings: Sequence[Attribution], mention: Mention, text: str) -> bool:
    """Tell whether somebody is named in what a meeting says: in its sentence, or behind it where it opens."""
    for each in meetings:
        start, end = each.evidence if isinstance(each.evidence, tuple) else (0, 0)
        opens = not text[:start].strip()
        if end <= mention.start and (opens or not SENTENCE_END.search(text, end, mention.start)):
            return True
    return False
