"""The head of a record or transcript: who takes the chair, attends, and takes the minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from indexer.extraction.names import is_spaced_list, listed_people
from indexer.extraction.patterns import POSITION
from indexer.extraction.speakers.cues import normalise
from indexer.extraction.speakers.page_text import PageParagraph
from indexer.extraction.speakers.split_names import is_surname, without_blanks

__all__ = ["HeadLine", "head_lines"]

Part = Literal["chair", "attendee", "recorder", "other"]
"""The part that people have in a sitting, as the head of its record labels them."""

# 主　席　…, 出席委員：…, 紀錄; the people may also stand in the lines below.
_LABELS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("chair", re.compile(r"(?:(?:会议|执行)?主\s*席|主\s*持\s*[人者]?|召集委员)(?:\s*[:\s]|$)")),
    (
        "attendee",
        re.compile(
            r"(?:出\s*席|列\s*席|参\s*加|与\s*会)\s*(?:委员|人员|官员|代表|议员|[者人])?(?:\s*[:\s]|$)"
        ),
    ),
    ("recorder", re.compile(r"[纪记]\s*录\s*(?:人员|[人员者])?(?:\s*[:\s]|$)")),
    (
        "other",
        re.compile(
            r"请\s*假|缺\s*席|时\s*间|地\s*点|委员(?:出席|请假|列席)|[报讨]\s*[告论]\s*事\s*项|速\s*记|旁\s*听"
        ),
    ),
)
_FIRST = frozenset("主会执召出列参与纪记请缺时地委报讨速旁")
_LONGEST = 60  # characters of a line below a label that still lists people
_FEW = 4  # people in a line, of whom none has a surname that is none
_LONG_NAME = 5  # characters that only names from other languages have
_SENTENCE = re.compile(r"[。!?“”;]")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_OFFICE = re.compile(rf"(?:{POSITION}|[长员书官席记人])$")
_CHAIR_IN_TURN = re.compile(r"\s*主席\s*\((?P<name>[^()\d]{2,12})\)\s*:")


class HeadLine(NamedTuple):
    """People named in one line of a head: the number of the paragraph, their part, and their names."""

    paragraph: int
    part: Part
    names: Sequence[str]


def head_lines(paragraphs: Sequence[PageParagraph]) -> Iterator[HeadLine]:
    """Read the lines of the heads of a page's records that name people, as the page prints them."""
    part: Part = "other"
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.normalised
        turn = _CHAIR_IN_TURN.match(text) if "主席" in text[:8] else None
        if turn:
            yield HeadLine(number, "chair", _people(paragraph, *turn.span("name")))
        part, start = _label(text) or (part, 0)
        if part != "other" and not _is_list(text, labelled=start > 0):
            part = "other"
        names = _people(paragraph, start, len(text)) if part != "other" else []
        if names:
            yield HeadLine(number, part, names)
        if names and part == "attendee" and text.lstrip().startswith("主席"):
            yield HeadLine(number, "chair", names)


def _is_list(text: str, *, labelled: bool) -> bool:
    """Tell whether a line of the head is names alone: no sentence, and not long, unless its label says so."""
    bare = _BRACKETS.sub("", text)
    short = len(bare) <= _LONGEST or is_spaced_list(bare)
    return not _SENTENCE.search(bare) and (labelled or short)


def _label(text: str) -> tuple[Part, int] | None:
    """Return which part a line labels, and where the label ends."""
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] not in _FIRST:
        return None
    for part, pattern in _LABELS:
        match = pattern.match(text, start)
        if match:
            return part, match.end()
    return None


def _people(paragraph: PageParagraph, start: int, end: int) -> list[str]:
    """List the people between two places of a line: with the title inside, else as a list gives them."""
    split = [each for each in paragraph.split_names if start <= each.start and each.end <= end]
    if split:
        return [each.without_title(paragraph.text) for each in split]
    listed = listed_people(_BRACKETS.sub(" ", paragraph.text[start:end]))
    people = [name for name in listed if not _OFFICE.search(normalise(name))]
    odd = sum(not is_surname(normalise(name[0])) and len(name) < _LONG_NAME for name in people)
    if 2 * odd > len(people) or (odd and len(people) < _FEW):  # offices that no list knows
        people = []
    named = (each for each in paragraph.name_positions if start <= each.start and each.end <= end)
    return people or [without_blanks(paragraph.text[each.start : each.end]) for each in named]
