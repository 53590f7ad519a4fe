"""The people of a page, and whom each form of a name stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence

from msgspec import Struct

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.speakers.page_names import names_of
from indexer.extraction.speakers.split_names import SplitName
from indexer.extraction.speakers.tagger import Name
from indexer.extraction.speakers.word_matcher import WordMatcher

__all__ = ["NamePosition", "PagePeople", "Person", "office_before"]

_OFFICE = re.compile(
    "(?:总统|总理|总书记|国家主席|首相|主席|院长|部长|局长|司长|市长|县长|省长|区长|镇长|村长|书记|特首|行政长官|发言人|主任|校长|会长"
    "|董事长|署长|处长|理事长|秘书长|国务卿|外长|法官|律师|所长|委员长|总裁|教练|站长|经理|教授|主教|大使)$"
)
_OFFICE_LENGTH = 4
_LATEST = 24  # people named last among whom a surname finds its bearer


class Person(Struct, frozen=True):
    """Somebody named on a page: how often the name was seen as one, and with which margin at best."""

    name: str
    count: int
    best: float


class NamePosition(Struct, frozen=True):
    """Where somebody's full name stands in a paragraph."""

    start: int
    end: int
    name: str


class PagePeople(Struct):
    """The people of a page."""

    segmenter: Segmenter
    by_name: dict[str, Person]
    _spelt: dict[str, str]
    _full: dict[str, str]
    _forms: WordMatcher
    _begun: dict[str, str | None]
    _holders: dict[str, list[str]]

    @property
    def first(self) -> Container[str]:
        """The characters with which names begin (among other beginnings)."""
        return self._begun

    @classmethod
    def of(
        cls,
        texts: Sequence[str],
        tagged: Sequence[Sequence[Name]],
        split: Sequence[Sequence[SplitName]],
        segmenter: Segmenter,
    ) -> PagePeople:
        """Gather the people of a page from the names that the tagger saw in each paragraph, and the split."""
        margins, spelt = names_of(texts, tagged, split, segmenter)
        by_name = {name: Person(name, len(each), max(each)) for name, each in sorted(margins.items())}
        matcher = WordMatcher({*by_name, *spelt})
        return cls(segmenter, by_name, spelt, _parts(by_name), matcher, _beginnings(by_name), {})

    def places(self, texts: Sequence[str], split: Sequence[Sequence[SplitName]]) -> list[list[NamePosition]]:
        """Find where full names stand in each of the paragraphs, the longest of each place.

        What stands inside one of the names with a title inside, `split`, is none.
        """
        found: list[list[NamePosition]] = [[] for _ in texts]
        number, first = 0, 0
        for at, form in self._forms.longest_in("\n".join(texts)):
            while at > first + len(texts[number]):
                first += len(texts[number]) + 1
                number += 1
            start = at - first
            if not any(each.start <= start < each.end for each in split[number]):
                position = NamePosition(start, start + len(form), self._who(form))
                found[number].append(position)
                self._learn_office(texts[number], position)
        return found

    def _learn_office(self, text: str, position: NamePosition) -> None:
        """Keep in mind who holds the office that stands before a name."""
        office = office_before(text, position.start)
        if office:
            self._holders.setdefault(office[0], []).append(position.name)

    def holder(self, office: str, known: Sequence[str]) -> str | None:
        """Return who holds an office: of those who do on this page, the one named last."""
        holders = self._holders.get(office, [])
        return next((name for name in reversed(known) if name in holders), holders[0] if holders else None)

    def called(self, beginning: str, known: Sequence[str]) -> str | None:
        """Return whose name begins so: of those named before the latest, else the only one of the page."""
        for name in reversed(known[-_LATEST:]):
            if name.startswith(beginning) and name != beginning and name in self.by_name:
                return name
        return self._begun.get(beginning)

    def _who(self, form: str) -> str:
        name = self._spelt.get(form, form)
        return self._full.get(name, name)


def office_before(text: str, end: int) -> re.Match[str] | None:
    """Find the office that ends at a place, by which its holder may be called alone."""
    return _OFFICE.search(text, max(0, end - _OFFICE_LENGTH), end)


def _beginnings(people: Iterable[str]) -> dict[str, str | None]:
    """Return whose name begins with one character, or two, or three; nobody where several do."""
    begun: dict[str, str | None] = {}
    for name in people:
        for length in range(1, min(4, len(name))):
            begun[name[:length]] = None if name[:length] in begun else name
    return begun


def _parts(people: Iterable[str]) -> dict[str, str]:
    """Map parts of names to full names: two surnames, the last part of a dotted name."""
    known = {*people}
    full: defaultdict[str, str] = defaultdict(str)
    for longer in known:
        parts = {longer[:length] for length in range(2, len(longer) - 1)}
        parts |= {*longer.split("·")} if "·" in longer else set()
        for part in parts & known - {longer}:
            full[part] = max(full[part], longer, key=lambda name: (len(name), name))
    return dict(full)
