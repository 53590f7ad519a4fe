"""What a paragraph is indexed under: the only place with field names.

Match and rank are different questions, so they are different fields. `match` holds every unit and
every pair of neighbouring units: a text occurs in a paragraph exactly when its pairs stand there in
a row. `words` and `heading` hold jieba's words and only ever add to a score.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from indexer.coinage import coined
from indexer.folding import fold, units
from indexer.models import TOLD, Paragraph

__all__ = [
    "COLUMNS",
    "FACETS",
    "FILTERS",
    "NAMED",
    "SCORED",
    "VALUES",
    "Document",
    "document",
    "schema_version",
]

FILTERS = (
    "speaker",
    "role",
    "how",
    "organisation",
    "topic",
    "session",
    "title",
    "section",
    "document_type",
    "mentions",
    "reporter",
    "source",
    "kind",
)
"""Fields whose values can be filtered by; `date` is one more, of its own."""

FACETS = ("speaker", "role", "topic", "session", "document_type", "month")
"""Fields whose values are counted over the hits."""

NAMED = ("speaker", "mentions", "reporter", "organisation")
"""Fields whose values are names of people and organisations."""

VALUES = (*FILTERS, "month", "coined")
"""Fields that hold values: what filters and facets look at, and what words are learned from."""

SCORED = ("match", "words", "heading")
"""Fields with terms, postings and lengths: what a query matches and is ranked by."""

COLUMNS = ("date", "units", "digest")
"""Numbers that every paragraph has: its day, how many units it has, and a digest of them."""

_RECENT = 64  # the paragraphs of an article share their headings


@dataclass(frozen=True, slots=True)
class Document:
    """A paragraph as the index takes it in."""

    id: str
    date: str | None
    record: dict[str, Any]
    match: list[str]
    words: list[str]
    heading: list[str]
    values: dict[str, list[str]]


def schema_version() -> str:
    """Return a digest of the names of all fields."""
    return hashlib.sha256(repr((SCORED, VALUES, COLUMNS)).encode("ascii")).hexdigest()[:12]


def document(paragraph: Paragraph, words: Callable[[str], list[str]]) -> Document:
    """Return what a paragraph is indexed under; `words` cuts a folded text.

    What stands around the text (headings, bylines) can be found but has no words to be ranked by,
    so that it comes behind the paragraphs that say something.
    """
    told = paragraph.kind in TOLD
    folded = fold(paragraph.text)
    people = (*(who.name for who in paragraph.speakers), *paragraph.mentions)
    return Document(
        id=paragraph.id,
        date=paragraph.date,
        record=paragraph.to_dict(),
        match=units(folded),
        words=[*words(folded), *map(fold, people)] if told else [],
        heading=_heading(paragraph.title, paragraph.section, words) if told else [],
        values={
            "speaker": [who.name for who in paragraph.speakers],
            "role": _known(who.role for who in paragraph.speakers),
            "how": [who.how for who in paragraph.speakers],
            "organisation": _known(
                part for who in paragraph.speakers for part in (who.organisation, who.position)
            ),
            "topic": [topic.label for topic in paragraph.topics],
            "session": [session.name for session in paragraph.sessions],
            "title": _known([paragraph.title]),
            "section": _known([paragraph.section]),
            "document_type": _known([paragraph.document_type]),
            "month": _known([(paragraph.date or "")[:7]]),
            "mentions": list(paragraph.mentions),
            "reporter": list(paragraph.reporters),
            "source": [paragraph.source],
            "kind": [paragraph.kind],
            "coined": coined(paragraph.text),
        },
    )


@lru_cache(maxsize=_RECENT)
def _heading(title: str | None, section: str | None, words: Callable[[str], list[str]]) -> list[str]:
    return words(fold(" ".join(filter(None, (title, section)))))


def _known(values: Iterable[str | None]) -> list[str]:
    return [value for value in values if value]
