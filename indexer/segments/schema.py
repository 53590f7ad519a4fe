"""What a paragraph is indexed under: each field stands here once, with all that the index knows of it.

Match and rank are different questions, so they are different fields. `match` holds every unit and
every pair of neighbouring units: a text occurs in a paragraph exactly when its pairs stand there in
a row. `words` and `heading` hold jieba's words and only ever add to a score.

What a user calls the fields of values, and what can be asked of them, stands in `query.language.fields`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from indexer.models import Paragraph

__all__ = [
    "COINED",
    "COLUMNS",
    "FACETS",
    "FIELDS",
    "HEADING",
    "LEARNED_FROM",
    "MATCH",
    "NAMED",
    "SCORED",
    "VALUES",
    "WORDS",
    "Document",
    "Field",
    "schema_version",
]

MATCH, WORDS, HEADING = "match", "words", "heading"

SCORED = (MATCH, WORDS, HEADING)
"""Fields with terms, postings and lengths: what a query matches and is ranked by."""

COLUMNS = ("date", "units", "digest")
"""Numbers that every paragraph has: its day, how many units it has, and a digest of them."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of values: its name, and the `values` that a paragraph has in it.

    Values of a `facet` are counted over the hits. Those of a field with `names` are names of people
    and organisations: words are learned from them, and they are found by their sound.
    """

    name: str
    values: Callable[[Paragraph], list[str]]
    facet: bool = False
    names: bool = False


def _known(values: Iterable[str | None]) -> list[str]:
    return [value for value in values if value]


FIELDS = (
    Field("speaker", lambda said: [who.name for who in said.speakers], facet=True, names=True),
    Field("role", lambda said: _known(who.role for who in said.speakers), facet=True),
    Field("how", lambda said: [who.how for who in said.speakers]),
    Field("topic", lambda said: [topic.label for topic in said.topics], facet=True),
    Field("session", lambda said: [session.name for session in said.sessions], facet=True),
    Field("title", lambda said: _known([said.title])),
    Field("section", lambda said: _known([said.section])),
    Field("document_type", lambda said: _known([said.document_type]), facet=True),
    Field("mentions", lambda said: list(said.mentions), names=True),
    Field("reporter", lambda said: list(said.reporters), names=True),
    Field(
        "organisation",
        lambda said: _known(part for who in said.speakers for part in (who.organisation, who.position)),
        names=True,
    ),
    Field("source", lambda said: [said.source]),
    Field("kind", lambda said: [said.kind]),
    Field("month", lambda said: _known([(said.date or "")[:7]]), facet=True),
)
"""The fields of values. Facets are counted in this order; of fields with names, the first is trusted most."""

COINED = "coined"
"""The field of the words that a text sets in quotation marks: only the words that are learned need it."""

VALUES = (*(field.name for field in FIELDS), COINED)
"""The names of all fields that hold values."""

FACETS = tuple(field.name for field in FIELDS if field.facet)
"""The fields whose values are counted over the hits."""

NAMED = tuple(field.name for field in FIELDS if field.names)
"""The fields whose values are names of people and organisations, the most trusted first."""

LEARNED_FROM = (*NAMED, COINED)
"""The fields that words are learned from, the most trusted first."""


@dataclass(frozen=True, slots=True)
class Document:
    """A paragraph as the index takes it in: the tokens of its scored fields, and its values by field."""

    id: str
    date: str | None
    record: dict[str, Any]
    match: list[str]
    words: list[str]
    heading: list[str]
    values: dict[str, list[str]]


def schema_version() -> str:
    """Return a digest of the names of all fields, in their order."""
    return hashlib.sha256(repr((SCORED, VALUES, COLUMNS, LEARNED_FROM)).encode("ascii")).hexdigest()[:12]
