"""The schema of the index: its fields, each defined here once, and the document they are read from.

To match and to rank are different tasks, so they have different fields. `match` has as terms every unit
and every pair of neighbouring units: a text occurs in a paragraph exactly when its pairs do so at
consecutive positions. `words` and `heading` have jieba's words as terms, and only ever add to a score.

What a user calls the value fields, and what can be asked of them, is defined in `query.language.fields`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from indexer.models import Paragraph

__all__ = [
    "COINED",
    "COLUMNS",
    "FACETS",
    "FIELDS",
    "HEADING",
    "LEARNED_FROM",
    "MATCH",
    "NAME_FIELDS",
    "SCORED_FIELDS",
    "VALUE_FIELDS",
    "WORDS",
    "Document",
    "Field",
    "schema_version",
]

MATCH, WORDS, HEADING = "match", "words", "heading"

SCORED_FIELDS = (MATCH, WORDS, HEADING)
"""The fields with terms, postings and norms, which a query is matched and ranked by."""

COLUMNS = ("date", "date_end", "units", "digest")
"""The numbers that every paragraph has: its first and last day, how many units it has, a digest of them."""


class Field(Struct, frozen=True):
    """A value field: its name, and the function that reads its `values` from a paragraph.

    Values of a `facet` are counted over the hits. Values of a field with `names` are names of people
    and organisations: words are learned from them, and a query finds them by their pinyin.
    """

    name: str
    values: Callable[[Paragraph], list[str]]
    facet: bool = False
    names: bool = False


def _present(values: Iterable[str | None]) -> list[str]:
    return [value for value in values if value]


FIELDS = (
    Field("speaker", lambda each: [who.name for who in each.speakers], facet=True, names=True),
    Field("role", lambda each: _present(who.role for who in each.speakers), facet=True),
    Field("how", lambda each: [who.how for who in each.speakers], facet=True),
    Field("topic", lambda each: [topic.label for topic in each.topics], facet=True),
    Field("session", lambda each: [session.name for session in each.sessions], facet=True),
    Field(
        "mentioned_session", lambda each: [session.name for session in each.mentioned_sessions], facet=True
    ),
    Field("mentioned_date", lambda each: list(each.mentioned_dates), facet=True),
    Field("title", lambda each: _present([each.title])),
    Field("section", lambda each: _present([each.section])),
    Field("lead", lambda each: _present([each.lead])),
    Field("document_type", lambda each: _present([each.document_type]), facet=True),
    Field("mentions", lambda each: list(each.mentions), names=True),
    Field("reporter", lambda each: list(each.reporters), names=True),
    Field("chair", lambda each: list(each.chair), names=True),
    Field("attendee", lambda each: list(each.attendees), names=True),
    Field(
        "organisation",
        lambda each: _present(part for who in each.speakers for part in (who.organisation, who.position)),
        names=True,
    ),
    Field("source", lambda each: [each.source], facet=True),
    Field("kind", lambda each: [each.kind]),
    Field("month", lambda each: _present([(each.date or "")[:7]]), facet=True),
    Field("year", lambda each: _present([(each.date or "")[:4]]), facet=True),
)
"""The value fields. Facets are printed in this order; of fields with names, the first is trusted most."""

COINED = "coined"
"""The value field of terms in quotation marks, which are only read to learn words from."""

VALUE_FIELDS = (*(field.name for field in FIELDS), COINED)
"""The names of all value fields."""

FACETS = tuple(field.name for field in FIELDS if field.facet)
"""The value fields that are counted over the hits."""

NAME_FIELDS = tuple(field.name for field in FIELDS if field.names)
"""The value fields with names of people and organisations, the most trusted first."""

LEARNED_FROM = (*NAME_FIELDS, COINED)
"""The value fields that words are learned from, the most trusted first."""


class Document(Struct, frozen=True):
    """A paragraph as it is indexed: its record, the tokens of its scored fields, and its values by field."""

    id: str
    date: str | None
    date_end: str | None
    record: dict[str, Any]
    match: list[str]
    words: list[str]
    heading: list[str]
    values: dict[str, list[str]]


def schema_version() -> str:
    """Return a digest of the names of all fields, in order: it changes whenever an index must be rebuilt."""
    return hashlib.sha256(
        repr((SCORED_FIELDS, VALUE_FIELDS, COLUMNS, LEARNED_FROM)).encode("ascii")
    ).hexdigest()[:12]
