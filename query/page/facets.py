"""Facets as links with counts, and the filters in force with the way out of them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from query import Facet, Results
from query.page.asked import Asked
from query.page.links import Link, fits, shown_count
from query.page.marks import brief
from query.page.texts import Texts

__all__ = ["LISTS", "NARROWING", "Chip", "Group", "chips", "groups"]

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

_SHOWN = 6  # values of a facet


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


def _narrow(facet: Facet, name: str, rung: str, asked: Asked, path: str, say: Texts) -> Link:
    text = brief(say.value(name, facet.value))
    return Link(text, shown_count(facet.count, rung), _narrowed(facet.value, name, asked, path))


def _narrowed(value: str, name: str, asked: Asked, path: str) -> str:
    """Compose the address of what has a value, too; "" where two filters of a name would mean either."""
    if asked.is_long or not fits(value):
        return ""
    if name not in asked.filters:
        return asked.with_filter(name, value).url(path)
    in_query = not asked.query.strip() and '"' not in value
    return replace(asked, query=f'{name}:"={value}"', page=1).url("/") if in_query else ""
