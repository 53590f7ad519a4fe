"""Text folded for matching, with the way back to the original.

Folding makes two spellings of the same thing equal: Unicode NFKC (full width, half width,
compatibility forms), case, Traditional to Simplified one character at a time, the dashes and the
middle dots. White space and invisible characters are dropped.

A folded text is a sequence of *units*. A run of letters (Latin, Greek, Cyrillic) is one unit, a run
of digits is one, every other character is one. White space ends a run, and so do characters that
spell several others (㎡, ①). Where two runs of the same kind stand side by side, one blank keeps
them apart, so the folded string alone carries the units.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, reduce

import opencc

__all__ = [
    "DIGIT",
    "LETTER",
    "Folded",
    "find_units",
    "fold",
    "fold_in_place",
    "folding_version",
    "holds_word",
    "join_pair",
    "join_units",
    "units",
]

# Letters that are written in words with blanks between, each with its accents. NFKC and case
# folding have already happened, so capitals and presentation forms need no mention.
_LETTERS = r"a-zß-öø-ɏͰ-ϿЀ-ԯḀ-ỿἀ-῿\u0300-\u036f"
LETTER = rf"[{_LETTERS}]"
"""A pattern for a character of a run of letters, in a folded text."""
DIGIT = r"\d"
"""A pattern for a character of a run of digits."""

_UNIT = re.compile(rf"{LETTER}+|{DIGIT}+|[^ ]")
# Of the blanks between two runs that would otherwise grow together, the first one stays.
_DROPPED_BLANK = re.compile(rf"(?<={LETTER}) (?= *{LETTER})|(?<=\d) (?= *\d)|(?P<dropped> )")
_ONE_RUN = re.compile(rf"{LETTER}{{2}}|\d{{2}}")
# A character with what combines with it (NFKC has to see them together) and with the invisible
# characters behind it (zero-width blanks, variation selectors, directions), which fold to nothing.
_EXTENDER = (
    r"\u0300-\u036f\u0483-\u0489\u1160-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    r"\u3099\u309a\uff9e\uff9f\ufe20-\ufe2f"
    r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
)
_EXTENDED = re.compile(rf"[{_EXTENDER}]")
_CLUSTER = re.compile(rf"(?s).[{_EXTENDER}]*")
_SAME = {**dict.fromkeys("‐‑‒–—―−─━﹘", "-"), **dict.fromkeys("‧・•∙⋅", "·")}
# Every rule of the reading side asks for the same paragraph again: half the cost of reading it.
_RECENT = 16
_FIRST_TRADITIONAL = "\u2e80"  # no character before the radicals has a Simplified form


@lru_cache(maxsize=_RECENT)
def fold(text: str) -> str:
    """Return the folded form of `text`."""
    if _EXTENDED.search(text):
        spelt = "".join(map(_piece, _CLUSTER.findall(text)))
    else:
        spelt = text.translate(_PIECES)
    return _DROPPED_BLANK.sub(_kept_blank, spelt)


@lru_cache(maxsize=_RECENT)
def fold_in_place(text: str) -> str:
    """Return `text` with each character folded that stays one character, and all in their places.

    Patterns written in Simplified and half width then find Traditional and full width, too.
    """
    return text.translate(_IN_PLACE)


def folding_version() -> dict[str, str]:
    """Return what decides how text is folded."""
    return {"opencc": opencc.__version__, "unicode": unicodedata.unidata_version}


def units(folded: str) -> list[str]:
    """Cut a folded text into its units."""
    return _UNIT.findall(folded)


@lru_cache(maxsize=1 << 16)
def holds_word(folded: str) -> bool:
    """Tell whether a folded text holds a letter, a digit or a character, not only punctuation."""
    return any(char.isalnum() for char in folded)


def find_units(needle: str, haystack: str) -> list[int]:
    """Return every place where the folded `needle` occurs in the folded `haystack` as whole units.

    This is the recall contract in its plainest form: a scan, with no index behind it.
    """
    if not needle:
        return []
    places = []
    at = haystack.find(needle)
    while at >= 0:
        end = at + len(needle)
        if not (_same_run(haystack, at) or _same_run(haystack, end)):
            places.append(at)
        at = haystack.find(needle, at + 1)
    return places


def _same_run(folded: str, at: int) -> bool:
    """Tell whether the characters before and at `at` belong to one run."""
    return 0 < at < len(folded) and _ONE_RUN.match(folded, at - 1) is not None


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text whose characters know where they come from.

    `starts[i]` and `ends[i]` bound the part of the original that folded to `text[i]`.
    """

    text: str
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, original: str) -> Folded:
        """Fold `original`, keeping the way back."""
        spelt = "" if _EXTENDED.search(original) else original.translate(_PIECES)
        if len(spelt) == len(original) and " " not in spelt:  # character by character: most texts
            return cls(spelt, [*range(len(spelt))], [*range(1, len(spelt) + 1)])
        pieces: list[str] = []
        bounds: list[tuple[int, int]] = []
        at = 0
        for cluster in _clusters(original):
            piece = _piece(cluster)
            pieces.append(piece)
            bounds += [(at, at + len(cluster))] * len(piece)
            at += len(cluster)
        raw = "".join(pieces)
        dropped = {match.start("dropped") for match in _DROPPED_BLANK.finditer(raw)}
        kept = [i for i in range(len(raw)) if i not in dropped]
        return cls(
            text="".join(raw[i] for i in kept),
            starts=[bounds[i][0] for i in kept],
            ends=[bounds[i][1] for i in kept],
        )

    def spans(self, needle: str) -> list[tuple[int, int]]:
        """Return where the folded `needle` occurs, as `(start, end)` in the original text."""
        return [(self.starts[at], self.ends[at + len(needle) - 1]) for at in find_units(needle, self.text)]


def _clusters(text: str) -> Iterable[str]:
    return _CLUSTER.findall(text) if _EXTENDED.search(text) else text


def _kept_blank(blank: re.Match[str]) -> str:
    return "" if blank["dropped"] else " "


@lru_cache(maxsize=1 << 16)
def _piece(cluster: str) -> str:
    """Fold one cluster; a blank around it ends the runs beside it."""
    if cluster[0].isspace():
        return " "
    visible = "".join(char for char in cluster if not _is_invisible(char))
    plain = unicodedata.normalize("NFKC", visible).casefold()
    plain = unicodedata.normalize("NFKC", plain)
    folded = "".join(_SAME.get(char) or _simplified(char) for char in plain)
    spelt_out = unicodedata.category(cluster[0]) in ("No", "Nl", "So")
    return f" {folded} " if spelt_out else folded


class _Table(dict[int, str]):
    """What `str.translate` puts for a character, worked out when the character first comes."""

    def __init__(self, put: Callable[[str], str]) -> None:
        super().__init__()
        self._put = put

    def __missing__(self, code: int) -> str:
        self[code] = self._put(chr(code))
        return self[code]


def _folded_in_place(char: str) -> str:
    piece = _piece(char)
    return piece if len(piece) == 1 else char


_PIECES = _Table(_piece)
_IN_PLACE = _Table(_folded_in_place)


def _is_invisible(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Cc", "Cf")
        or "\ufe00" <= char <= "\ufe0f"
        or ("\U000e0100" <= char <= "\U000e01ef")
    )


def _simplified(char: str) -> str:
    """Return the Simplified form of a character by OpenCC's table, one to one."""
    while char >= _FIRST_TRADITIONAL and not "\ud800" <= char <= "\udfff":
        simpler = _opencc().convert(char)
        if simpler == char or len(simpler) != 1:
            break
        char = simpler
    return char


@cache
def _opencc() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def join_units(parts: Sequence[str]) -> str:
    """Return units as they stand in a row in a folded text."""
    return reduce(join_pair, parts)


def join_pair(left: str, right: str) -> str:
    """Return two neighbouring units as they stand in a folded text."""
    return f"{left} {right}" if _ONE_RUN.fullmatch(left[-1] + right[0]) else left + right
