"""Facets as links with counts, speakers by topics as a grid, and the filters in force with the way out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from query import Facet, Results
from query.page.asked import Asked, path_of
from query.page.marks import brief
from query.page.texts import Texts

__all__ = ["NARROWING", "Chip", "Grid", "Group", "Link", "chips", "grid", "groups", "shown_count", "things"]

NARROWING = {
    "speaker": "speaker",
    "topic": "topic",
    "session": "session",
    "role": "role",
    "document_type": "type",
    "source": "source",
}
"""The facets that an answer is narrowed down by, and the filters of their values."""

LISTS = {"speaker": "/speakers", "topic": "/topics", "session": "/sessions"}
"""Where all values of a facet are listed."""

GRID_ROWS = 8
"""The speakers of a grid."""

_GRID_COLUMNS = 8
_SHOWN = 6  # values of a facet
_HEATS = 5  # shades of a cell
_MAX_VALUE = 400  # characters of a value that an address holds
_GROWING = ("most-words", "any-word")  # rungs that find more where there is less to compare with


class Link(Struct, frozen=True):
    """A value as it is shown, with its count and the address of its paragraphs, "" where there is none."""

    text: str
    count: str
    url: str


class Group(Struct, frozen=True):
    """The most frequent values of a facet, the number of all of them, and where they are listed."""

    name: str
    label: str
    links: tuple[Link, ...]
    size: int
    all_url: str


class Chip(Struct, frozen=True):
    """A filter in force, and the address without it."""

    label: str
    text: str
    url: str


class Cell(Struct, frozen=True):
    """How many paragraphs a speaker and a topic share, how much that is (0 to 5), and their address."""

    count: str
    heat: int
    url: str


class Grid(Struct, frozen=True):
    """Speakers by topics."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Link, tuple[Cell, ...]], ...]


def groups(
    results: Results, asked: Asked, here: Asked, path: str, say: Texts, names: Mapping[str, str]
) -> list[Group]:
    """Show the facets of these names, of which there is something to choose.

    Each value leads to `here` at the path with the value, and the list of all values is of what is `asked`.
    """
    shown = []
    for field, name in names.items():
        values = [
            each for each in results.facets[field] if f"={each.value}" not in here.filters.get(name, ())
        ]
        if len(values) > 1 or any(each.count < results.total for each in values):
            links = tuple(_narrow(each, name, results.rung, here, path, say) for each in values[:_SHOWN])
            size = results.facet_sizes[field]
            is_listed = field in LISTS and size > len(links)
            url = replace(asked, page=1, sort="", limit=0).url(LISTS[field]) if is_listed else ""
            shown.append(Group(name, say.label(name), links, size, url))
    return shown


def shown_count(count: int, rung: str) -> str:
    """Write how many paragraphs a link leads to; on some rungs it is at least that many."""
    return f"{'≥' if rung in _GROWING else ''}{count:,}"


def things(values: Sequence[Facet], kind: str, language: str) -> tuple[Link, ...]:
    """Show values that have a page of their own."""
    shown = Asked(language=language)
    return tuple(
        Link(
            brief(each.value),
            f"{each.count:,}",
            shown.url(path_of(kind, each.value)) if _fits(each.value) else "",
        )
        for each in values
    )


def chips(asked: Asked, path: str, say: Texts, fixed: str = "") -> list[Chip]:
    """Show the filters in force, but the `fixed` one, which the page is about."""
    return [
        Chip(
            say.label(name),
            brief(say.value(name, text.removeprefix("="))),
            asked.without_filter(name, text).url(path),
        )
        for name, texts in asked.filters.items()
        for text in texts
        if name != fixed
    ]


def grid(speakers: Sequence[Facet], rung: str, asked: Asked, path: str) -> Grid | None:
    """Arrange speakers, with their counts by topic, as a grid of the topics that they speak most about."""
    sums: Counter[str] = Counter()
    for speaker in speakers:
        sums.update({each.value: each.count for each in speaker.by if _fits(each.value)})
    topics = [topic for topic, _ in sums.most_common(_GRID_COLUMNS)]
    rows = [each for each in speakers if _fits(each.value) and {of.value for of in each.by} & {*topics}]
    most = max((each.count for row in rows for each in row.by), default=0)
    if len(rows) < 2 or len(topics) < 2:
        return None
    return Grid(
        tuple(brief(topic, 16) for topic in topics),
        tuple(
            (_row_head(row, rung, asked, path), _cells(row, rung, topics, most, asked, path)) for row in rows
        ),
    )


def _row_head(row: Facet, rung: str, asked: Asked, path: str) -> Link:
    return Link(
        brief(row.value, 16), shown_count(row.count, rung), asked.with_filter("speaker", row.value).url(path)
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


def _narrow(facet: Facet, name: str, rung: str, asked: Asked, path: str, say: Texts) -> Link:
    text = brief(say.value(name, facet.value))
    return Link(text, shown_count(facet.count, rung), _narrowed(facet.value, name, asked, path))


def _narrowed(value: str, name: str, asked: Asked, path: str) -> str:
    """Compose the address of what has a value, too; "" where two filters of a name would mean either."""
    if asked.is_long or not _fits(value):
        return ""
    if name not in asked.filters:
        return asked.with_filter(name, value).url(path)
    in_query = not asked.query.strip() and '"' not in value
    return replace(asked, query=f'{name}:"={value}"', page=1).url("/") if in_query else ""


def _fits(value: str) -> bool:
    return len(value) <= _MAX_VALUE
