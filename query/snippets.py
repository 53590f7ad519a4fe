"""The matches of a query inside a paragraph, and the sentences with most of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from indexer.text.folding import Folded
from query.language.syntax_tree import Leaf

__all__ = ["densest_snippet", "excerpt", "find_highlights"]

Span = tuple[int, int]
"""`(start, end)` offsets into a text."""

_SENTENCE = re.compile(r"[^。！？；]*[。！？；]+[”’」』）)]*|[^。！？；]+$")
_CLAUSE = re.compile(r"[^，、：\s]*[，、：\s]+|[^，、：\s]+$")


def find_highlights(text: str, leaves: Sequence[Leaf]) -> list[Span]:
    """Find the leaves of a query in `text`: ascending spans, overlapping ones merged."""
    folded = Folded.of(text)
    spans = sorted(span for leaf in leaves for span in leaf.spans(folded))
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def densest_snippet(text: str, highlights: Sequence[Span], length: int) -> Span:
    """Find the whole sentences of `text`, together about `length` characters, with most highlights.

    A sentence longer than `length` is cut at its commas and blanks. No highlight is ever cut.
    """
    sentences = _split(_SENTENCE, text, (0, len(text)))
    parts = [part for span in sentences for part in _split_long(text, span, length)]
    parts = _join_cut_highlights(parts, highlights)
    starts, ends = [start for start, _ in highlights], [end for _, end in highlights]
    best, most, last = (0, 0), -1, 0
    for first, (start, _) in enumerate(parts):
        last = max(last, first)
        while last + 1 < len(parts) and parts[last + 1][1] - start <= length:
            last += 1
        count = bisect_right(ends, parts[last][1]) - bisect_left(starts, start)
        if count > most:
            best, most = (start, parts[last][1]), count
    return _strip(text, best)


def excerpt(text: str, snippet: str, highlights: Sequence[Span]) -> tuple[str, list[Span]]:
    """Return a snippet, with an ellipsis where its text goes on, and the highlights inside it."""
    start = text.find(snippet)
    end = start + len(snippet)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = start - len(before)
    inside = [(left - shift, right - shift) for left, right in highlights if start <= left and right <= end]
    return before + snippet + after, inside


def _split_long(text: str, span: Span, length: int) -> list[Span]:
    return [span] if span[1] - span[0] <= length else _split(_CLAUSE, text, span)


def _split(pattern: re.Pattern[str], text: str, span: Span) -> list[Span]:
    return [match.span() for match in pattern.finditer(text, *span) if match.end() > match.start()]


def _join_cut_highlights(parts: list[Span], highlights: Sequence[Span]) -> list[Span]:
    """Join neighbouring parts whose border lies inside a highlight."""
    starts = [start for start, _ in highlights]
    joined: list[Span] = []
    for start, end in parts:
        before = bisect_left(starts, start) - 1  # the last highlight that begins before this border
        if joined and before >= 0 and start < highlights[before][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _strip(text: str, span: Span) -> Span:
    """Leave out the white space at both ends of a span."""
    part = text[slice(*span)]
    return span[0] + len(part) - len(part.lstrip()), span[1] - len(part) + len(part.rstrip())
