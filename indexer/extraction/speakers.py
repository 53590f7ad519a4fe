"""Who said it: rules that find a speaker together with the words that prove it.

Every rule needs words of saying behind the name, or the colon of a transcript. What only stands near
a name, a verb that looks like a title (代表政协委员会), a reporter or somebody merely present never
becomes a speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.names import is_name, name_at, split_names
from indexer.extraction.patterns import (
    CARRIES_ON,
    INTERPELLATION,
    INTRODUCES,
    MEETING_SAYS,
    MOTION,
    NAME_SAYS,
    OFFICE_BEFORE,
    OFFICE_COLON,
    ORGANISATION_SAYS,
    POST_PARTS,
    PRONOUN_SAYS,
    QUOTED,
    SPEAKS,
    SURNAME_COLON,
)
from indexer.extraction.people import People
from indexer.models import How, Speaker
from indexer.text.folding import fold_in_place

__all__ = ["SpeakerFinder"]

_Heard = tuple[int, Speaker]

_TO_QUOTATION = 20  # characters in which a quotation ends before the one it is taken from
_NAMES_BACK = 20  # names among which the nearest before a pronoun is looked for


# What the pattern matches is the speaker, whole: an office, an organisation, a meeting.
_SPEAK_WHOLE: tuple[tuple[re.Pattern[str], How], ...] = (
    (OFFICE_COLON, "explicit"),
    (ORGANISATION_SAYS, "organisation"),
    (MEETING_SAYS, "collective"),
)


@dataclass(slots=True)
class SpeakerFinder:
    """Reads the paragraphs of one article in order and says who speaks in each.

    `people` are those introduced so far, on the whole page, with their fullest titles.
    """

    segmenter: Segmenter
    people: People = field(default_factory=People)
    last: Speaker | None = None
    last_id: str | None = None

    def speakers(self, text: str, id_: str, *, follows: bool) -> tuple[Speaker, ...]:
        """Return who speaks in the paragraph `id_`.

        `follows` tells that it stands directly under the paragraph read before, with no heading
        between, so that a speech may run on into it.
        """
        levelled = fold_in_place(text)
        found = self._found(text, levelled)
        if not found and follows and self.last and self.last_id and CARRIES_ON.match(levelled):
            found = [replace(self.last, how="inherited", evidence=self.last_id)]
        else:
            self.last_id = id_
            if found or not follows:
                self.last = found[-1] if found and found[-1].how != "collective" else None
        return tuple(found)

    def _found(self, text: str, levelled: str) -> list[Speaker]:
        """Return the speakers that the paragraph itself shows, in the order of their words."""
        self._introduce(text, levelled)
        heard: dict[str, _Heard] = {}
        for start, speaker in (*self._heard(text, levelled), *self._pronouns(levelled)):
            if speaker.name not in heard or start < heard[speaker.name][0]:
                heard[speaker.name] = (start, speaker)
        return [self._titled(speaker) for _, speaker in sorted(heard.values(), key=lambda pair: pair[0])]

    def _titled(self, speaker: Speaker) -> Speaker:
        """Return a speaker with the fullest titles that the page has given so far."""
        known = self.people.get(speaker.name, speaker)
        return replace(known, how=speaker.how, evidence=speaker.evidence)

    def _introduce(self, text: str, levelled: str) -> None:
        """Remember the people that the paragraph names with a title."""
        for rule in INTRODUCES:
            for match in rule.finditer(levelled):
                for name in self._names(text, match):
                    self._remember(name, text, match)
        for match in OFFICE_BEFORE.finditer(levelled):
            called = name_at(text, match.end(), self.segmenter)
            if called and (called in self.people or not self._cuts_word(text, match.end(), called)):
                self._remember(called, text, match)

    def _cuts_word(self, text: str, start: int, name: str) -> bool:
        """Tell whether a name at `start` would cut a word of the text."""
        return self.segmenter.cuts_word(text, start, start + len(name))

    def _heard(self, text: str, levelled: str) -> Iterator[_Heard]:
        for rule in (*SPEAKS, MOTION):
            for match in rule.finditer(levelled):
                for name in self._names(text, match):
                    yield match.start("names"), self._speaking(name, text, match)
        yield from self._known(text, levelled)
        for match in (*SURNAME_COLON.finditer(levelled), *INTERPELLATION.finditer(levelled)):
            name = text[slice(*match.span("surname"))] + text[slice(*match.span("given"))]
            if is_name(name, self.segmenter):
                yield match.start(), self._speaking(name, text, match)
        for pattern, how in _SPEAK_WHOLE:
            for match in pattern.finditer(levelled):
                name = text[slice(*match.span("names"))]
                yield match.start(), Speaker(name, how=how, evidence=_evidence(match))

    def _known(self, text: str, levelled: str) -> Iterator[_Heard]:
        """Find the people introduced so far, now by name alone or by surname and office."""
        for match in NAME_SAYS.finditer(levelled) if self.people else ():
            called = self.people.called(match["names"])
            if called:
                yield match.start(), self._speaking(called, text, match)

    def _speaking(self, name: str, text: str, match: re.Match[str]) -> Speaker:
        person = self._remember(name, text, match)
        quoted = (
            QUOTED.search(match.string[max(0, match.start() - _TO_QUOTATION) : match.start()]) is not None
        )
        return replace(person, how="quoted" if quoted else "explicit", evidence=_evidence(match))

    def _remember(self, name: str, text: str, match: re.Match[str]) -> Speaker:
        """Return the person, with the fullest titles known so far."""
        known = self.people.get(name, Speaker(name))
        organisation, position = _post_parts(_part(text, match, "post") or "")
        if known.organisation and not organisation:
            organisation, position = known.organisation, known.position
        person = Speaker(
            name,
            role=_fuller(_part(text, match, "role"), known.role),
            position=position or known.position,
            organisation=organisation,
        )
        self.people.remember(person)
        return person

    def _pronouns(self, levelled: str) -> Iterator[_Heard]:
        """Give 他 and 她 to the person named last before, in this paragraph or as its last speaker."""
        matches = [*PRONOUN_SAYS.finditer(levelled)]
        named = [*self.people.named_in(levelled)] if matches else []
        for match in matches:
            at = bisect_left(named, (match.start(),))
            before = (
                name
                for _, end, name in reversed(named[max(0, at - _NAMES_BACK) : at])
                if end <= match.start()
            )
            nearest = next(before, None)
            who = self.people[nearest] if nearest else self.last
            if who:
                yield match.start(), replace(who, how="pronoun", evidence=_evidence(match))

    def _names(self, text: str, match: re.Match[str]) -> list[str]:
        return split_names(text[slice(*match.span("names"))], self.segmenter)


def _part(text: str, match: re.Match[str], group: str) -> str | None:
    """Return what a group of a pattern over levelled text matched, as the text has it."""
    return text[slice(*match.span(group))] if match.groupdict().get(group) else None


def _post_parts(post: str) -> tuple[str | None, str | None]:
    """Tell an organisation from the office in it; of several posts the last stands at the name."""
    parts = POST_PARTS.match(fold_in_place(post).strip("、"))
    if parts is None:
        return None, None
    cut = parts.start("position")
    return post[:cut] or None, post[cut:].strip("、")


def _evidence(match: re.Match[str]) -> tuple[int, int]:
    """Return the span from the first title or name to the words of saying."""
    return match.start(), match.end("says")


def _fuller(role: str | None, known: str | None) -> str | None:
    """Keep 市政协委员 when the same person is later called 委员 only."""
    return known if known and (role is None or known.endswith(role)) else role
