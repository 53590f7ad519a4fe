"""Who presides over a sitting, attends it, and takes its minutes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from msgspec import Struct

from indexer.extraction.speakers.cues import cues_in, normalise
from indexer.extraction.speakers.page_text import PageParagraph, PageText
from indexer.extraction.speakers.people import NamePosition
from indexer.extraction.speakers.record_head import head_lines
from indexer.extraction.speakers.split_names import without_blanks
from indexer.models import SPEAKING_KINDS, Kind

__all__ = ["Participation", "participation_of"]

_MEETING = "(?:会|论坛|讲座|仪式|典礼|程序|开幕|闭幕|座谈|听证|发布|活动)"
_PRESIDES = re.compile(
    rf"主持(?!人|词|节目|正义|公道|日常)(?:下|(?:召开|了)?[^。,;!?]{{0,36}}?{_MEETING}|并|[\s、,。;]|$)"
)
_PRESIDED = re.compile(r"主持(?:会议|大会|座谈会|仪式)?的(?:有|是)|主持人[:是]?\s*")
_TO_PRESIDE = re.compile(r"[^。;!?“”:]{0,18}")
_TAKES_PART = re.compile(
    rf"(?:出席|列席|参加)(?!人员|委员|者)(?:了?[^。,;!?“”]{{0,36}}?(?:{_MEETING}|会见|会谈|讨论|调研|审议)|[\s、,。]|$)"
)
_TOOK_PART = re.compile(r"(?:出席|列席|参加|与会)[^。,;:!?“”]{0,20}?(?:的(?:领导)?(?:同志)?还?[有是]|:)")
_TO_TAKE_PART = re.compile(
    r"(?:同志|委员|代表|主任|主席|等|和有关[^。,;!?“”]{2,10})*(?:[也还均曾]|今天|分别|一同|一起|应邀){0,2}"
)
_LISTED = re.compile(r"[^。;!?“”:]*[、,和及与\s][^。;!?“”:]*|(?:同志)?")
_ENDS = re.compile(r"[。;!?“”]")
_HEADINGS: tuple[Kind, ...] = ("headline", "subheadline")
_SAME_HEAD = 2  # paragraphs from one in the chair to the next of the same head: an office may stand between
_MOST_LISTED = 100  # names of one list in a sentence
_LIST_GAP = 40  # characters between two names of one list


class Participation(Struct, frozen=True):
    """Who presides and who took the minutes, by article; who attends, by paragraph.

    `turns` tells from which paragraph on who is in the chair, None where the head of a record names several.
    """

    chairs: Mapping[int, Sequence[str]]
    recorders: Mapping[int, Sequence[str]]
    attendees: Sequence[Sequence[str]]
    turns: Sequence[tuple[int, str | None]]

    def chair_at(self, number: int) -> str | None:
        """Return who is in the chair in a paragraph, where the head of a record names one."""
        if len(self.turns) == 1:  # also before the line that says so
            return self.turns[0][1]
        last = bisect_right(self.turns, number, key=itemgetter(0))
        return self.turns[last - 1][1] if last else None


def participation_of(page: PageText) -> Participation:
    """Read who presides, attends and takes minutes on a page, by the names that it prints."""
    chairs: defaultdict[int, list[str]] = defaultdict(list)
    recorders: defaultdict[int, list[str]] = defaultdict(list)
    attendees: list[list[str]] = [[] for _ in page.paragraphs]
    turns: list[tuple[int, str | None]] = []
    last = -_SAME_HEAD - 1
    for number, part, names in head_lines(page.paragraphs):
        article = page.paragraphs[number].article
        if part == "attendee":
            attendees[number] += names
        elif part == "recorder":
            recorders[article] += names
        else:
            chairs[article] += names
            several = number - last <= _SAME_HEAD or len(names) > 1
            turns.append((number, None if several else normalise(names[0])))
            last = number
    for number, paragraph in enumerate(page.paragraphs):
        if paragraph.kind in (*SPEAKING_KINDS, *_HEADINGS):
            chairs[paragraph.article] += _printed(paragraph, _presiding(paragraph))
            attendees[number] += _printed(paragraph, _attending(paragraph))
    return Participation(chairs, recorders, attendees, turns)


def _printed(paragraph: PageParagraph, positions: Iterable[NamePosition]) -> list[str]:
    return [without_blanks(paragraph.text[each.start : each.end]) for each in positions]


def _presiding(paragraph: PageParagraph) -> Iterator[NamePosition]:
    """Find who presides: 某某主持会议, 会议由某某主持, 主持会议的是某某."""
    text, positions = paragraph.normalised, paragraph.name_positions
    if "主持" not in text or not positions:
        return
    for match in _PRESIDES.finditer(text):
        yield from _list_before(text, positions, match.start(), _TO_PRESIDE)
    for match in _PRESIDED.finditer(text):
        yield from _list_behind(text, positions, match.end())


def _attending(paragraph: PageParagraph) -> Iterator[NamePosition]:
    """Find who takes part: 某某、某某出席, 出席会议的还有某某."""
    text, positions = paragraph.normalised, paragraph.name_positions
    if not positions or not ("出席" in text or "列席" in text or "参加" in text):
        return
    for match in _TAKES_PART.finditer(text):
        yield from _list_before(text, positions, match.start(), _TO_TAKE_PART)
    for match in _TOOK_PART.finditer(text):
        yield from _list_behind(text, positions, match.end())


def _list_before(
    text: str, positions: Sequence[NamePosition], end: int, between: re.Pattern[str]
) -> list[NamePosition]:
    """Return the people of the list that ends before a place, with nothing but `between` behind it."""
    last = bisect_right(positions, end, key=lambda position: position.end) - 1
    if last < 0 or not between.fullmatch(text, positions[last].end, end):
        return []
    first = last
    while (
        first
        and last - first < _MOST_LISTED
        and _joins(text, positions[first - 1].end, positions[first].start)
    ):
        first -= 1
    return [*positions[first : last + 1]]


def _list_behind(text: str, positions: Sequence[NamePosition], start: int) -> list[NamePosition]:
    """Return the people of the list that begins behind a place."""
    first = bisect_left(positions, start, key=lambda position: position.start)
    if first == len(positions) or _ENDS.search(text, start, positions[first].start):
        return []
    last = first + 1
    while last < min(len(positions), first + _MOST_LISTED) and _joins(
        text, positions[last - 1].end, positions[last].start
    ):
        last += 1
    return [*positions[first:last]]


def _joins(text: str, start: int, end: int) -> bool:
    """Tell whether what stands between two names makes a list of them."""
    between = text[start:end]
    return end - start < _LIST_GAP and _LISTED.fullmatch(between) is not None and not cues_in(between)
