"""Names of people in a text, by a linear model over characters: weights are data, reading is numpy.

Every character has a score for each of four tags: outside, first, inner and last character of a name. A
score is the sum of the weights that hashes of the characters around have in a table. A span is a name where
its tags together score higher than outside would; of spans that overlap, those worth most together stay.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from indexer.extraction.word_lists import COMPOUND_SURNAMES, SURNAMES

__all__ = ["BITS", "TAGS", "Name", "Tagger", "hashes"]

TAGS = 4
"""Outside, first, inner, last."""
BITS = 20
"""The table of weights has two to this power rows."""
_O, _B, _M, _E = range(TAGS)
_REACH = 3  # characters to each side that a feature may see
_MARGIN = 20  # of a scaled score: how far below the outside a tag may lie and still be looked at
_LONGEST = 18  # characters of a name
_BIAS = 128  # what is added to a weight so that four of them fit the bytes of a number
_LOW = np.uint32(0x00FF00FF)
_EIGHT = np.uint32(8)
_MIX = (np.uint32(15), np.uint32(0x2C1B3C6D), np.uint32(32 - BITS))
# Which characters (0 the one itself), and which kinds of characters (k), each feature joins.
_TEMPLATES: tuple[str, ...] = (
    "-2", "-1", "0", "1", "2",
    "-2 -1", "-1 0", "0 1", "1 2", "-1 1",
    "-3 -2 -1", "-2 -1 0", "-1 0 1", "0 1 2", "1 2 3",
    "-1 k0", "k-1 1", "k-2 1 2", "-2 -1 k0", "k-2 k-1 k0 k1", "k-1 0", "k-2 0",
)  # fmt: skip
_SLOTS = [f"{kind}{offset}" for kind in ("", "k") for offset in range(-_REACH, _REACH + 1)]
_PARTS = [[_SLOTS.index(part) for part in template.split()] for template in _TEMPLATES]
_FACTORS = np.array(
    [(2654435761 * (2 * slot + 3) ** 5 | 1) & 0xFFFFFFFF for slot in range(len(_SLOTS))], np.uint32
)
_SEEDS = np.array(
    [(40503 * (number + 1) ** 3 * 65599) & 0xFFFFFFFF for number in range(len(_TEMPLATES))], np.uint32
)


def _kinds() -> NDArray[np.uint32]:
    """Tell of every character whether it is a surname, or a part of a surname of two."""
    kinds = np.zeros(0x10000, np.uint32)
    for char in SURNAMES:
        kinds[ord(char)] = 1
    for word in COMPOUND_SURNAMES:
        kinds[ord(word[0])] |= 2
        kinds[ord(word[1])] |= 4
    return kinds


def _classes() -> NDArray[np.uint32]:
    """Give every character its code, digits and Latin letters each one for all."""
    codes = np.arange(0x10000, dtype=np.uint32)
    for first, last in ("09", "az", "AZ"):
        codes[ord(first) : ord(last) + 1] = ord(first.lower())
    return codes


_KINDS, _CODES = _kinds(), _classes()


class Name(Struct, frozen=True):
    """A name in a text: where it begins and ends, and by how much it is better than no name."""

    start: int
    end: int
    margin: float


def hashes(levelled: str) -> NDArray[np.uint32]:
    """Compute the rows of the table for each character: an array of templates by characters."""
    codes = _codes(levelled)
    padded = np.full(len(codes) + 2 * _REACH, ord("\n"), np.uint32)
    padded[_REACH:-_REACH] = _CODES[codes]
    size = len(codes)
    both = (padded, _KINDS[padded])
    rows = np.empty((len(_TEMPLATES), size), np.uint32)
    width = 2 * _REACH + 1
    parts = [
        both[slot // width][slot % width : slot % width + size] * _FACTORS[slot]
        for slot in range(len(_SLOTS))
    ]
    for row, slots, seed in zip(rows, _PARTS, _SEEDS, strict=True):
        np.add(parts[slots[0]], seed, out=row)
        for slot in slots[1:]:
            np.add(row, parts[slot], out=row)
    shift, factor, down = _MIX
    rows ^= rows >> shift
    rows *= factor
    rows >>= down
    return rows


def _codes(levelled: str) -> NDArray[np.uint16]:
    """Return the codes of a text, one for all characters that need more than two bytes."""
    short = levelled.encode("utf-16-le", "surrogatepass")
    if len(short) == 2 * len(levelled):
        return np.frombuffer(short, np.uint16)
    long = np.frombuffer(levelled.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(long, 0xFFFF).astype(np.uint16)


class Tagger:
    """Finds the names of people by its weights."""

    def __init__(self, weights: NDArray[np.int8], transitions: NDArray[np.float32]) -> None:
        """Set up with the weights of each row and tag, and of each tag behind another."""
        biased = (weights.astype(np.int16) + _BIAS).astype(np.uint8)
        self._packed = np.ascontiguousarray(biased).view(np.uint32).ravel()
        self._steps: list[list[float]] = transitions.tolist()

    def names(self, levelled: str) -> list[Name]:
        """Find the names in a levelled text, in order: those that do not overlap and are best together."""
        return _best_together(self._spans(*self.scores(levelled))) if len(levelled) > 1 else []

    def scores(self, levelled: str) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        """Return by how much each character is better as first, inner and last than outside."""
        picked = self._packed.take(hashes(levelled))
        even = np.add.reduce(picked & _LOW, axis=0, dtype=np.uint32)
        odd = np.add.reduce((picked >> _EIGHT) & _LOW, axis=0, dtype=np.uint32)
        half = np.uint32(16)
        low = np.uint32(0xFFFF)
        outside = (even & low).astype(np.int32)
        return (
            (odd & low).astype(np.int32) - outside,
            (even >> half).astype(np.int32) - outside,
            (odd >> half).astype(np.int32) - outside,
        )

    def _spans(
        self, first: NDArray[np.int32], inner: NDArray[np.int32], last: NDArray[np.int32]
    ) -> list[Name]:
        """Return every span that is better as a name than as none, by how much."""
        steps = self._steps
        outside = steps[_O][_O]
        edges = steps[_O][_B] + steps[_E][_O] - outside
        short = edges + steps[_B][_E] - 2 * outside
        long = edges + steps[_B][_M] + steps[_M][_E] - 3 * outside
        more = steps[_M][_M] - outside
        starts = np.flatnonzero(first[:-1] > -_MARGIN)
        heads, inners, lasts = first[starts].tolist(), inner.tolist(), last.tolist()
        found: list[Name] = []
        for start, head in zip(starts.tolist(), heads, strict=True):
            so_far = head
            value = so_far + lasts[start + 1] + short
            if value > 0:
                found.append(Name(start, start + 2, value))
            walk = long
            for end in range(start + 2, min(len(lasts), start + _LONGEST)):
                so_far += inners[end - 1]
                if so_far <= -_MARGIN:  # a name grows no better by another character that fits badly
                    break
                value = so_far + lasts[end] + walk
                if value > 0:
                    found.append(Name(start, end + 1, value))
                walk += more
        return found


def _best_together(spans: Sequence[Name]) -> list[Name]:
    """Choose the spans that do not overlap and are worth most together (weighted interval scheduling)."""
    spans = sorted(spans, key=lambda name: (name.end, name.start))
    ends = [name.end for name in spans]
    best: list[tuple[float, int]] = [(0.0, -1)]
    for number, name in enumerate(spans):
        before = bisect_right(ends, name.start, 0, number)
        value = best[before][0] + name.margin
        best.append((value, before) if value > best[number][0] else (best[number][0], -1))
    chosen, at = [], len(spans)
    while at:
        before = best[at][1]
        if before >= 0:
            chosen.append(spans[at - 1])
        at = before if before >= 0 else at - 1
    return chosen[::-1]
