"""Find who speaks in a paragraph, together with the words that prove it.

Every rule needs words of saying behind the name, or the colon of a transcript. A name that is merely
near a quotation, a verb that looks like a title (代表政协委员会), a reporter or somebody present never
makes a speaker.
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

_Candidate = tuple[int, Speaker]
"""The offset of the words that name a speaker, and the speaker."""

_QUOTATION_DISTANCE = 20  # characters between the end of a quotation and the name of who said it
_NAMES_BACK = 20  # names before a pronoun among which the nearest is looked for

# The whole match is the speaker: an office, an organisation, a meeting.
_WHOLE_SPEAKERS: tuple[tuple[re.Pattern[str], How], ...] = (
    (OFFICE_COLON, "explicit"),
    (ORGANISATION_SAYS, "organisation"),
    (MEETING_SAYS, "collective"),
)


@dataclass(slots=True)
class SpeakerFinder:
    """Finds the speakers of the paragraphs of one article, which it is given in order.

    `people` are those introduced so far on the whole page, with their fullest titles.
    """

    segmenter: Segmenter
    people: People = field(default_factory=People)
    last: Speaker | None = None
    last_id: str | None = None

    def speakers(self, text: str, id_: str, *, follows: bool) -> tuple[Speaker, ...]:
        """Find the speakers of the paragraph `id_`, in the order of the words that name them.

        `follows` says that it comes directly after the paragraph read before, with no heading between,
        so that a speech may run on into it.
        """
        folded = fold_in_place(text)
        found = self._find(text, folded)
        if not found and follows and self.last and self.last_id and CARRIES_ON.match(folded):
            found = [replace(self.last, how="inherited", evidence=self.last_id)]
        else:
            self.last_id = id_
            if found or not follows:
                self.last = found[-1] if found and found[-1].how != "collective" else None
        return tuple(found)

    def _find(self, text: str, folded: str) -> list[Speaker]:
        """Find the speakers that the paragraph itself names, in the order of the words that do."""
        self._introduce(text, folded)
        first: dict[str, _Candidate] = {}
        for start, speaker in (*self._candidates(text, folded), *self._pronouns(folded)):
            if speaker.name not in first or start < first[speaker.name][0]:
                first[speaker.name] = (start, speaker)
        return [self._with_titles(speaker) for _, speaker in sorted(first.values(), key=lambda pair: pair[0])]

    def _with_titles(self, speaker: Speaker) -> Speaker:
        """Give a speaker the fullest titles that the page has named so far."""
        known = self.people.get(speaker.name, speaker)
        return replace(known, how=speaker.how, evidence=speaker.evidence)

    def _introduce(self, text: str, folded: str) -> None:
        """Add the people that the paragraph names with a title."""
        for rule in INTRODUCES:
            for match in rule.finditer(folded):
                for name in self._names(text, match):
                    self._remember(name, text, match)
        for match in OFFICE_BEFORE.finditer(folded):
            holder = name_at(text, match.end(), self.segmenter)
            if holder and (holder in self.people or not self._cuts_word(text, match.end(), holder)):
                self._remember(holder, text, match)

    def _cuts_word(self, text: str, start: int, name: str) -> bool:
        """Tell whether a name at `start` would cut a word of the text."""
        return self.segmenter.cuts_word(text, start, start + len(name))

    def _candidates(self, text: str, folded: str) -> Iterator[_Candidate]:
        """Find every speaker that a rule names, perhaps several times."""
        for rule in (*SPEAKS, MOTION):
            for match in rule.finditer(folded):
                for name in self._names(text, match):
                    yield match.start("names"), self._speaker(name, text, match)
        yield from self._introduced(text, folded)
        for match in (*SURNAME_COLON.finditer(folded), *INTERPELLATION.finditer(folded)):
            name = text[slice(*match.span("surname"))] + text[slice(*match.span("given"))]
            if is_name(name, self.segmenter):
                yield match.start(), self._speaker(name, text, match)
        for pattern, how in _WHOLE_SPEAKERS:
            for match in pattern.finditer(folded):
                name = text[slice(*match.span("names"))]
                yield match.start(), Speaker(name, how=how, evidence=_evidence(match))

    def _introduced(self, text: str, folded: str) -> Iterator[_Candidate]:
        """Find the people introduced so far, named by the bare name or by surname and office."""
        for match in NAME_SAYS.finditer(folded) if self.people else ():
            name = self.people.resolve(match["names"])
            if name:
                yield match.start(), self._speaker(name, text, match)

    def _speaker(self, name: str, text: str, match: re.Match[str]) -> Speaker:
        """Make the speaker that a match names, quoted where a quotation ends directly before it."""
        person = self._remember(name, text, match)
        quoted = (
            QUOTED.search(match.string[max(0, match.start() - _QUOTATION_DISTANCE) : match.start()])
            is not None
        )
        return replace(person, how="quoted" if quoted else "explicit", evidence=_evidence(match))

    def _remember(self, name: str, text: str, match: re.Match[str]) -> Speaker:
        """Add a person with the titles of a match, and return the person with the fullest titles so far."""
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
        self.people.add(person)
        return person

    def _pronouns(self, folded: str) -> Iterator[_Candidate]:
        """Resolve 他 and 她 to the person named last before in this paragraph, else to the last speaker."""
        matches = [*PRONOUN_SAYS.finditer(folded)]
        named = [*self.people.find_names(folded)] if matches else []
        for match in matches:
            at = bisect_left(named, (match.start(),))
            before = (
                name
                for _, end, name in reversed(named[max(0, at - _NAMES_BACK) : at])
                if end <= match.start()
            )
            nearest = next(before, None)
            person = self.people[nearest] if nearest else self.last
            if person:
                yield match.start(), replace(person, how="pronoun", evidence=_evidence(match))

    def _names(self, text: str, match: re.Match[str]) -> list[str]:
        return split_names(text[slice(*match.span("names"))], self.segmenter)


def _part(text: str, match: re.Match[str], group: str) -> str | None:
    """Return the part of the original text that a group matched in the folded one, None if it did not."""
    return text[slice(*match.span(group))] if match.groupdict().get(group) else None


def _post_parts(post: str) -> tuple[str | None, str | None]:
    """Split a post into organisation and office; of several posts, the last one stands at the name."""
    parts = POST_PARTS.match(fold_in_place(post).strip("、"))
    if parts is None:
        return None, None
    cut = parts.start("position")
    return post[:cut] or None, post[cut:].strip("、")


def _evidence(match: re.Match[str]) -> tuple[int, int]:
    """Return the span from the first title or name to the end of the words of saying."""
    return match.start(), match.end("says")


def _fuller(role: str | None, known: str | None) -> str | None:
    """Keep the fuller role: 市政协委员 where the same person is later called just 委员."""
    return known if known and (role is None or known.endswith(role)) else role
