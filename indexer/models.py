"""The records an index is made of: frozen, comparable, and the same in the library and in JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

__all__ = [
    "EXTRACTION_LIMIT",
    "SPEAKING_KINDS",
    "Fault",
    "How",
    "Kind",
    "Paragraph",
    "Session",
    "Speaker",
    "Topic",
]

Kind = Literal[
    "body",  # a paragraph of the text
    "fragment",  # a paragraph whose beginning is missing and belongs to no neighbour
    "caption",  # the text under a photograph
    "formula",  # （…通过）: when and by whom a resolution was adopted
    "headline",
    "subheadline",
    "section",  # a heading inside an article
    "label",  # the name of a column: 两会剪影
    "byline",  # 记者 …
    "credit",  # … 摄影报道
    "attendance",  # who was present or absent
    "dateline",  # a line that only says when and where it was printed
]
"""What a piece of a page can be."""

SPEAKING_KINDS: tuple[Kind, ...] = ("body", "fragment", "caption")
"""The kinds that say something; the others stand around them."""

How = Literal[
    "explicit",  # named before words of saying, or before the colon of a transcript
    "quoted",  # the same, behind the end of a quotation
    "pronoun",  # 他, 她: the person named last
    "inherited",  # a speech that runs on from the paragraph before
    "organisation",  # a body that speaks
    "collective",  # the meeting as a whole
    "given",  # by a JSONL record
]
"""How it is known who speaks."""

EXTRACTION_LIMIT = 20_000
"""Characters of a paragraph that are read for who, when, where and what; all of them are indexed.

No paragraph that somebody wrote is as long, and one of millions of characters must not take hours.
"""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says a paragraph, and what in the text shows it.

    `role` is the part in the session (代表, 市政协委员), `position` and `organisation` what the
    person does outside it. `how` is one of `How`, or what a JSONL record says in its place. `evidence`
    is the `(start, end)` span of the paragraph's text that says so; for an inherited speaker the id of
    the paragraph it comes from; for a given one None.
    """

    name: str
    role: str | None = None
    position: str | None = None
    organisation: str | None = None
    how: How = "explicit"
    evidence: tuple[int, int] | str | None = None

    def __str__(self) -> str:
        """Return the name with what is known of the person: 张艳丽（市人大代表 · …总裁）."""
        post = (self.organisation or "") + (self.position or "")
        details = " · ".join(part for part in (self.role, post) if part and part != self.name)
        return f"{self.name}（{details}）" if details else self.name


@dataclass(frozen=True, slots=True)
class Topic:
    """What a paragraph is about, and `from_` where that is known.

    `from_` is, in order of trust: proposal, section, title, category, vocabulary, keyword; or given.
    In JSON its key is `from`.
    """

    label: str
    from_: str

    def __str__(self) -> str:
        """Return the label."""
        return self.label


@dataclass(frozen=True, slots=True)
class Session:
    """A meeting: its body (政协, 人大, 立法院 …), level (全国, 省, 市 …) and place, term and sitting.

    `term` is 届, `sitting` 次, and `period` the 会期 that the Legislative Yuan counts between them.

    `name` is the one canonical spelling. A given session that no pattern reads has only a name.
    """

    name: str
    body: str | None = None
    level: str | None = None
    place: str | None = None
    term: int | None = None
    sitting: int | None = None
    period: int | None = None

    def __str__(self) -> str:
        """Return the canonical name."""
        return self.name


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One piece of a document, the unit of the index.

    `lines` are its first and last line in `source`, counted from 1; `source` is relative to the
    seeds folder. `id` is made from the content and its place and outlives a rebuild. `date` is the
    day it was said or adopted, `YYYY-MM-DD`.
    """

    id: str
    source: str
    lines: tuple[int, int]
    text: str
    title: str | None = None
    section: str | None = None
    document_type: str | None = None
    kind: Kind = "body"
    date: str | None = None
    sessions: tuple[Session, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    topics: tuple[Topic, ...] = ()
    mentions: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    attendees: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the record as JSON would hold it; only a list of attendance has `attendees`."""
        record = _record(self)
        record["sessions"] = [_record(session) for session in self.sessions]
        record["speakers"] = [_record(speaker) for speaker in self.speakers]
        record["topics"] = [{"label": topic.label, "from": topic.from_} for topic in self.topics]
        if not self.attendees:
            del record["attendees"]
        return record

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> Paragraph:
        """Rebuild what `to_dict` gave, also after a journey through JSON."""
        return cls(
            **{
                **record,
                "lines": tuple(record["lines"]),
                "sessions": tuple(Session(**session) for session in record["sessions"]),
                "speakers": tuple(_speaker(speaker) for speaker in record["speakers"]),
                "topics": tuple(Topic(topic["label"], topic["from"]) for topic in record["topics"]),
                "mentions": tuple(record["mentions"]),
                "reporters": tuple(record["reporters"]),
                "attendees": tuple(record.get("attendees", ())),
            }
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the seeds that could not be read: where, why, and what to do about it."""

    source: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        """Return one sentence with the place in front."""
        return f"{self.source}{f', line {self.line}' if self.line else ''}: {self.reason}"


def _record(of: Any) -> dict[str, Any]:
    """Return the fields of a record, as they are: `asdict` copies each value deeply, and slowly."""
    return {name: getattr(of, name) for name in of.__dataclass_fields__}


def _speaker(record: dict[str, Any]) -> Speaker:
    evidence = record["evidence"]
    return Speaker(**{**record, "evidence": tuple(evidence) if isinstance(evidence, list) else evidence})
