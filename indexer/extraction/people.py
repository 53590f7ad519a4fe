"""The people that a page has introduced, and the names and forms of address that each is known by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from indexer.models import Speaker
from indexer.text.folding import fold_in_place

__all__ = ["People"]

_LONGEST_NAME = 32  # characters of a name that a pronoun can stand for


class People:
    """People by name, with their fullest titles.

    A look-up takes no longer when there are many: a page may introduce a hundred thousand.
    """

    def __init__(self) -> None:
        """Begin with nobody."""
        self._people: dict[str, Speaker] = {}
        self._order: dict[str, int] = {}
        self._by_folded_name: defaultdict[str, list[str]] = defaultdict(list)
        self._by_address: defaultdict[str, set[str]] = defaultdict(set)
        self._lengths: set[int] = set()

    def __bool__(self) -> bool:
        """Tell whether there is anybody."""
        return bool(self._people)

    def __contains__(self, name: str) -> bool:
        """Tell whether somebody of this name was introduced."""
        return name in self._people

    def __getitem__(self, name: str) -> Speaker:
        """Return the person of this name; raise `KeyError` for somebody unknown."""
        return self._people[name]

    def get(self, name: str, default: Speaker) -> Speaker:
        """Return the person of this name, `default` for somebody unknown."""
        return self._people.get(name, default)

    def add(self, person: Speaker) -> None:
        """Add a person, or replace the titles of one that is known."""
        known = self._people.get(person.name)
        if known is None:
            folded = fold_in_place(person.name)
            self._order[person.name] = len(self._order)
            self._by_folded_name[folded].append(person.name)
            self._lengths |= {len(folded)} if len(folded) <= _LONGEST_NAME else set()
        elif known.position:
            self._by_address[_address(known)].discard(known.name)
        self._people[person.name] = person
        if person.position:
            self._by_address[_address(person)].add(person.name)

    def resolve(self, folded: str) -> str | None:
        """Return the name of the one person meant by a name or by surname and office, None if unclear."""
        names, holders = self._by_folded_name.get(folded), self._by_address.get(folded)
        if not holders:
            return names[-1] if names else None
        return next(iter(holders)) if len(holders) == 1 and not names else None

    def find_names(self, folded: str) -> Iterator[tuple[int, int, str]]:
        """Find the names of all known people in a text, in order: start, end, and the person's name."""
        for start in range(len(folded)):
            ends = (start + length for length in self._lengths)
            found = [
                (self._by_folded_name[text][0], end)
                for end in ends
                if (text := folded[start:end]) in self._by_folded_name
            ]
            # Of names with one start, that of the person introduced first comes last, and counts.
            for name, end in sorted(found, key=lambda each: -self._order[each[0]]):
                yield start, end, name


def _address(person: Speaker) -> str:
    """Return the form of address of a person: the first character of the name, and the office."""
    return fold_in_place(person.name)[0] + fold_in_place(person.position or "")
