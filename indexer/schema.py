"""The Whoosh schema: the only place with field names, and what a paragraph is indexed under.

Match and rank are different questions, so they are different fields. `match` holds every unit and
every pair of neighbouring units with their positions: a text occurs in a paragraph exactly when its
pairs stand there in a row. `words` and `heading` hold jieba's words and only ever add to a score.
"""

from __future__ import annotations

import json
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from whoosh.columns import RefBytesColumn
from whoosh.fields import ID, STORED, FieldType, Schema
from whoosh.formats import Existence, Frequency, Positions
from whoosh.system import pack_uint

from indexer.analysis import words
from indexer.folding import fold, pair, units
from indexer.models import TOLD, Paragraph

__all__ = ["FACETS", "FILTERS", "SCHEMA", "SCORED", "SEPARATOR", "document", "paragraph_of", "place"]

SEPARATOR = "\x1f"
"""Stands between the values of a column; folding drops it, so no value can hold it."""

FILTERS = (
    "speaker",
    "role",
    "how",
    "organisation",
    "topic",
    "session",
    "document_type",
    "mentions",
    "reporter",
    "source",
    "kind",
)
"""Fields whose values can be filtered by; `date` is one more, of its own."""

FACETS = ("speaker", "role", "topic", "session", "document_type", "month")
"""Fields whose values are counted over the hits."""

SCORED = ("match", "words", "heading")
"""Fields whose lengths are kept because they are scored by."""


class UnitPositions(Positions):  # type: ignore[misc]
    """Positions as little-endian 32-bit numbers, where Whoosh would write a pickle."""

    def encode(self, poslist: Sequence[int]) -> bytes:
        """Pack the positions of one posting."""
        return struct.pack(f"<{len(poslist)}I", *poslist)

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """Unpack the positions of one posting."""
        return list(struct.unpack(f"<{len(valuestring) // 4}I", valuestring))

    def decode_frequency(self, valuestring: bytes) -> int:
        """Return how often the term stands in the paragraph."""
        return len(valuestring) // 4

    def decode_weight(self, valuestring: bytes) -> float:
        """Return the frequency: every occurrence weighs the same."""
        return float(len(valuestring) // 4)


class MatchField(FieldType):  # type: ignore[misc]
    """Takes a list of units; indexes each of them and each pair of neighbours, with positions."""

    def __init__(self) -> None:
        """Set what Whoosh asks of a field."""
        self.format = UnitPositions()
        self.scorable = True

    def index(self, value: list[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each term with its frequency, weight and packed positions."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for position, unit in enumerate(value):
            places[unit].append(position)
        for position, (left, right) in enumerate(pairwise(value)):
            places[pair(left, right)].append(position)
        for term, positions in places.items():
            count = len(positions)
            yield term.encode("utf-8"), count, float(count), self.format.encode(positions)


class RankField(FieldType):  # type: ignore[misc]
    """Takes a list of words; indexes each with its frequency."""

    def __init__(self) -> None:
        """Set what Whoosh asks of a field."""
        self.format = Frequency()
        self.scorable = True

    def index(self, value: list[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each word with its frequency and weight."""
        for word, count in Counter(value).items():
            yield word.encode("utf-8"), count, float(count), pack_uint(count)


class ValueField(FieldType):  # type: ignore[misc]
    """Takes a list of values; indexes each one folded, and keeps them as shown in a column."""

    def __init__(self) -> None:
        """Set what Whoosh asks of a field."""
        self.format = Existence()
        self.scorable = False
        self.column_type = RefBytesColumn()

    def index(self, value: list[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each folded value."""
        for folded in dict.fromkeys(map(fold, value)):
            if folded:
                yield folded.encode("utf-8"), 1, 1.0, b""

    def to_column_value(self, value: list[str]) -> bytes:
        """Return the values as one entry of the column."""
        return SEPARATOR.join(value).encode("utf-8")


SCHEMA = Schema(
    id=ID(unique=True, sortable=True),
    seed=ID(),  # the source as it is spelt: what a rebuild deletes by
    place=ID(unique=True, sortable=True),
    record=STORED(),
    match=MatchField(),
    words=RankField(),
    heading=RankField(),
    date=ID(),
    month=ValueField(),
    **{name: ValueField() for name in FILTERS},
)


def document(paragraph: Paragraph, number: int) -> dict[str, Any]:
    """Return the fields of a paragraph, the `number`-th of its source counted from 0.

    What stands around the text (headings, bylines) can be found but has no words to be ranked by,
    so that it comes behind the paragraphs that say something.
    """
    told = paragraph.kind in TOLD
    folded = fold(paragraph.text)
    above = " ".join(filter(None, (paragraph.title, paragraph.section)))
    people = (*(who.name for who in paragraph.speakers), *paragraph.mentions)
    fields: dict[str, Any] = {
        "id": paragraph.id,
        "seed": paragraph.source,
        "place": place(paragraph.source, number),
        "record": json.dumps(paragraph.to_dict() | {"number": number}, ensure_ascii=False),
        "match": units(folded),
        "words": [*words(folded), *map(fold, people)] if told else [],
        "heading": words(fold(above)) if told else [],
        "speaker": [who.name for who in paragraph.speakers],
        "role": _known(who.role for who in paragraph.speakers),
        "how": [who.how for who in paragraph.speakers],
        "organisation": _known(
            part for who in paragraph.speakers for part in (who.organisation, who.position)
        ),
        "topic": [topic.label for topic in paragraph.topics],
        "session": [session.name for session in paragraph.sessions],
        "document_type": _known([paragraph.document_type]),
        "month": _known([(paragraph.date or "")[:7]]),
        "mentions": list(paragraph.mentions),
        "reporter": list(paragraph.reporters),
        "source": [paragraph.source],
        "kind": [paragraph.kind],
    }
    return fields | ({"date": paragraph.date} if paragraph.date else {})


def place(source: str, number: int) -> str:
    """Return the key of the `number`-th paragraph of a source; keys sort in reading order."""
    return f"{source}{SEPARATOR}{number:09d}"


def paragraph_of(stored: dict[str, Any]) -> tuple[Paragraph, int]:
    """Return a paragraph and its number in its source from what the index stored."""
    record = json.loads(stored["record"])
    number = record.pop("number")
    return Paragraph.from_dict(record), number


def _known(values: Iterable[str | None]) -> list[str]:
    return [value for value in values if value]
