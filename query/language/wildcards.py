"""Wildcards: `?` matches one character, `*` any number of them.

Beside letters or digits, a wildcard matches within the same run of letters or digits. Anywhere else a
pattern is matched in units, as a text is indexed: `?` then matches a unit, and a whole number or Latin
word is one unit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import ClassVar

from msgspec import Struct

from indexer.text.folding import DIGIT, LETTER, Folded, join_units, units

__all__ = [
    "MAX_WILDCARDS",
    "AnyUnits",
    "Glob",
    "Literal",
    "Pattern",
    "PatternPart",
    "Piece",
    "count_wildcards",
    "has_wildcards",
]

MAX_WILDCARDS = 20
"""Wildcards that one word may have."""


Span = tuple[int, int]

_WILDCARDS = "?*"
# One question mark at the end of a word that has no other wildcard ends a question.
_TYPED_WILDCARD = re.compile(r"[*＊]|[?？](?=.)|(?<=[?？])[?？]$")
# Each token of a pattern has a shape: l for letters, d for digits, w for wildcards, c for any other unit.
_RUN_CHARACTERS = {"l": LETTER, "d": DIGIT}
# A run of letters or of digits includes the wildcards beside it; any other unit is an item by itself.
_ITEM = "w?(?P<l>l)(?:wl)*w?|w?(?P<d>d)(?:wd)*w?|c|w"
_ANY_UNIT = rf"(?:(?<!{LETTER}){LETTER}++|(?<!{DIGIT}){DIGIT}++|(?!{LETTER}|{DIGIT})[^ ])"


def has_wildcards(word: str) -> bool:
    """Check whether a word, as it was typed, has wildcards, of half or full width."""
    return _TYPED_WILDCARD.search(word) is not None


def count_wildcards(folded: str) -> int:
    """Count the wildcards of a folded word."""
    return sum(map(folded.count, _WILDCARDS))


class Literal(Struct, frozen=True):
    """Match these units."""

    units: tuple[str, ...]

    @property
    def width(self) -> int:
        """The number of units."""
        return len(self.units)

    def regex(self) -> str:
        """Write a regular expression that does not match within a longer run of letters or digits."""
        return _bounded(re.escape(join_units(self.units)), self.units[0], self.units[-1])


class AnyUnits(Struct, frozen=True):
    """Match `width` units of any kind."""

    width: int
    texts: ClassVar[tuple[str, ...]] = ()

    def regex(self) -> str:
        """Write a regular expression for the units."""
        return " ?".join([_ANY_UNIT] * self.width)


class Glob(Struct, frozen=True):
    """Match one run of letters or digits with wildcards in it.

    `character` is the regular expression of one character of such a run.
    """

    character: str
    text: str
    width: int = 1

    @property
    def prefix(self) -> str:
        """The text before the first wildcard, with which every unit that matches begins."""
        return re.split(r"[?*]", self.text, maxsplit=1)[0]

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts between the wildcards."""
        return tuple(filter(None, re.split(r"[?*]", self.text)))

    def regex(self) -> str:
        """Write a regular expression for a whole run."""
        first, *rest = re.split(r"\*+", self.text)
        # Atomic groups: each part after a star is matched at its first occurrence, in linear time.
        middle = "".join(f"(?>{self.character}*?{self._one_by_one(part)})" for part in rest[:-1])
        last = f"{self.character}*{self._one_by_one(rest[-1])}" if rest else ""
        return f"(?<!{self.character}){self._one_by_one(first)}{middle}{last}(?!{self.character})"

    def _one_by_one(self, text: str) -> str:
        return "".join(self.character if char == "?" else re.escape(char) for char in text)


PatternPart = Literal | AnyUnits | Glob
Piece = tuple[PatternPart, ...]
"""Parts that are adjacent; any text may stand between two pieces."""


class Pattern(Struct, frozen=True):
    """Match pieces that follow one another in one paragraph."""

    pieces: tuple[Piece, ...]

    @classmethod
    def parse(cls, folded: str) -> Pattern:
        """Parse a folded text with wildcards."""
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
        """The folded text that the pattern is equivalent to, None unless there is one."""
        match self.pieces:
            case ((Literal(parts),),):
                return join_units(parts)
        return None

    @property
    def texts(self) -> tuple[str, ...]:
        """The folded texts between the wildcards."""
        return tuple(
            text
            for piece in self.pieces
            for part in piece
            for text in ([join_units(part.units)] if isinstance(part, Literal) else part.texts)
        )

    def spans(self, folded: Folded) -> list[Span]:
        """Find the pieces of all matches, as `(start, end)` in the original text."""
        spans = [list(_find_overlapping(_regex(piece), folded.text)) for piece in self.pieces]
        return [
            (folded.starts[start], folded.ends[end - 1])
            for first in spans[0]
            for start, end in _match_from(first, spans[1:])
        ]


def _match_from(first: Span, others: Sequence[Sequence[Span]]) -> list[Span]:
    """Follow a span of the first piece by the nearest span of each other; empty if one is missing."""
    match = [first]
    for spans in others:
        at = bisect_left(spans, (match[-1][1], 0))
        if at == len(spans):
            return []
        match.append(spans[at])
    return match


@lru_cache(maxsize=256)
def _regex(piece: Piece) -> re.Pattern[str]:
    return re.compile(" ?".join(part.regex() for part in piece))


def _find_overlapping(regex: re.Pattern[str], text: str) -> Iterator[Span]:
    """Yield the spans of all matches, also those that overlap an earlier one."""
    match = regex.search(text)
    while match:
        yield match.span()
        match = regex.search(text, match.start() + 1)


def _bounded(regex: str, first: str, last: str) -> str:
    """Forbid a match inside a run of letters or digits that its first or last unit belongs to."""
    before, after = _RUN_CHARACTERS.get(_shape(first)), _RUN_CHARACTERS.get(_shape(last))
    return (f"(?<!{before})" if before else "") + regex + (f"(?!{after})" if after else "")


def _items(parts: Sequence[str]) -> Iterator[PatternPart | None]:
    """Yield the parts of a pattern in order, None between two pieces."""
    tokens = [
        token
        for is_wildcard, group in groupby(parts, _WILDCARDS.__contains__)
        for token in (["".join(group)] if is_wildcard else group)
    ]
    shapes = "".join(map(_shape, tokens))
    for match in re.finditer(_ITEM, shapes):
        start, end = match.span()
        text = "".join(tokens[start:end])
        inside = end < len(tokens) or shapes[start] != "w"  # a star at the end matches anything
        if start and inside and "*" in tokens[start]:
            yield None
        if match.lastgroup:
            yield _run(text, match.lastgroup)
        elif shapes[start] != "w":
            yield Literal((text,))
        elif "?" in text:
            yield AnyUnits(text.count("?"))
        if end < len(tokens) and end - start > 1 and "*" in tokens[end - 1]:
            yield None


def _shape(token: str) -> str:
    """Classify a token as `_ITEM` does."""
    if token[0] in _WILDCARDS:
        return "w"
    return next((shape for shape, regex in _RUN_CHARACTERS.items() if re.match(regex, token)), "c")


def _run(text: str, shape: str) -> PatternPart:
    """Make the part for a run of letters or digits."""
    has_wildcards = any(char in text for char in _WILDCARDS)
    return Glob(_RUN_CHARACTERS[shape], text) if has_wildcards else Literal((text,))
