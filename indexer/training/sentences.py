"""Sentences with the people in them marked: what the tagger learns from, and what may be done to them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Sentence", "rewrite", "set_blanks"]

_BLANKS = (" ", "  ", "    ")
_SET_APART = 0.5  # of the names of two characters


class Sentence(NamedTuple):
    """A text folded in place, and where the names of people begin and end in it, from left to right."""

    text: str
    spans: Sequence[tuple[int, int]]


def rewrite(sentence: Sentence, names: Sequence[str]) -> Sentence:
    """Put other names in the place of those of a sentence, one for each."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = length = 0
    for (start, end), name in zip(sentence.spans, names, strict=True):
        length += start - at
        parts += [sentence.text[at:start], name]
        spans.append((length, length + len(name)))
        length += len(name)
        at = end
    return Sentence("".join([*parts, sentence.text[at:]]), spans)


def set_blanks(sentence: Sentence, rng: random.Random) -> Sentence:
    """Set blanks into half of the names of two characters, as pages do."""
    return rewrite(sentence, [_with_blank(sentence.text[start:end], rng) for start, end in sentence.spans])


def _with_blank(name: str, rng: random.Random) -> str:
    if len(name) == 2 and rng.random() < _SET_APART:
        return name[0] + rng.choice(_BLANKS) + name[1]
    return name
