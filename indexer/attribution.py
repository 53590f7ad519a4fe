"""Who said it: rules that find a speaker together with the words that prove it.

Every rule needs a verb of saying behind the name. What only stands near a name, a verb that looks
like a title (代表政协委员会), a reporter or somebody merely present never becomes a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from indexer.analysis import cuts_word
from indexer.lexicon import (
    CONTINUATIONS,
    ORGANISATIONS,
    PARTICLES,
    POSITION_MODIFIERS,
    POSITIONS,
    SAYING,
)
from indexer.models import Speaker
from indexer.names import HAN, NAMES, NOT_INSIDE, is_name, split_names

__all__ = ["Witness", "mentions"]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_POSITION = rf"(?:(?:{_any_of(POSITION_MODIFIERS)})*(?:{_any_of(POSITIONS)}))"
_POST = rf"(?P<post>[{HAN[1:-1]}A-Za-z0-9（）()·]{{1,40}}?{_POSITION})"
_LEVEL = rf"(?:全国|(?:{HAN}{{0,6}}?(?:省|市|区|县|州|盟|旗|縣|區))?)"
_SEAT = rf"(?P<role>{_LEVEL}(?:政协|人大|政協)?(?:常务)?(?:委员|代表|常委|議員|议员|委員))"
_TITLE = r"(?P<role>代表|委员|议员|議員|委員)"
# What may stand between a speaker and the verb: 代表[围绕…，]提出, 委员[还]建议.
_GAP = (
    r"(?:等)?(?:[围圍]绕[^。！？；“”]{0,60}?|[就从针结对在以][^。！？；“”]{1,40}?"
    r"|[还也则又均都再曾，]|進一步|进一步)?"
)
_SAYS = rf"(?={_GAP}(?P<says>{_any_of(SAYING)}))"

_SEAT_FIRST = re.compile(
    rf"{NOT_INSIDE}{_SEAT}(?:[、，,\s]{{0,2}}{_POST})?[、\s]?(?P<names>{NAMES})(?:代表|委员)?{_SAYS}"
)
_TITLE_LAST = re.compile(rf"{NOT_INSIDE}(?:[在据])?{_POST}?(?P<names>{NAMES})等?{_TITLE}{_SAYS}")
_ORGANISATION = re.compile(
    rf"{NOT_INSIDE}(?P<names>(?:{_any_of(ORGANISATIONS)}){HAN}{{0,12}}?)"
    rf"(?=(?:(?:提交|提出)的{HAN}{{0,6}}(?:提案|发言))?(?P<says>{_any_of(SAYING)}|提交))"
)
_MEETING = re.compile(
    rf"{NOT_INSIDE}(?P<names>会议|大会)(?=[还同时并]{{0,2}}(?P<says>认为|强调|号召|指出|要求|提出|希望))"
)
_PRONOUN = re.compile(rf"{NOT_INSIDE}(?P<names>[他她]){_SAYS}")
_CARRIES_ON = re.compile(rf"(?:{_any_of(CONTINUATIONS)})")
_QUOTED = re.compile(r"[”」』]\s*[，,]?\s*$")
_POST_PARTS = re.compile(rf"(?P<organisation>.*?)(?P<position>{_POSITION})$")


@dataclass(slots=True)
class Witness:
    """Reads the paragraphs of one article in order and says who speaks in each.

    It remembers who was introduced with which titles, and who spoke last.
    """

    people: dict[str, Speaker] = field(default_factory=dict)
    last: Speaker | None = None
    last_id: str | None = None

    def speakers(self, text: str, id_: str, *, follows: bool) -> tuple[Speaker, ...]:
        """Return who speaks in the paragraph `id_`.

        `follows` tells that it stands directly under the paragraph read before, with no heading
        between, so that a speech may run on into it.
        """
        found = self._named(text) or self._pronoun(text)
        if not found and follows and self.last and self.last_id and _CARRIES_ON.match(text):
            found = [replace(self.last, how="inherited", evidence=self.last_id)]
        else:
            self.last_id = id_
            if found or not follows:
                self.last = found[-1] if found and found[-1].how != "collective" else None
        return tuple(found)

    def _named(self, text: str) -> list[Speaker]:
        """Return the speakers that the paragraph itself names, in the order of their words."""
        heard: dict[str, tuple[int, Speaker]] = {}
        for start, speaker in self._heard(text):
            if speaker.name not in heard or start < heard[speaker.name][0]:
                heard[speaker.name] = (start, speaker)
        return [speaker for _, speaker in sorted(heard.values(), key=lambda pair: pair[0])]

    def _heard(self, text: str) -> Iterator[tuple[int, Speaker]]:
        for pattern in (_SEAT_FIRST, _TITLE_LAST, *self._known()):
            for match in pattern.finditer(text):
                for name in split_names(match["names"]):
                    yield match.start("names"), self._person(name, match)
        for pattern, how in ((_ORGANISATION, "organisation"), (_MEETING, "collective")):
            for match in pattern.finditer(text):
                yield match.start(), Speaker(match["names"], how=how, evidence=_evidence(match))

    def _person(self, name: str, match: re.Match[str]) -> Speaker:
        """Return the person, with the fullest titles known so far."""
        groups = match.groupdict()
        post = _POST_PARTS.match(groups.get("post") or "")
        known = self.people.get(name, Speaker(name))
        person = Speaker(
            name,
            role=_fuller(groups.get("role"), known.role),
            position=post["position"] if post else known.position,
            organisation=(post["organisation"] or None) if post else known.organisation,
        )
        self.people[name] = person
        quoted = _QUOTED.search(match.string, 0, match.start()) is not None
        return replace(person, how="quoted" if quoted else "explicit", evidence=_evidence(match))

    def _known(self) -> list[re.Pattern[str]]:
        """Return a pattern for the people introduced so far, now named without a title."""
        if not self.people:
            return []
        names = _any_of(map(re.escape, self.people))
        return [re.compile(rf"{NOT_INSIDE}(?P<names>{names}){_SAYS}")]

    def _pronoun(self, text: str) -> list[Speaker]:
        """Give 他 or 她, in a paragraph that names no speaker, to the person who spoke last."""
        match = _PRONOUN.search(text)
        if match is None or self.last is None:
            return []
        return [replace(self.last, how="pronoun", evidence=_evidence(match))]


def _evidence(match: re.Match[str]) -> tuple[int, int]:
    """Return the span from the first title or name to the verb of saying."""
    return match.start(), match.end("says")


def _fuller(role: str | None, known: str | None) -> str | None:
    """Keep 市政协委员 when the same person is later called 委员 only."""
    return known if known and (role is None or known.endswith(role)) else role


# People named with an office, as somebody elected, or as somebody approved: they say nothing.
_OFFICE_LAST = re.compile(
    rf"(?P<name>{HAN}{{2,4}}?)(?:总书记|同志|{_POSITION}(?!会)|代表(?=政协|人大|市|省|县|区|国务院))"
)
_OFFICE_FIRST = re.compile(
    rf"{_POSITION}(?P<names>{NAMES})(?=[，。、；：（）“”\s]|等|同志|在|率|主持|出席|参加|作|$)"
)
_CHOSEN = re.compile(
    rf"(?:选举|批准|任命|免去|推选|决定任命|接受)(?P<names>{NAMES})(?=为|代表|所作|辞去|的|任)"
)


def mentions(text: str, speaking: Sequence[str]) -> tuple[str, ...]:
    """Return the people named in `text` who do not speak in it, in the order of their names."""
    found: dict[str, int] = {}
    for pattern in (_OFFICE_FIRST, _CHOSEN):
        for match in pattern.finditer(text):
            for name in split_names(match["names"]):
                found.setdefault(name, text.find(name))
    for match in _OFFICE_LAST.finditer(text):
        for name in _ending(text, match.end("name")):
            found.setdefault(name, text.find(name))
    return tuple(sorted((name for name in found if name not in speaking), key=found.__getitem__))


def _ending(text: str, end: int) -> list[str]:
    """Return the name that ends at `end`, the longer of two that could, unless it cuts a word."""
    for start in (end - 3, end - 2):
        if start >= 0 and is_name(text[start:end]) and text[start] not in PARTICLES:
            return [] if cuts_word(text, start, end) else [text[start:end]]
    return []
