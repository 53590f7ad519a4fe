"""Who speaks about what: speakers by topics as a grid, each cell a link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from query import Facet
from query.page.asked import Asked
from query.page.links import Link, fits, shown_count
from query.page.marks import brief

__all__ = ["GRID_ROWS", "Cell", "Grid", "grid"]

GRID_ROWS = 8
"""The speakers of a grid."""

_COLUMNS = 8
_HEATS = 5  # shades of a cell
_MAX_LABEL = 16  # characters of a speaker or a topic


class Cell(Struct, frozen=True):
    """How many paragraphs a speaker and a topic share, how much that is (0 to 5), and their address."""

    count: str
    heat: int
    url: str


class Grid(Struct, frozen=True):
    """Speakers by topics."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Link, tuple[Cell, ...]], ...]


def grid(speakers: Sequence[Facet], rung: str, asked: Asked, path: str) -> Grid | None:
    """Arrange speakers, with their counts by topic, as a grid of the topics that they speak most about."""
    sums: Counter[str] = Counter()
    for speaker in speakers:
        sums.update({each.value: each.count for each in speaker.by if fits(each.value)})
    topics = [topic for topic, _ in sums.most_common(_COLUMNS)]
    rows = [each for each in speakers if fits(each.value) and {of.value for of in each.by} & {*topics}]
    most = max((each.count for row in rows for each in row.by), default=0)
    if len(rows) < 2 or len(topics) < 2:
        return None
    return Grid(
        tuple(brief(topic, _MAX_LABEL) for topic in topics),
        tuple(
            (_row_head(row, rung, asked, path), _cells(row, rung, topics, most, asked, path)) for row in rows
        ),
    )


def _row_head(row: Facet, rung: str, asked: Asked, path: str) -> Link:
    return Link(
        brief(row.value, _MAX_LABEL),
        shown_count(row.count, rung),
        asked.with_filter("speaker", row.value).url(path),
    )


def _cells(
    row: Facet, rung: str, topics: Sequence[str], most: int, asked: Asked, path: str
) -> tuple[Cell, ...]:
    counts = {each.value: each.count for each in row.by}
    of_speaker = asked.with_filter("speaker", row.value)
    return tuple(
        Cell(
            shown_count(count, rung) if count else "",
            -(-_HEATS * count // most),
            of_speaker.with_filter("topic", topic).url(path) if count else "",
        )
        for topic in topics
        for count in [counts.get(topic, 0)]
    )
