"""The concordance of an answer: each match on a line of its own, between what stands left and right of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, get_args

from msgspec import Struct

from indexer.errors import LianghuiError
from indexer.text.folding import fold
from query.choices import Side

if TYPE_CHECKING:
    from query.results import Hit

__all__ = ["LINE_COLUMNS", "ConcordanceLine", "concordance_lines"]

LINE_COLUMNS = ("rank", "id", "source", "lines", "date", "speaker", "left", "match", "right")
"""The keys of a line as a record."""

_CONTEXT = 60  # characters on either side of a match
_SORTED_BY = 20  # of these characters


class ConcordanceLine(Struct, frozen=True):
    """A match: the hit it stands in, and its `(start, end)` in the text of the hit."""

    hit: Hit
    start: int
    end: int

    @property
    def left(self) -> str:
        """What stands before the match."""
        return self.hit.text[max(0, self.start - _CONTEXT) : self.start]

    @property
    def match(self) -> str:
        """The match."""
        return self.hit.text[self.start : self.end]

    @property
    def right(self) -> str:
        """What stands behind the match."""
        return self.hit.text[self.end : self.end + _CONTEXT]

    def to_dict(self) -> dict[str, Any]:
        """Return the line as a record, with the speakers joined by 、."""
        hit = self.hit
        speakers = "、".join(speaker.name for speaker in hit.speakers)
        values = (hit.rank, hit.id, hit.source, hit.line_range, hit.date, speakers)
        return dict(zip(LINE_COLUMNS, (*values, self.left, self.match, self.right), strict=True))


def concordance_lines(hits: Iterable[Hit], sort: Side | None = None) -> list[ConcordanceLine]:
    """List the matches of some hits in their order, or sorted by what stands on one side of the matches.

    Raise `LianghuiError` for another side.
    """
    lines = [ConcordanceLine(hit, start, end) for hit in hits for start, end in _joined(hit.highlights)]
    match sort:
        case None:
            return lines
        case "left":
            return sorted(lines, key=lambda line: (_left_key(line), _right_key(line)))
        case "right":
            return sorted(lines, key=lambda line: (_right_key(line), _left_key(line)))
    raise LianghuiError(f"a concordance has no side {sort!r}; there are {', '.join(get_args(Side))}")


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join matches that stand side by side, as the words of a text that was cut do."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _left_key(line: ConcordanceLine) -> str:
    """Fold what stands before a match, its last character first."""
    return fold(line.left[-_SORTED_BY:])[::-1]


def _right_key(line: ConcordanceLine) -> str:
    return fold(line.right[:_SORTED_BY])
