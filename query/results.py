"""The answer of a search as frozen records, whose fields are named as the keys of their JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, overload

from msgspec import Struct, field
from msgspec.structs import replace

from indexer.models import Paragraph
from query.choices import Each, Side
from query.concordance import ConcordanceLine, concordance_lines
from query.language.syntax_tree import EVERYTHING, Tree
from query.notebook import results_html, results_repr
from query.rows import hit_rows
from query.snippets import excerpt

__all__ = [
    "EXPORT_KEYS",
    "FORMAT_VERSION",
    "Facet",
    "Hit",
    "Matched",
    "Period",
    "Results",
    "ScorePart",
    "Unmet",
    "in_order_of_values",
]

Span = tuple[int, int]

FORMAT_VERSION = 1
"""Increases when a key of the JSON changes its meaning or is removed."""

_HIT_KEYS = (
    "rank",
    "score",
    "id",
    "source",
    "lines",
    "page",
    "text",
    "snippet",
    "highlights",
    "title",
    "section",
    "lead",
    "document_type",
    "kind",
    "date",
    "date_end",
    "sessions",
    "mentioned_sessions",
    "mentioned_dates",
    "speakers",
    "topics",
    "mentions",
    "reporters",
    "chair",
    "attendees",
    "rung",
    "matched",
    "repeats",
    "explanation",
)

_SEARCH_KEYS = (
    "rank",
    "score",
    "snippet",
    "rung",
    "matched",
    "repeats",
    "explanation",
)  # only a search gives a value
EXPORT_KEYS = tuple(key for key in _HIT_KEYS if key not in _SEARCH_KEYS)
"""The keys of a paragraph without a search: those of a hit, with no highlights."""


class Facet(Struct, frozen=True):
    """A value of a metadata field, and the number of matching paragraphs that have it.

    `by` counts the values of a second field over these paragraphs, where one was asked for.
    """

    value: str
    count: int
    by: tuple[Facet, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the facet as it stands in JSON; `by` only where there is some."""
        record: dict[str, Any] = {"value": self.value, "count": self.count}
        return record | ({"by": [facet.to_dict() for facet in self.by]} if self.by else {})


class Period(Struct, frozen=True):
    """A month or a year, `2025-02` or `2025`: how many paragraphs of it match, and how many there are."""

    value: str
    count: int
    total: int

    @property
    def share(self) -> float:
        """The share of its paragraphs that match."""
        return self.count / self.total

    def to_dict(self) -> dict[str, Any]:
        """Return the period as it stands in JSON."""
        return {"value": self.value, "count": self.count, "total": self.total}


def in_order_of_values(facets: Iterable[Facet]) -> tuple[Facet, ...]:
    """Sort facets, and those counted within each, by the text of their values."""
    ordered = (replace(facet, by=in_order_of_values(facet.by)) for facet in facets)
    return tuple(sorted(ordered, key=lambda facet: facet.value))


class ScorePart(Struct, frozen=True):
    """What one term in one field adds to a score."""

    field: str
    term: str
    score: float

    def to_dict(self) -> dict[str, str | float]:
        """Return the part as it stands in JSON."""
        return {"field": self.field, "term": self.term, "score": self.score}


class Matched(Struct, frozen=True):
    """A text of a query that a paragraph does not hold, and what is known of it that does.

    `field` is that of the index (speaker, title, session …), `value` the value that holds the text.
    """

    text: str
    field: str
    value: str

    def to_dict(self) -> dict[str, str]:
        """Return it as it stands in JSON."""
        return {"text": self.text, "field": self.field, "value": self.value}


class Unmet(Struct, frozen=True):
    """A filter whose `text` no value of the index contains, and what there is in its place.

    `values` are all values of its field, if they are few; of a date, the first and the last day there is.
    `elsewhere` are filters that would find the text, and `undated` counts paragraphs without a date.
    """

    name: str
    text: str
    values: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    undated: int = 0


class Hit(Paragraph, frozen=True, kw_only=True):
    """A paragraph that matches, with its score.

    `rank` counts from 1 over all pages. `snippet` is the part of `text` with most matches, and
    `highlights` are the matches as `(start, end)` offsets into `text`. `repeats` is the number of
    paragraphs of the same text, itself included, where equal texts were collapsed; `explanation` is
    what each term adds to the score, where that was asked for. `rung` is the rung that it was found on
    (see `query.rewriting.relaxation`), and `matched` says what answers for the texts that it does not hold.
    """

    rank: int
    score: float
    snippet: str
    highlights: tuple[tuple[int, int], ...]
    repeats: int = 1
    explanation: tuple[ScorePart, ...] = ()
    rung: str = "exact"
    matched: tuple[Matched, ...] = ()

    def excerpt(self, spans: Sequence[Span] | None = None) -> tuple[str, list[Span]]:
        """Return the snippet, with … where the text goes on, and the `spans` of the text inside it.

        The spans, `(start, end)`, are the highlights unless others are given.
        """
        return excerpt(self.text, self.snippet, self.highlights if spans is None else spans)

    def to_dict(self) -> dict[str, Any]:
        """Return the hit as it stands in JSON; what few hits have only where there is some."""
        record = Paragraph.to_dict(self)
        record["explanation"] = [part.to_dict() for part in self.explanation]
        record["matched"] = [matched.to_dict() for matched in self.matched]
        for name, absent in (("repeats", 1), ("explanation", []), ("rung", "exact"), ("matched", [])):
            if record[name] == absent:
                del record[name]
        return {key: record[key] for key in _HIT_KEYS if key in record}


class Results(Struct, frozen=True):
    """The answer to a query.

    `rung` says how the query was relaxed (see `query.rewriting.relaxation`), `words` into what it was
    segmented. `missing` are its texts that occur nowhere in the index, `suggestions` the names that
    sound like one of these. `meant` maps a text to what else was searched for it: synonyms, sessions,
    names in pinyin. `mended` is the query as it was read, where a quotation mark had no partner, else "".
    `total` counts all matching paragraphs, `facets` their most frequent values, of as many as `facet_sizes`
    says, and `hits` is the page that was asked for. Where the last of them leaves room on its page, `near`
    holds what the rungs below add, best first; none of it is counted.

    The last four explain an answer that is empty or not as asked, and are not in its JSON: `tree` is
    the parsed query; `unfiltered` is the number of paragraphs that are as asked, before the filters;
    `counts` is the number of paragraphs of each text, where all of them occur but none matches;
    `unmet` are the filters that no value of the index meets, where nothing is found.
    """

    query: str
    rung: str
    words: tuple[str, ...]
    missing: tuple[str, ...]
    total: int
    facets: dict[str, tuple[Facet, ...]]
    hits: tuple[Hit, ...]
    near: tuple[Hit, ...] = ()
    facet_sizes: Mapping[str, int] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    meant: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mended: str = ""
    format_version: int = FORMAT_VERSION
    tree: Tree = EVERYTHING
    unfiltered: int = 0
    counts: tuple[tuple[str, int], ...] = ()
    unmet: tuple[Unmet, ...] = ()

    def __iter__(self) -> Iterator[Hit]:
        """Iterate over the hits of the page."""
        return iter(self.hits)

    def __len__(self) -> int:
        """Return the number of hits on the page; `total` counts all."""
        return len(self.hits)

    @overload
    def __getitem__(self, at: int) -> Hit: ...

    @overload
    def __getitem__(self, at: slice) -> Results: ...

    def __getitem__(self, at: int | slice) -> Hit | Results:
        """Return a hit of the page by its place there, counted from 0, or by a slice an answer of fewer."""
        return replace(self, hits=self.hits[at], near=()) if isinstance(at, slice) else self.hits[at]

    def __repr__(self) -> str:
        """Describe the answer in three lines at most: what was asked, how much was found, the best hits."""
        return results_repr(self)

    def _repr_html_(self) -> str:
        """Show the hits in a notebook."""
        return results_html(self)

    def to_rows(self, each: Each = "hit") -> list[dict[str, Any]]:
        """Return the hits as flat records, a row for `each` hit or speaker: see `query.rows`."""
        return hit_rows(self.hits, each)

    def concordance(self, sort: Side | None = None) -> list[ConcordanceLine]:
        """List each match with what stands left and right of it: see `query.concordance`."""
        return concordance_lines(self.hits, sort)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as it stands in JSON; `suggestions`, `meant`, `mended` only where not empty."""
        record: dict[str, Any] = {
            "format_version": self.format_version,
            "query": self.query,
            "rung": self.rung,
            "words": self.words,
            "missing": self.missing,
            "total": self.total,
            "facets": {name: [facet.to_dict() for facet in values] for name, values in self.facets.items()},
            "facet_sizes": dict(self.facet_sizes),
            "hits": [hit.to_dict() for hit in self.hits],
            "near": [hit.to_dict() for hit in self.near],
        }
        more = {"suggestions": self.suggestions, "meant": dict(self.meant), "mended": self.mended}
        return record | {name: value for name, value in more.items() if value}
