"""Folding: text normalised for matching, with the offsets that lead back to the original.

Folding makes two spellings of the same thing equal: it writes ideographs for the radicals that look like
them, applies Unicode NFKC (full width, half width, compatibility forms) and case folding, maps
Traditional to Simplified one character at a time, and unifies the dashes and the middle dots. White space
and invisible characters are dropped.

A number is one thing: the point of a decimal becomes `DECIMAL_POINT`, which is a digit for all that
follows, and the commas between thousands are dropped.

A folded text is a sequence of *units*. A run of letters (Latin, Greek, Cyrillic) is one unit, a run
of digits is one, every other character is one. White space ends a run, and so do characters that
expand to several others (㎡, ①). Where two runs of the same kind are neighbours, one blank separates
them, so the folded string alone determines the units.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache, reduce

import opencc
from msgspec import Struct

from indexer.text.radicals import mend_radicals

__all__ = [
    "DECIMAL_POINT",
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
    "readable",
    "units",
]

# Letters of scripts that put blanks between words, with their accents. The text is normalised and case
# folded before, so that capitals and presentation forms need no mention.
_LETTERS = r"a-zß-öø-ɏͰ-ϿЀ-ԯḀ-ỿἀ-῿\u0300-\u036f"
LETTER = rf"[{_LETTERS}]"
"""A pattern for one character of a run of letters, in a folded text."""
DECIMAL_POINT = "\u066b"
"""The point of a decimal in a folded text: 6.5% is not 5%. A full stop elsewhere stays one."""
DIGIT = rf"[\d{DECIMAL_POINT}]"
"""A pattern for one character of a run of digits, in a folded text."""

_UNIT = re.compile(rf"{LETTER}+|{DIGIT}+|[^ ]")
# Of several blanks between two runs that would otherwise become one run, only the first stays.
_DROPPED_BLANK = re.compile(rf"(?<={LETTER}) (?= *{LETTER})|(?<={DIGIT}) (?= *{DIGIT})|(?P<dropped> )")
_ONE_RUN = re.compile(rf"{LETTER}{{2}}|{DIGIT}{{2}}")
# What looks like a year is no fraction: 3.2025年 is the third of a list. Nor is 2025.2.26 a decimal.
_DECIMAL = re.compile(r"(?<![\d.])(\d+)\.(?!(?:19|20)\d\d(?!\d))(\d+)(?!\d|\.\d)")
_THOUSANDS = re.compile(r"(?<![\d.])(?<!\d[,，])\d{1,3}(?:[,，]\d{3}(?!\d))+")
# A cluster is a character with the marks that combine with it, because NFKC composes them, and with the
# invisible characters behind it (zero-width blanks, variation selectors, directions), which are dropped.
_EXTENDER = (
    r"\u0300-\u036f\u0483-\u0489\u1160-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    r"\u3099\u309a\uff9e\uff9f\ufe20-\ufe2f"
    r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
)
_EXTENDED = re.compile(rf"[{_EXTENDER}]")
_CLUSTER = re.compile(rf"(?s).[{_EXTENDER}]*")
_UNIFIED = {**dict.fromkeys("‐‑‒–—―−─━﹘", "-"), **dict.fromkeys("‧・•∙⋅", "·")}
_CACHED_TEXTS = 16  # each rule of extraction folds the same paragraph again: half of what it would cost
_CACHED_PARAGRAPHS = 256  # a page is folded as a whole for its speakers, then again by paragraph
_FIRST_TRADITIONAL = "\u2e80"  # no character before the radicals has a Simplified form


@lru_cache(maxsize=_CACHED_TEXTS)
def fold(text: str) -> str:
    """Fold `text`; its units are what an index and a query compare."""
    if "," in text or "，" in text:
        text = _THOUSANDS.sub(_without_commas, text)
    if _EXTENDED.search(text):
        spaced = "".join(map(_fold_cluster, _CLUSTER.findall(text)))
    else:
        spaced = text.translate(_FOLDED)
    return _with_decimals(_DROPPED_BLANK.sub(_separator, spaced))


def readable(folded: str) -> str:
    """Write a folded text as people do, with the points of decimals."""
    return folded.replace(DECIMAL_POINT, ".")


@lru_cache(maxsize=_CACHED_PARAGRAPHS)
def fold_in_place(text: str) -> str:
    """Fold each character that stays one character; the length and all offsets stay those of `text`.

    Patterns written in Simplified and half width then match Traditional and full width, too.
    """
    return text.translate(_FOLDED_IN_PLACE)


def folding_version() -> dict[str, str]:
    """Return the versions of the tables that folding uses, by the name of each table."""
    return {"opencc": opencc.__version__, "unicode": unicodedata.unidata_version}


def units(folded: str) -> list[str]:
    """Split a folded text into its units."""
    return _UNIT.findall(folded)


@lru_cache(maxsize=1 << 16)
def holds_word(folded: str) -> bool:
    """Check whether a text has a letter, a digit or an ideograph, and not only punctuation."""
    return any(char.isalnum() for char in folded)


def find_units(needle: str, haystack: str) -> list[int]:
    """Find all offsets in the folded `haystack` at which the folded `needle` occurs as whole units.

    This is the recall contract in its plainest form: a scan without an index. An empty needle occurs
    nowhere.
    """
    if not needle:
        return []
    offsets = []
    at = haystack.find(needle)
    while at >= 0:
        end = at + len(needle)
        if not (_splits_run(haystack, at) or _splits_run(haystack, end)):
            offsets.append(at)
        at = haystack.find(needle, at + 1)
    return offsets


def _splits_run(folded: str, at: int) -> bool:
    """Check whether the characters before and at the offset `at` belong to one run."""
    return 0 < at < len(folded) and _ONE_RUN.match(folded, at - 1) is not None


class Folded(Struct, frozen=True):
    """A folded text with the offsets of its characters in the original.

    `original[starts[i]:ends[i]]` is what folded to `text[i]`; both lists are as long as `text`.
    """

    text: str
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, original: str) -> Folded:
        """Fold `original` and keep the offsets of every character."""
        plain = "" if _EXTENDED.search(original) else original.translate(_FOLDED)
        commas = _commas_of_thousands(original)
        if len(plain) == len(original) and " " not in plain and not commas:  # most texts
            return cls(_with_decimals(plain), [*range(len(plain))], [*range(1, len(plain) + 1)])
        pieces: list[str] = []
        bounds: list[tuple[int, int]] = []
        at = 0
        for cluster in _clusters(original):
            piece = "" if at in commas else _fold_cluster(cluster)
            pieces.append(piece)
            bounds += [(at, at + len(cluster))] * len(piece)
            at += len(cluster)
        spaced = "".join(pieces)
        dropped = {match.start("dropped") for match in _DROPPED_BLANK.finditer(spaced)}
        kept = [i for i in range(len(spaced)) if i not in dropped]
        return cls(
            text=_with_decimals("".join(spaced[i] for i in kept)),
            starts=[bounds[i][0] for i in kept],
            ends=[bounds[i][1] for i in kept],
        )

    def spans(self, needle: str) -> list[tuple[int, int]]:
        """Find the folded `needle` as whole units, as `(start, end)` offsets in the original."""
        return [(self.starts[at], self.ends[at + len(needle) - 1]) for at in find_units(needle, self.text)]


def _clusters(text: str) -> Iterable[str]:
    return _CLUSTER.findall(text) if _EXTENDED.search(text) else text


def _with_decimals(folded: str) -> str:
    return _DECIMAL.sub(rf"\1{DECIMAL_POINT}\2", folded) if "." in folded else folded


def _without_commas(number: re.Match[str]) -> str:
    return number[0].replace(",", "").replace("，", "")


def _commas_of_thousands(text: str) -> set[int]:
    """Find the positions of the commas inside numbers."""
    numbers = _THOUSANDS.finditer(text) if "," in text or "，" in text else ()
    return {at for number in numbers for at in range(*number.span()) if text[at] in ",，"}


def _separator(blank: re.Match[str]) -> str:
    return "" if blank["dropped"] else " "


@lru_cache(maxsize=1 << 16)
def _fold_cluster(cluster: str) -> str:
    """Fold one cluster, with a blank on each side where it ends the runs beside it."""
    if cluster[0].isspace():
        return " "
    visible = "".join(char for char in cluster if not _is_invisible(char))
    plain = unicodedata.normalize("NFKC", mend_radicals(visible)).casefold()
    plain = unicodedata.normalize("NFKC", plain)
    folded = "".join(_UNIFIED.get(char) or _simplify(char) for char in plain)
    expands = unicodedata.category(cluster[0]) in ("No", "Nl", "So")
    return f" {folded} " if expands else folded


class _CharTable(dict[int, str]):
    """A table for `str.translate` that computes the entry of a character when it is first looked up."""

    def __init__(self, fold_char: Callable[[str], str]) -> None:
        super().__init__()
        self._fold_char = fold_char

    def __missing__(self, code: int) -> str:
        self[code] = self._fold_char(chr(code))
        return self[code]


def _fold_char_in_place(char: str) -> str:
    folded = _fold_cluster(char)
    return folded if len(folded) == 1 else char


_FOLDED = _CharTable(_fold_cluster)
_FOLDED_IN_PLACE = _CharTable(_fold_char_in_place)


def _is_invisible(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Cc", "Cf")
        or "\ufe00" <= char <= "\ufe0f"
        or ("\U000e0100" <= char <= "\U000e01ef")
    )


def _simplify(char: str) -> str:
    """Map a character to its Simplified form by OpenCC's table, as long as that is one character."""
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
    """Join neighbouring units into a folded text. Raise `TypeError` where there are none."""
    return reduce(join_pair, parts)


def join_pair(left: str, right: str) -> str:
    """Join two neighbouring units, with a blank where they would otherwise become one run."""
    return f"{left} {right}" if _ONE_RUN.fullmatch(left[-1] + right[0]) else left + right
