"""The people that a page has introduced, and what each can be called from then on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from indexer.models import Speaker
from indexer.text.folding import fold_in_place

__all__ = ["People"]

_LONGEST = 32  # characters of a name that a pronoun can stand for


class People:
    """People by name, with their fullest titles.

    Asking takes no longer when there are many: a page may introduce a hundred thousand.
    """

    def __init__(self) -> None:
        """Begin with nobody."""
        self._people: dict[str, Speaker] = {}
        self._places: dict[str, int] = {}
        self._names: defaultdict[str, list[str]] = defaultdict(list)
        self._calls: defaultdict[str, set[str]] = defaultdict(set)
        self._lengths: set[int] = set()

    def __bool__(self) -> bool:
        """Tell whether there is anybody."""
        return bool(self._people)

    def __contains__(self, name: str) -> bool:
        """Tell whether somebody of this name was introduced."""
        return name in self._people

    def __getitem__(self, name: str) -> Speaker:
        """Return a person."""
        return self._people[name]

    def get(self, name: str, default: Speaker) -> Speaker:
        """Return a person, `default` for somebody unknown."""
        return self._people.get(name, default)

    def remember(self, person: Speaker) -> None:
        """Introduce a person, or give one that is known new titles."""
        known = self._people.get(person.name)
        if known is None:
            levelled = fold_in_place(person.name)
            self._places[person.name] = len(self._places)
            self._names[levelled].append(person.name)
            self._lengths |= {len(levelled)} if len(levelled) <= _LONGEST else set()
        elif known.position:
            self._calls[_call(known)].discard(known.name)
        self._people[person.name] = person
        if person.position:
            self._calls[_call(person)].add(person.name)

    def called(self, levelled: str) -> str | None:
        """Return who is meant by a name, or by a surname and an office, if it is one person."""
        names, holders = self._names.get(levelled), self._calls.get(levelled)
        if not holders:
            return names[-1] if names else None
        return next(iter(holders)) if len(holders) == 1 and not names else None

    def named_in(self, levelled: str) -> Iterator[tuple[int, int, str]]:
        """Yield everybody whose name stands in a text: where it begins and ends, and who it is."""
        for start in range(len(levelled)):
            ends = (start + length for length in self._lengths)
            found = [
                (self._names[text][0], end) for end in ends if (text := levelled[start:end]) in self._names
            ]
            # Of names that begin at one place, he who was introduced first comes last, and counts.
            for name, end in sorted(found, key=lambda each: -self._places[each[0]]):
                yield start, end, name


def _call(person: Speaker) -> str:
    """Return the surname and the office that a person is called by."""
    return fold_in_place(person.name)[0] + fold_in_place(person.position or "")
