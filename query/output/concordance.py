"""Hits as a concordance: every match on a line of its own, in one column, with its context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from indexer.errors import LianghuiError
from indexer.text.width import width_of
from query.output.sanitize import safe
from query.output.text import KIND_LABELS, total_text
from query.results import Hit, Results

if TYPE_CHECKING:
    from query.output.terminal import Screen

__all__ = ["concordance"]

_NAME_WIDTH = 12  # columns that a name may take
_MIN_WIDTH_WITH_NAMES = 60  # columns of a screen that has room for names
_MIN_LINE_WIDTH = 20  # columns for a match and its context, however narrow the screen
_LEFT_SHARE = 0.4  # of these columns, before the match
_MAX_CONTEXT = 500  # characters measured on either side; no line has room for more


def concordance(results: Results, screen: Screen) -> Iterator[str]:
    """Print a line for each match of the hits: rank, speaker, and the match in its context.

    Raise `LianghuiError` when the hits were found by filters alone, so that no text matches.
    """
    if results.hits and not any(hit.highlights for hit in results):
        raise LianghuiError(
            "--kwic shows matches, and filters alone match no text; add a QUERY or leave --kwic out"
        )
    ranks = max((len(str(hit.rank)) for hit in results), default=0)
    names = [_name(hit) if screen.width >= _MIN_WIDTH_WITH_NAMES else "" for hit in results]
    column = max(map(width_of, names), default=0)
    for hit, name in zip(results, names, strict=True):
        lead = f"{hit.rank:>{ranks}}  {screen.bold(name)}" + " " * (column - width_of(name))
        lead += "  " if column else ""
        for line in _lines(
            hit, screen, max(_MIN_LINE_WIDTH, screen.width - ranks - 2 - column - 2 * bool(column))
        ):
            yield lead + line
    if results.hits:
        yield ""
    if results.total:
        yield total_text(results, screen)


def _lines(hit: Hit, screen: Screen, width: int) -> Iterator[str]:
    """Print the matches of a hit in `width` columns, each beginning in the same column."""
    text, left = safe(hit.text), int(width * _LEFT_SHARE)
    brackets = 0 if screen.colour else 2
    for start, end in hit.highlights:
        before = _fit_end(text[max(0, start - _MAX_CONTEXT) : start], left)
        match = _shorten(text[start:end], width - left - brackets)
        after = _fit_start(text[end : end + _MAX_CONTEXT], width - left - brackets - width_of(match))
        line = " " * (left - width_of(before)) + before + screen.highlight(match) + after
        yield line.rstrip()


def _name(hit: Hit) -> str:
    """Name the first speaker, or the kind of paragraph where nobody speaks, in a few columns."""
    names = [safe(speaker.name) for speaker in hit.speakers]
    more = "等" if len(names) > 1 else ""
    return _shorten(names[0] if names else KIND_LABELS[hit.kind], _NAME_WIDTH - width_of(more)) + more


def _shorten(text: str, width: int) -> str:
    """Cut `text` to `width` columns, with an ellipsis where it is longer."""
    return text if width_of(text) <= width else _fit_start(text, width - 1) + "…"


def _fit_start(text: str, width: int) -> str:
    """Return the start of `text` that fits into `width` columns, with the marks on its last character."""
    return text[: _count_fitting(text, width)]


def _fit_end(text: str, width: int) -> str:
    """Return the end of `text` that fits into `width` columns, without the marks on what is cut off."""
    end = text[len(text) - _count_fitting(reversed(text), width) :]
    while end and not width_of(end[0]):
        end = end[1:]
    return end


def _count_fitting(chars: Iterable[str], width: int) -> int:
    """Count the characters that fit into `width` columns."""
    count = 0
    for char in chars:
        width -= width_of(char)
        if width < 0:
            break
        count += 1
    return count
