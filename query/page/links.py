"""Links that show how many paragraphs they lead to."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from query import Facet
from query.page.asked import Asked, path_of
from query.page.marks import brief

__all__ = ["Link", "fits", "links_to", "shown_count"]

_MAX_VALUE = 400  # characters of a value that an address holds
_GROWING = ("most-words", "any-word")  # rungs that find more where there is less to compare with


class Link(Struct, frozen=True):
    """A value as it is shown, with its count and the address of its paragraphs, "" where there is none."""

    text: str
    count: str
    url: str


def fits(value: str) -> bool:
    """Tell whether a value is short enough for an address."""
    return len(value) <= _MAX_VALUE


def shown_count(count: int, rung: str) -> str:
    """Write how many paragraphs a link leads to; on some rungs it is at least that many."""
    return f"{'≥' if rung in _GROWING else ''}{count:,}"


def links_to(values: Sequence[Facet], kind: str, language: str) -> tuple[Link, ...]:
    """Lead to the pages of some values."""
    shown = Asked(language=language)
    return tuple(
        Link(
            brief(each.value),
            f"{each.count:,}",
            shown.url(path_of(kind, each.value)) if fits(each.value) else "",
        )
        for each in values
    )
