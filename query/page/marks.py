"""Texts as they are shown: cut to what a page can hold, harmless, and in pieces that are marked or not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from query.output.sanitize import safe

__all__ = ["Piece", "Span", "brief", "pieces"]

Span = tuple[int, int]

_MAX_LABEL = 60  # characters of a value in a list


class Piece(Struct, frozen=True):
    """A piece of a text: whether it matches, and whether it is evidence for who speaks."""

    text: str
    match: bool = False
    evidence: bool = False


def pieces(
    text: str, highlights: Sequence[Span], evidence: Sequence[Span] = (), most: int | None = None
) -> list[Piece]:
    """Cut a text where a match or evidence begins or ends; show `most` characters around the first match."""
    start, end = _window(text, highlights, most)
    highlights, evidence = _inside(highlights, start, end), _inside(evidence, start, end)
    cuts = {start, end}
    for span in (*highlights, *evidence):
        cuts.update(at for at in span if start < at < end)
    borders = sorted(cuts)
    parts = [
        Piece(safe(text[left:right]), _covered(highlights, left), _covered(evidence, left))
        for left, right in pairwise(borders)
    ]
    before, behind = [Piece("…")] * (start > 0), [Piece("…")] * (end < len(text))
    return [*before, *parts, *behind]


def brief(text: str, most: int = _MAX_LABEL) -> str:
    """Show a value in few characters."""
    return safe(text if len(text) <= most else text[: most - 1] + "…")


def _window(text: str, highlights: Sequence[Span], most: int | None) -> Span:
    """Choose what is shown of a text."""
    if most is None or len(text) <= most:
        return 0, len(text)
    first = highlights[0][0] if highlights else 0
    start = max(0, min(first - most // 4, len(text) - most))
    return start, start + most


def _inside(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    return [span for span in spans if span[0] < end and start < span[1]]


def _covered(spans: Sequence[Span], at: int) -> bool:
    return any(start <= at < end for start, end in spans)
