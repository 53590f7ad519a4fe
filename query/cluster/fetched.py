"""Paragraphs that were fetched, as a small segment: what scores and explains on arrays does so here, too."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from indexer.models import Paragraph
from indexer.segments.posting_lists import PostingLists
from indexer.segments.reader import Segment
from indexer.segments.schema import HEADING, VALUE_FIELDS, WORDS, Document
from indexer.segments.writer import InvertedField, invert_documents, numeric_columns
from indexer.store.arrays import Array
from indexer.text.folding import fold, units

__all__ = ["FetchedSegment"]

_numbers = count()


class FetchedSegment(Segment):
    """Some paragraphs as a segment in memory, in the order in which they were fetched."""

    def __init__(self, hits: Sequence[Mapping[str, Any]]) -> None:
        """Take what the cluster keeps of each paragraph, as `indexer.cluster.documents` wrote it."""
        self.path = Path("fetched")
        self.name = f"fetched-{next(_numbers)}"  # weights are kept by the names of segments
        self.deleted = ()
        self.size = len(hits)
        self._hits = hits
        self._documents = [_document(hit) for hit in hits]
        self._inverted: dict[str, InvertedField] = {}
        self._listed: dict[str, _MemoryPostings] = {}
        self._read: dict[int, Paragraph] = {}

    @property
    def file(self) -> Any:  # type: ignore[override]
        """The arrays of the paragraphs, by name."""
        if "file" not in self.__dict__:
            columns = numeric_columns(self._documents)
            self.__dict__["file"] = columns
        return self.__dict__["file"]

    def postings(self, field: str) -> Any:
        """Return the postings of a scored field."""
        if not self._inverted:
            self._inverted.update(invert_documents(self._documents))
        if field not in self._listed:
            self._listed[field] = _MemoryPostings(self._inverted[field])
        return self._listed[field]

    def column(self, field: str) -> tuple[Array, Array]:
        """Return a value field: the paragraph of each value, and the number of the value."""
        numbers = [(at, int(value)) for at, hit in enumerate(self._hits) for value in hit.get(field, ())]
        table = np.array(numbers, "u4").reshape(-1, 2)
        return table[:, 0], table[:, 1]

    def id(self, number: int) -> str:
        """Return the id of a paragraph."""
        return str(self._hits[number]["id"])

    def paragraph(self, number: int) -> Paragraph:
        """Read a paragraph."""
        if number not in self._read:
            self._read[number] = Paragraph.from_dict(self._hits[number]["record"])
        return self._read[number]

    def reading_order(self) -> Array:
        """Return the rank of each paragraph in reading order (i8)."""
        ranks = np.empty(self.size, "i8")
        places = [(hit["path"], hit["number"]) for hit in self._hits]
        ranks[sorted(range(self.size), key=places.__getitem__)] = np.arange(self.size)
        return ranks

    def have_one_source(self, one: int, other: int) -> bool:
        """Tell whether two paragraphs are of the same source."""
        return bool(self._hits[one]["path"] == self._hits[other]["path"])


def _document(hit: Mapping[str, Any]) -> Document:
    record = hit["record"]
    return Document(
        id=hit["id"],
        date=record.get("date"),
        date_end=record.get("date_end"),
        record=record,
        match=units(fold(record["text"])),
        words=hit["tokens"][WORDS],
        heading=hit["tokens"][HEADING],
        values={name: [] for name in VALUE_FIELDS},
    )


class _MemoryPostings:
    """The postings of a field in memory: what `indexer.segments.postings.Postings` reads from a file."""

    def __init__(self, field: InvertedField) -> None:
        self._terms = field.terms
        self._lists = field.postings
        self._starts = np.r_[0, np.cumsum(field.postings.sizes)]
        self._position_starts = np.r_[0, np.cumsum(field.postings.position_sizes)]
        self.norms = field.norms
        self._numbers = {each: at for at, each in enumerate(field.terms)}

    def __len__(self) -> int:
        return len(self._terms)

    def find(self, term: bytes) -> int | None:
        return self._numbers.get(term)

    def term(self, number: int) -> bytes:
        return self._terms[number]

    def lower_bound(self, term: bytes) -> int:
        return bisect_left(self._terms, term)

    def document_frequency(self, number: int) -> int:
        return int(self._lists.sizes[number])

    def docs(self, number: int) -> Array:
        return self._lists.docs[self._starts[number] : self._starts[number + 1]].astype("u4")

    def term_frequencies(self, number: int) -> Array:
        own: Array = self._lists.frequencies[self._starts[number] : self._starts[number + 1]]
        return own.astype("u1") if int(own.max(initial=0)) < 256 else own

    def positions(self, number: int) -> Array:
        return self._lists.positions[self._position_starts[number] : self._position_starts[number + 1]]

    def lists(self, start: int, end: int) -> PostingLists:
        own = slice(int(self._starts[start]), int(self._starts[end]))
        placed = slice(int(self._position_starts[start]), int(self._position_starts[end]))
        return PostingLists(
            sizes=self._lists.sizes[start:end],
            docs=self._lists.docs[own],
            frequencies=self._lists.frequencies[own],
            position_sizes=self._lists.position_sizes[start:end],
            positions=self._lists.positions[placed],
        )
