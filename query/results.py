"""What a search returns: frozen records with the same names as their JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.models import Paragraph
from query.language.syntax_tree import EVERYTHING, Tree

__all__ = ["EXPORT_KEYS", "FORMAT_VERSION", "Facet", "Hit", "Results", "ScorePart"]

FORMAT_VERSION = 1
"""Counts up when a key of the JSON changes its meaning or goes."""

_KEYS = (
    "rank",
    "score",
    "id",
    "source",
    "lines",
    "text",
    "snippet",
    "highlights",
    "title",
    "section",
    "document_type",
    "kind",
    "date",
    "sessions",
    "speakers",
    "topics",
    "mentions",
    "reporters",
    "attendees",
    "repeats",
    "explanation",
)

_FOUND = ("rank", "score", "snippet", "repeats", "explanation")  # what only a hit has
EXPORT_KEYS = tuple(key for key in _KEYS if key not in _FOUND)
"""The keys of a paragraph that nobody searched for: those of a hit, its highlights empty."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A value of a metadata field and the number of hits that have it.

    `by` counts the values of a second field among these hits, where one was asked for.
    """

    value: str
    count: int
    by: tuple[Facet, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the facet as JSON holds it."""
        record: dict[str, Any] = {"value": self.value, "count": self.count}
        return record | ({"by": [facet.to_dict() for facet in self.by]} if self.by else {})


@dataclass(frozen=True, slots=True)
class ScorePart:
    """What one term of a field adds to a score."""

    field: str
    term: str
    score: float

    def to_dict(self) -> dict[str, str | float]:
        """Return the part as JSON holds it."""
        return {"field": self.field, "term": self.term, "score": self.score}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit(Paragraph):
    """A paragraph that was found.

    `rank` counts from 1 over all pages. `snippet` is the densest part of `text`, `highlights` are
    `(start, end)` offsets into `text`. `repeats` counts the paragraphs of the same text that were
    collapsed into this one, `explanation` what the score is made of, where that was asked for.
    """

    rank: int
    score: float
    snippet: str
    highlights: tuple[tuple[int, int], ...]
    repeats: int = 1
    explanation: tuple[ScorePart, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the hit as JSON holds it; `repeats` and `explanation` only where they were asked for."""
        record = Paragraph.to_dict(self)
        record["explanation"] = [part.to_dict() for part in self.explanation]
        for name, absent in (("repeats", 1), ("explanation", [])):
            if record[name] == absent:
                del record[name]
        return {key: record[key] for key in _KEYS if key in record}


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query.

    `rung` names how it was matched (see `query.rewriting.relaxation`), `words` how it was cut, `missing` the
    leaves that occur nowhere in the index. `suggestions` are names of the same sound as one of these;
    `meant` tells of a leaf what else it was taken to mean: synonyms, sessions, names in pinyin.
    `mended` is the query as it was read, where a quotation mark had no partner, and else empty.
    `total` counts all paragraphs found, `facets` their metadata, best first, and `hits` holds the page
    that was asked for.

    The last three explain an answer that is empty or not as asked, and are no part of its JSON: `tree`
    is the query as it was understood, `unfiltered` how many paragraphs are exactly as asked without the
    filters, and `counts` tells of each leaf how many hold it, where all do occur and yet none is found.
    """

    query: str
    rung: str
    words: tuple[str, ...]
    missing: tuple[str, ...]
    total: int
    facets: dict[str, tuple[Facet, ...]]
    hits: tuple[Hit, ...]
    suggestions: tuple[str, ...] = ()
    meant: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mended: str = ""
    format_version: int = FORMAT_VERSION
    tree: Tree = EVERYTHING
    unfiltered: int = 0
    counts: tuple[tuple[str, int], ...] = ()

    def __iter__(self) -> Iterator[Hit]:
        """Iterate over the hits of the page."""
        return iter(self.hits)

    def __len__(self) -> int:
        """Return the number of hits on the page."""
        return len(self.hits)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON holds it; `suggestions`, `meant`, `mended` only where there are some."""
        record: dict[str, Any] = {
            "format_version": self.format_version,
            "query": self.query,
            "rung": self.rung,
            "words": self.words,
            "missing": self.missing,
            "total": self.total,
            "facets": {name: [facet.to_dict() for facet in values] for name, values in self.facets.items()},
            "hits": [hit.to_dict() for hit in self.hits],
        }
        more = {"suggestions": self.suggestions, "meant": dict(self.meant), "mended": self.mended}
        return record | {name: value for name, value in more.items() if value}
