"""Wildcards: `?` is one character, `*` any run of them; beside letters or digits, of the same run.

A pattern is matched in units, as a text is indexed: where `?` stands for a unit of its own, a whole
number or Latin word counts as one character.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import ClassVar

from indexer.text.folding import DIGIT, LETTER, Folded, join_units, units

__all__ = ["AnyUnits", "Glob", "Literal", "Pattern", "PatternPart", "Piece"]

Span = tuple[int, int]

_WILD = "?*"
_KINDS = {"l": LETTER, "d": DIGIT}
_WILDCARD = "w"
# A run of letters or of digits takes in the wildcards that touch it; any other unit stands alone.
_ITEM = "w?(?P<l>l)(?:wl)*w?|w?(?P<d>d)(?:wd)*w?|c|w"
_WHOLE = rf"(?:(?<!{LETTER}){LETTER}++|(?<!{DIGIT}){DIGIT}++|(?!{LETTER}|{DIGIT})[^ ])"


@dataclass(frozen=True, slots=True)
class Literal:
    """Units as they are."""

    units: tuple[str, ...]

    @property
    def width(self) -> int:
        """The number of units."""
        return len(self.units)

    def regex(self) -> str:
        """Return the pattern of the units, whole runs at both ends."""
        return _bounded(re.escape(join_units(self.units)), self.units[0], self.units[-1])


@dataclass(frozen=True, slots=True)
class AnyUnits:
    """So many units, whatever they are."""

    width: int
    texts: ClassVar[tuple[str, ...]] = ()

    def regex(self) -> str:
        """Return the pattern of the units."""
        return " ?".join([_WHOLE] * self.width)


@dataclass(frozen=True, slots=True)
class Glob:
    """One run of letters or of digits, with wildcards in it; `kind` is the pattern of its characters."""

    kind: str
    text: str
    width: int = 1

    @property
    def prefix(self) -> str:
        """What every unit that matches begins with."""
        return re.split(r"[?*]", self.text, maxsplit=1)[0]

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands between the wildcards."""
        return tuple(filter(None, re.split(r"[?*]", self.text)))

    def regex(self) -> str:
        """Return the pattern of the run."""
        first, *rest = re.split(r"\*+", self.text)
        # Each part behind a star is taken where it first stands, for good: in linear time.
        middle = "".join(f"(?>{self.kind}*?{self._one_by_one(part)})" for part in rest[:-1])
        last = f"{self.kind}*{self._one_by_one(rest[-1])}" if rest else ""
        return f"(?<!{self.kind}){self._one_by_one(first)}{middle}{last}(?!{self.kind})"

    def _one_by_one(self, text: str) -> str:
        return "".join(self.kind if char == "?" else re.escape(char) for char in text)


PatternPart = Literal | AnyUnits | Glob
Piece = tuple[PatternPart, ...]
"""What stands in a row; between two pieces stands anything."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What stands in one paragraph, piece behind piece."""

    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, folded: str) -> Pattern:
        """Read a folded text with wildcards."""
        pieces: list[Piece] = [()]
        for item in _items(units(folded)):
            if item is None:
                pieces.append(())
            elif isinstance(item, Literal) and pieces[-1] and isinstance(pieces[-1][-1], Literal):
                pieces[-1] = (*pieces[-1][:-1], Literal((*pieces[-1][-1].units, *item.units)))
            else:
                pieces[-1] = (*pieces[-1], item)
        return cls(tuple(filter(None, pieces)))

    @property
    def plain(self) -> str | None:
        """The folded text that the pattern asks for, where it asks for nothing but a text."""
        match self.pieces:
            case ((Literal(parts),),):
                return join_units(parts)
        return None

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the pattern beside its wildcards, folded."""
        return tuple(
            text
            for piece in self.pieces
            for part in piece
            for text in ([join_units(part.units)] if isinstance(part, Literal) else part.texts)
        )

    def spans(self, folded: Folded) -> list[Span]:
        """Return where the pieces stand that make up a match, as `(start, end)` in the original text."""
        found = [list(_places(_regex(piece), folded.text)) for piece in self.pieces]
        return [
            (folded.starts[start], folded.ends[end - 1])
            for first in found[0]
            for start, end in _chained(first, found[1:])
        ]


def _chained(first: Span, others: Sequence[Sequence[Span]]) -> list[Span]:
    """Return a piece with the nearest of each other piece behind it, nothing where one is missing."""
    chain = [first]
    for places in others:
        at = bisect_left(places, (chain[-1][1], 0))
        if at == len(places):
            return []
        chain.append(places[at])
    return chain


@lru_cache(maxsize=256)
def _regex(piece: Piece) -> re.Pattern[str]:
    return re.compile(" ?".join(part.regex() for part in piece))


def _places(regex: re.Pattern[str], text: str) -> Iterator[Span]:
    match = regex.search(text)
    while match:
        yield match.span()
        match = regex.search(text, match.start() + 1)


def _bounded(regex: str, first: str, last: str) -> str:
    before, behind = _KINDS.get(_shape(first)), _KINDS.get(_shape(last))
    return (f"(?<!{before})" if before else "") + regex + (f"(?!{behind})" if behind else "")


def _items(parts: Sequence[str]) -> Iterator[PatternPart | None]:
    """Yield the parts of a pattern in order, None for a gap: a star between two others."""
    tokens = [
        token
        for wild, group in groupby(parts, _WILD.__contains__)
        for token in (["".join(group)] if wild else group)
    ]
    shape = "".join(map(_shape, tokens))
    for match in re.finditer(_ITEM, shape):
        start, end = match.span()
        text = "".join(tokens[start:end])
        inside = end < len(tokens) or shape[start] != _WILDCARD  # stars at the end ask for nothing
        if start and inside and "*" in tokens[start]:
            yield None
        if match.lastgroup:
            yield _run(text, match.lastgroup)
        elif shape[start] != _WILDCARD:
            yield Literal((text,))
        elif "?" in text:
            yield AnyUnits(text.count("?"))
        if end < len(tokens) and end - start > 1 and "*" in tokens[end - 1]:
            yield None


def _shape(token: str) -> str:
    if token[0] in _WILD:
        return _WILDCARD
    return next((name for name, kind in _KINDS.items() if re.match(kind, token)), "c")


def _run(text: str, name: str) -> PatternPart:
    wild = any(char in text for char in _WILD)
    return Glob(_KINDS[name], text) if wild else Literal((text,))
