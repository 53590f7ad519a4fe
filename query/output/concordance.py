"""A concordance: every match on a line of its own, all in one column, between what stands around."""

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

_NAME = 12  # columns that a name may take
_NARROW = 60  # columns of a screen with no room for names
_LEAST = 20  # columns for a match and its context, however narrow the screen
_LEFT = 0.4  # of which stand before the match
_FAR = 500  # characters that are looked at on either side; no line has room for more


def concordance(results: Results, screen: Screen) -> Iterator[str]:
    """Yield a line for each match of the hits: rank, speaker, and the match between its context.

    Raise `LianghuiError` when the hits were found by filters alone, so that nothing in them matches.
    """
    if results.hits and not any(hit.highlights for hit in results):
        raise LianghuiError(
            "--kwic shows matches, and filters alone match no text; add a QUERY or leave --kwic out"
        )
    ranks = max((len(str(hit.rank)) for hit in results), default=0)
    names = [_name(hit) if screen.width >= _NARROW else "" for hit in results]
    column = max(map(width_of, names), default=0)
    for hit, name in zip(results, names, strict=True):
        lead = f"{hit.rank:>{ranks}}  {screen.bold(name)}" + " " * (column - width_of(name))
        lead += "  " if column else ""
        for line in _lines(hit, screen, max(_LEAST, screen.width - ranks - 2 - column - 2 * bool(column))):
            yield lead + line
    if results.hits:
        yield ""
    if results.total:
        yield total_text(results, screen)


def _lines(hit: Hit, screen: Screen, width: int) -> Iterator[str]:
    """Yield the matches of a hit in `width` columns, each beginning at the same one."""
    text, left = safe(hit.text), int(width * _LEFT)
    brackets = 0 if screen.colour else 2
    for start, end in hit.highlights:
        before = _last(text[max(0, start - _FAR) : start], left)
        match = _shortened(text[start:end], width - left - brackets)
        after = _first(text[end : end + _FAR], width - left - brackets - width_of(match))
        line = " " * (left - width_of(before)) + before + screen.lit(match) + after
        yield line.rstrip()


def _name(hit: Hit) -> str:
    """Return who says it, or what it is where nobody does, in a few columns."""
    names = [safe(speaker.name) for speaker in hit.speakers]
    more = "等" if len(names) > 1 else ""
    return _shortened(names[0] if names else KIND_LABELS[hit.kind], _NAME - width_of(more)) + more


def _shortened(text: str, width: int) -> str:
    """Return `text`, or as much of it as there is room for before an ellipsis."""
    return text if width_of(text) <= width else _first(text, width - 1) + "…"


def _first(text: str, width: int) -> str:
    """Return the beginning of `text` that fits into `width` columns, marks on its last character too."""
    return text[: _fitting(text, width)]


def _last(text: str, width: int) -> str:
    """Return the end of `text` that fits into `width` columns, without marks on what is cut away."""
    end = text[len(text) - _fitting(reversed(text), width) :]
    while end and not width_of(end[0]):
        end = end[1:]
    return end


def _fitting(chars: Iterable[str], width: int) -> int:
    """Return how many characters fit into `width` columns."""
    count = 0
    for char in chars:
        width -= width_of(char)
        if width < 0:
            break
        count += 1
    return count
