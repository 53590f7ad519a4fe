"""The densest sentences of a paragraph, and where in it the leaves of the query stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from indexer.text.folding import Folded
from query.language.syntax_tree import Leaf

__all__ = ["highlights", "snippet"]

Span = tuple[int, int]

_SENTENCE = re.compile(r"[^。！？；]*[。！？；]+[”’」』）)]*|[^。！？；]+$")
_CLAUSE = re.compile(r"[^，、：]*[，、：]|[^，、：]+$")


def highlights(text: str, leaves: Sequence[Leaf]) -> list[Span]:
    """Return where the leaves stand in `text`, as `(start, end)` in order, overlapping ones merged."""
    folded = Folded.of(text)
    spans = sorted(span for leaf in leaves for span in leaf.spans(folded))
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def snippet(text: str, lit: Sequence[Span], length: int) -> Span:
    """Return the part of `text`, whole sentences of about `length` characters, that holds most matches.

    A sentence much longer than that is cut at its commas. Nothing lit is ever cut.
    """
    parts = [part for span in _cut(_SENTENCE, text, (0, len(text))) for part in _short(text, span, length)]
    parts = _uncut(parts, lit)
    starts, ends = [start for start, _ in lit], [end for _, end in lit]
    best, most, last = (0, 0), -1, 0
    for first, (start, _) in enumerate(parts):
        last = max(last, first)
        while last + 1 < len(parts) and parts[last + 1][1] - start <= length:
            last += 1
        found = bisect_right(ends, parts[last][1]) - bisect_left(starts, start)
        if found > most:
            best, most = (start, parts[last][1]), found
    return _stripped(text, best)


def _short(text: str, span: Span, length: int) -> list[Span]:
    return [span] if span[1] - span[0] <= length else _cut(_CLAUSE, text, span)


def _cut(pattern: re.Pattern[str], text: str, span: Span) -> list[Span]:
    return [match.span() for match in pattern.finditer(text, *span) if match.end() > match.start()]


def _uncut(parts: list[Span], lit: Sequence[Span]) -> list[Span]:
    """Join neighbours whose border lies inside something lit."""
    starts = [start for start, _ in lit]
    joined: list[Span] = []
    for start, end in parts:
        before = bisect_left(starts, start) - 1  # the last span that begins before this border
        if joined and before >= 0 and start < lit[before][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _stripped(text: str, span: Span) -> Span:
    part = text[slice(*span)]
    return span[0] + len(part) - len(part.lstrip()), span[1] - len(part) + len(part.rstrip())
