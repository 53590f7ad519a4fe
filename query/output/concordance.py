"""Hits as a concordance: every match on a line of its own, in one column, with its context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from indexer.errors import LianghuiError
from indexer.text.width import width_of
from query.choices import Side
from query.concordance import ConcordanceLine
from query.output.sanitize import safe
from query.output.text import total_text
from query.results import Hit, Results

if TYPE_CHECKING:
    from query.output.terminal import Screen

__all__ = ["concordance", "matching_lines"]

_NAME_WIDTH = 17  # columns that a name or a source may take
_MIN_WIDTH_WITH_NAMES = 60  # columns of a screen that has room for names
_MIN_LINE_WIDTH = 20  # columns for a match and its context, however narrow the screen
_LEFT_SHARE = 0.4  # of these columns, before the match
_MAX_CONTEXT = 500  # characters measured on either side; no line has room for more


def matching_lines(results: Results, sort: Side | None) -> list[ConcordanceLine]:
    """List the lines of the concordance of an answer.

    Raise `LianghuiError` when the hits were found by filters alone, so that no text matches.
    """
    lines = results.concordance(sort)
    if results.hits and not lines:
        raise LianghuiError(
            "--kwic shows matches, and filters alone match no text; add a QUERY or leave --kwic out"
        )
    return lines


def concordance(results: Results, screen: Screen, sort: Side | None = None) -> Iterator[str]:
    """Print a line for each match of the hits: rank, date, speaker or source, and the match in its context.

    The date stands there only where it tells the hits apart, or who speaks does not.
    Raise what `matching_lines` raises.
    """
    lines = matching_lines(results, sort)
    labels = _labels(results.hits) if screen.width >= _MIN_WIDTH_WITH_NAMES else {}
    ranks = max((len(str(hit.rank)) for hit in results), default=0)
    width = max(_MIN_LINE_WIDTH, screen.width - ranks - 2 - (_columns(labels) + 2 if labels else 0))
    for line in lines:
        lead = f"{line.hit.rank:>{ranks}}  "
        if labels:
            label = labels[line.hit.rank]
            lead += screen.bold(label) + " " * (_columns(labels) - width_of(label)) + "  "
        yield lead + _line(line, screen, width)
    if lines:
        yield ""
    if results.total:
        yield total_text(results, screen)


def _labels(hits: Sequence[Hit]) -> dict[int, str]:
    """Label each hit, by its rank, with its date and who speaks, or where nobody does, with its source."""
    dated = len({hit.date for hit in hits}) > 1 or not all(hit.speakers for hit in hits)
    labels = {}
    dates = max((len(hit.date or "") for hit in hits), default=0) if dated else 0
    for hit in hits:
        date = (hit.date or "").ljust(dates) + "  " if dates else ""
        labels[hit.rank] = date + (
            _name(hit) if hit.speakers else _shorten_start(safe(hit.source), _NAME_WIDTH)
        )
    return labels


def _columns(labels: dict[int, str]) -> int:
    return max(map(width_of, labels.values()))


def _line(line: ConcordanceLine, screen: Screen, width: int) -> str:
    """Print a match in `width` columns, so that all begin in the same one."""
    text, left = safe(line.hit.text), int(width * _LEFT_SHARE)
    brackets = 0 if screen.colour else 2
    before = _fit_end(text[max(0, line.start - _MAX_CONTEXT) : line.start], left)
    match = _shorten(text[line.start : line.end], width - left - brackets)
    room = width - left - brackets - width_of(match)
    after = _fit_start(text[line.end : line.end + _MAX_CONTEXT], room)
    return (" " * (left - width_of(before)) + before + screen.highlight(match) + after).rstrip()


def _name(hit: Hit) -> str:
    """Name the first speaker in a few columns."""
    more = "等" if len(hit.speakers) > 1 else ""
    return _shorten(safe(hit.speakers[0].name), _NAME_WIDTH - width_of(more)) + more


def _shorten_start(text: str, width: int) -> str:
    """Cut `text` to `width` columns from its end, with an ellipsis where it is longer."""
    return text if width_of(text) <= width else "…" + _fit_end(text, width - 1)


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
