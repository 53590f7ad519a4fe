"""Records of an index: paragraphs with their speakers, topics and sessions, alike in Python and JSON."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

__all__ = [
    "AROUND_KINDS",
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
    "head",  # when, where and by whom: a line of the head of a record or speech
    "attendance",  # who was present or absent
    "dateline",  # a line that only says when and where it was printed
    "aside",  # what stands around the article of a web page: navigation, comments of readers
    "furniture",  # running headers, footers and page numbers
]
"""What a paragraph can be in its page."""

SPEAKING_KINDS: tuple[Kind, ...] = ("body", "fragment", "caption")
"""The kinds that say something and are ranked by their words; the others stand around them."""

AROUND_KINDS: tuple[Kind, ...] = ("aside", "furniture")
"""The kinds that belong to no article: they are found, and stand behind all that does."""

How = Literal[
    "explicit",  # named before words of saying, or before the colon of a transcript
    "quoted",  # the same, behind the end of a quotation
    "pronoun",  # 他, 她: the person named last
    "inherited",  # a speech that runs on from the paragraph before
    "delivered",  # a report, speech or letter whose head names who delivers it
    "organisation",  # a body that speaks
    "collective",  # the meeting as a whole
    "given",  # by a JSONL record
]
"""How it is known who speaks."""

EXTRACTION_LIMIT = 20_000
"""Characters of a paragraph that speakers, dates, sessions and topics are extracted from.

All of its text is indexed. No paragraph that somebody wrote is as long, and one of millions of characters
must not take hours.
"""


_LEFT_OUT_WHEN_EMPTY = (
    *("page", "lead", "date_end", "mentioned_sessions", "mentioned_dates", "chair", "attendees"),
)


class Speaker(Struct, frozen=True):
    """Who says a paragraph, and what in the text shows it.

    `role` is the part in the session (代表, 市政协委员), `position` and `organisation` what the
    person does outside it. `how` is one of `How`, or what a JSONL record says in its place. `evidence`
    is the `(start, end)` span of the paragraph's text that says so; the id of the paragraph that names the
    speaker for one who is inherited or delivers the whole text; None for a given one.
    """

    name: str
    role: str | None = None
    position: str | None = None
    organisation: str | None = None
    how: How = "explicit"
    evidence: tuple[int, int] | str | None = None

    def __str__(self) -> str:
        """Format the name with what is known of the person: 张艳丽（市人大代表 · …总裁）."""
        post = (self.organisation or "") + (self.position or "")
        details = " · ".join(part for part in (self.role, post) if part and part != self.name)
        return f"{self.name}（{details}）" if details else self.name


class Topic(Struct, frozen=True):
    """What a paragraph is about, and where the label comes from.

    `from_` is, in order of trust: proposal, section, title, category, vocabulary (the user's topics),
    keyword; or given, by a JSONL record. In JSON its key is `from`.
    """

    label: str
    from_: str

    def __str__(self) -> str:
        """Return the label."""
        return self.label


class Session(Struct, frozen=True):
    """A meeting: its body (政协, 人大, 立法院 …), level (全国, 省, 市 …) and place, term and sitting.

    `term` is 届, `sitting` 次; of the Legislative Yuan, `period` is the 会期, `special` the 临时会 in it.
    `name` is the one canonical spelling. A given session that no pattern reads has only a name.
    """

    name: str
    body: str | None = None
    level: str | None = None
    place: str | None = None
    term: int | None = None
    sitting: int | None = None
    period: int | None = None
    special: int | None = None

    def __str__(self) -> str:
        """Return the canonical name."""
        return self.name


class Paragraph(Struct, frozen=True):
    """One paragraph of a seed, the document of the index.

    `lines` are its first and last line in `source`, counted from 1; `source` is relative to the
    seeds folder. `id` is given by a record, or made from the source, kind and text, and outlives a
    rebuild. `mentions` are people named who do not speak; `reporters` wrote, photographed or took the
    minutes; `chair` presides over what the article reports, `attendees` take part as the paragraph says.
    `date` is the day it was said or adopted, `YYYY-MM-DD`, or as much of it as a record gives; `date_end` the
    last of several days. The sessions and days that the text speaks of, and that are not its own, are
    `mentioned_sessions` and `mentioned_dates`. `lead` announces the enumeration that the paragraph is an
    item of (主要预期目标是：). `page` is the page of a PDF on which it begins, counted from 1; its `lines`
    are counted through all pages, and those of a Word file are its paragraphs.
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
    date_end: str | None = None
    mentioned_sessions: tuple[Session, ...] = ()
    mentioned_dates: tuple[str, ...] = ()
    chair: tuple[str, ...] = ()
    attendees: tuple[str, ...] = ()
    lead: str | None = None
    page: int | None = None

    @property
    def line_range(self) -> str:
        """The lines as text: 27 or 91–93, with a dash that no spreadsheet takes for a date."""
        first, last = self.lines
        return f"{first}" if first == last else f"{first}–{last}"

    @property
    def place(self) -> str:
        """Where the paragraph stands: a.txt:91–93, a.pdf:第 3 页."""
        return f"{self.source}:第 {self.page} 页" if self.page else f"{self.source}:{self.line_range}"

    @property
    def heading(self) -> str:
        """What stands above the paragraph: headline › section."""
        return " › ".join(part for part in (self.title, self.section) if part)

    def to_dict(self) -> dict[str, Any]:
        """Convert to what JSON can hold; what few paragraphs have is left out where it is empty."""
        record = _shallow_dict(self)
        record["sessions"] = [_shallow_dict(session) for session in self.sessions]
        record["speakers"] = [_shallow_dict(speaker) for speaker in self.speakers]
        record["topics"] = [{"label": topic.label, "from": topic.from_} for topic in self.topics]
        record["mentioned_sessions"] = [_shallow_dict(session) for session in self.mentioned_sessions]
        for key in _LEFT_OUT_WHEN_EMPTY:
            if not record[key]:
                del record[key]
        return record

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> Paragraph:
        """Convert back from `to_dict`, also after a journey through JSON."""
        return cls(
            **{
                **record,
                "lines": tuple(record["lines"]),
                "sessions": tuple(Session(**session) for session in record["sessions"]),
                "speakers": tuple(_speaker(speaker) for speaker in record["speakers"]),
                "topics": tuple(Topic(topic["label"], topic["from"]) for topic in record["topics"]),
                "mentions": tuple(record["mentions"]),
                "reporters": tuple(record["reporters"]),
                "date_end": record.get("date_end"),
                "mentioned_sessions": tuple(
                    Session(**session) for session in record.get("mentioned_sessions", ())
                ),
                "mentioned_dates": tuple(record.get("mentioned_dates", ())),
                "chair": tuple(record.get("chair", ())),
                "attendees": tuple(record.get("attendees", ())),
                "lead": record.get("lead"),
                "page": record.get("page"),
            }
        )


class Fault(Struct, frozen=True):
    """Something in the seeds that could not be read: where, why, and what to do about it.

    `line` is counted from 1, and None for the whole file, or where it is `partial` for a part of one that
    has no lines; `reason` says why and what to do.
    """

    source: str
    line: int | None
    reason: str
    partial: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the file could be read, or not to its end."""
        return self.line is None and not self.partial

    def __str__(self) -> str:
        """Format as one sentence that begins with the place: a.jsonl, line 2: …."""
        return f"{self.source}{f', line {self.line}' if self.line else ''}: {self.reason}"


def _shallow_dict(record: Any) -> dict[str, Any]:
    """Map the names of the fields to their values."""
    return {name: getattr(record, name) for name in record.__struct_fields__}


def _speaker(record: dict[str, Any]) -> Speaker:
    evidence = record["evidence"]
    return Speaker(**{**record, "evidence": tuple(evidence) if isinstance(evidence, list) else evidence})
