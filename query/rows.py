"""Hits as rows of a table: flat records, one a hit or one a speaker, for spreadsheets and data frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, get_args

from indexer.errors import LianghuiError
from indexer.models import Speaker
from query.choices import Each

if TYPE_CHECKING:
    from query.results import Hit

__all__ = ["COLUMNS", "hit_rows"]


def _evidence(hit: Hit, who: Speaker) -> str | None:
    """Return the words that show who speaks, or the id of the paragraph that does."""
    return hit.text[slice(*who.evidence)] if isinstance(who.evidence, tuple) else who.evidence


_OF_HIT: dict[str, Callable[[Hit], Any]] = {
    "rank": lambda hit: hit.rank,
    "score": lambda hit: hit.score,
    "rung": lambda hit: hit.rung,
    "repeats": lambda hit: hit.repeats,
    "id": lambda hit: hit.id,
    "source": lambda hit: hit.source,
    "lines": lambda hit: hit.line_range,
    "page": lambda hit: hit.page,
    "date": lambda hit: hit.date,
    "date_end": lambda hit: hit.date_end,
}
_OF_SPEAKER: dict[str, Callable[[Hit, Speaker], str | None]] = {
    "speaker": lambda _, who: who.name,
    "role": lambda _, who: who.role,
    "organisation": lambda _, who: who.organisation,
    "position": lambda _, who: who.position,
    "how": lambda _, who: who.how,
    "evidence": _evidence,
}
_OF_TEXT: dict[str, Callable[[Hit], Any]] = {
    "title": lambda hit: hit.title,
    "section": lambda hit: hit.section,
    "lead": lambda hit: hit.lead,
    "document_type": lambda hit: hit.document_type,
    "kind": lambda hit: hit.kind,
    "sessions": lambda hit: _join(map(str, hit.sessions)),
    "topics": lambda hit: _join(map(str, hit.topics)),
    "mentions": lambda hit: _join(hit.mentions),
    "reporters": lambda hit: _join(hit.reporters),
    "chair": lambda hit: _join(hit.chair),
    "attendees": lambda hit: _join(hit.attendees),
    "matched": lambda hit: _join(f"{each.text} ({each.field})" for each in hit.matched),
    "snippet": lambda hit: hit.snippet,
    "text": lambda hit: hit.text,
}

COLUMNS = (*_OF_HIT, *_OF_SPEAKER, *_OF_TEXT)
"""The columns of a row, in order."""


def hit_rows(hits: Iterable[Hit], each: Each = "hit") -> list[dict[str, Any]]:
    """Return a row for each hit, or for each of its speakers; a hit without one has one row.

    What is not known is None. Several values share a cell, joined by 、, what is known of several speakers in
    their order.
    Raise `LianghuiError` for another kind of row.
    """
    if each not in get_args(Each):
        raise LianghuiError(f"there is no row for each {each!r}; there are {', '.join(get_args(Each))}")
    return [
        {name: value(hit) for name, value in _OF_HIT.items()}
        | {name: _align([value(hit, who) for who in speakers]) for name, value in _OF_SPEAKER.items()}
        | {name: value(hit) for name, value in _OF_TEXT.items()}
        for hit in hits
        for speakers in (
            [hit.speakers] if each == "hit" or not hit.speakers else [[who] for who in hit.speakers]
        )
    ]


def _align(values: list[str | None]) -> str | None:
    """Join what is known of each of several speakers, in their order, with nothing where it is unknown."""
    return "、".join(value or "" for value in values) if any(values) else None


def _join(values: Iterable[str | None]) -> str | None:
    return "、".join(value for value in values if value) or None
