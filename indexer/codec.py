"""The codec through which Whoosh reads an index: `whoosh.index.open_dir(generation)` opens it.

Stock Whoosh queries run on it. The paths of these classes are stored in every index, so they stay here.
Deleted paragraphs do not exist for Whoosh: the live ones are numbered without gaps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import Codec as WhooshCodec
from whoosh.codec.base import PerDocumentReader, TermsReader
from whoosh.codec.base import Segment as BaseSegment
from whoosh.fields import ID, STORED, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence, Frequency, Positions
from whoosh.index import TOC
from whoosh.matching.mcore import ListMatcher
from whoosh.reading import TermInfo

from indexer.segments.norms import NORM_LENGTHS
from indexer.segments.posting_lists import concatenate_ranges
from indexer.segments.reader import Segment
from indexer.segments.schema import MATCH, SCORED_FIELDS, VALUE_FIELDS
from indexer.segments.values import ValueTable
from indexer.store.arrays import Array, ArrayFile

__all__ = ["SCHEMA", "Codec", "WhooshSegment", "write_toc"]

_Term = tuple[str, bytes]

_INDEX_NAME = "MAIN"  # Whoosh's default


class UnitPositions(Positions):  # type: ignore[misc]
    """A format of postings whose values are positions already, and need no decoding."""

    def decode_positions(self, value: Sequence[int]) -> list[int]:
        """Return the positions of a posting, in units."""
        return list(value)

    def decode_frequency(self, value: Sequence[int]) -> int:
        """Return the term frequency of a posting."""
        return len(value)


class ScoredField(FieldType):  # type: ignore[misc]
    """A field with terms, frequencies and norms; in `match`, pairs of units have positions."""

    def __init__(self, *, positions: bool = False) -> None:
        """Set the attributes that Whoosh reads of a field."""
        self.format = UnitPositions() if positions else Frequency()
        self.scorable = True


class ValueField(FieldType):  # type: ignore[misc]
    """A field whose terms are folded values."""

    def __init__(self) -> None:
        """Set the attributes that Whoosh reads of a field."""
        self.format = Existence()
        self.scorable = False


SCHEMA = Schema(
    id=ID(stored=True),
    text=STORED(),
    **{name: ScoredField(positions=name == MATCH) for name in SCORED_FIELDS},
    **{name: ValueField() for name in VALUE_FIELDS},
)


def write_toc(generation: Path, segments: Sequence[Segment], values: Path) -> None:
    """Write Whoosh's table of contents into a generation. Raise `OSError` when that fails.

    It is a pickle, so nothing in this project reads it.
    """
    listed = [WhooshSegment(segment.path, segment.deleted, values) for segment in segments]
    TOC(SCHEMA, listed, 1).write(FileStorage(str(generation)), _INDEX_NAME)


class Codec(WhooshCodec):  # type: ignore[misc]
    """Reads segments for Whoosh, and writes none: `lianghui index` does that."""

    def terms_reader(self, storage: FileStorage, segment: WhooshSegment) -> Terms:
        """Open the terms of a segment. Raise `DamageError` when its file is not whole."""
        return Terms(*segment.open_in(Path(storage.folder)))

    def per_document_reader(self, storage: FileStorage, segment: WhooshSegment) -> Documents:
        """Open the stored fields of a segment. Raise `DamageError` when its file is not whole."""
        return Documents(segment.open_in(Path(storage.folder))[0])


class WhooshSegment(BaseSegment):  # type: ignore[misc]
    """The entry of a segment in Whoosh's table of contents: the names of its files, and what is deleted."""

    def __init__(self, path: Path, deleted: Sequence[tuple[int, int]], values: Path) -> None:
        """Describe the segment file `path`, the ranges `deleted` from it, and the file of the values."""
        super().__init__(_INDEX_NAME)
        self.file = path.name
        self.values = values.name
        self.deleted = [*deleted]

    def codec(self) -> Codec:
        """Return the codec that reads the segment."""
        return Codec()

    def open_in(self, folder: Path) -> tuple[Segment, Path]:
        """Open the segment in the folder of its generation, and return it with the path of the values.

        Raise `DamageError` when the file is not whole, `OSError` when it cannot be read.
        """
        return Segment(folder / self.file, self.deleted), folder / self.values

    def deleted_count(self) -> int:
        """Return 0: deleted paragraphs do not exist for Whoosh."""
        return 0


class Documents(PerDocumentReader):  # type: ignore[misc]
    """The stored fields of the live paragraphs, and the lengths of their scored fields."""

    def __init__(self, segment: Segment) -> None:
        """Read from a segment."""
        self._segment = segment
        self._numbers = segment.live_numbers()

    def doc_count(self) -> int:
        """Return the number of live paragraphs."""
        return len(self._numbers)

    doc_count_all = doc_count

    def has_deletions(self) -> bool:
        """Return False: deleted paragraphs do not exist for Whoosh."""
        return False

    def is_deleted(self, docnum: int) -> bool:  # noqa: ARG002 - Whoosh's signature
        """Return False, as `has_deletions` does."""
        return False

    def deleted_docs(self) -> frozenset[int]:
        """Return an empty set, as `has_deletions` says."""
        return frozenset()

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Read the id and the text of a paragraph."""
        paragraph = self._segment.paragraph(int(self._numbers[docnum]))
        return {"id": paragraph.id, "text": paragraph.text}

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the length of a field, as its norm rounds it."""
        return int(self._lengths(fieldname)[docnum]) if fieldname in SCORED_FIELDS else default

    def field_length(self, fieldname: str) -> int:
        """Return the total length of a field."""
        return int(self._lengths(fieldname).sum()) if fieldname in SCORED_FIELDS else 0

    def min_field_length(self, fieldname: str) -> int:
        """Return the length of the shortest field."""
        return int(self._lengths(fieldname).min(initial=0)) if fieldname in SCORED_FIELDS else 0

    def max_field_length(self, fieldname: str) -> int:
        """Return the length of the longest field."""
        return int(self._lengths(fieldname).max(initial=0)) if fieldname in SCORED_FIELDS else 0

    def _lengths(self, fieldname: str) -> Array:
        return NORM_LENGTHS[self._segment.norms(fieldname)]


class Terms(TermsReader):  # type: ignore[misc]
    """The terms of a segment and their postings, of live paragraphs alone."""

    def __init__(self, segment: Segment, values: Path) -> None:
        """Read from a segment, and from the file of the values that its columns refer to."""
        self._segment = segment
        self._values = ArrayFile(values)

    def __contains__(self, term: _Term) -> bool:
        """Check whether a term has postings."""
        return len(self._postings(*term)[0]) > 0

    def indexed_field_names(self) -> list[str]:
        """List the fields that have terms."""
        return [*SCORED_FIELDS, *VALUE_FIELDS]

    def terms(self) -> Iterator[_Term]:
        """Iterate over all terms, field by field."""
        for field in sorted(self.indexed_field_names()):
            yield from self.terms_from(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[_Term]:
        """Iterate over the terms of a field that do not sort before `prefix`."""
        if fieldname in SCORED_FIELDS:
            postings = self._segment.postings(fieldname)
            found = (postings.term(number) for number in range(postings.lower_bound(prefix), len(postings)))
        else:
            table = self._table(fieldname)
            folded = {table.folded(int(at)) for at in np.unique(self._segment.column(fieldname)[1])}
            found = (term for term in sorted(value.encode("utf-8") for value in folded) if term >= prefix)
        return ((fieldname, term) for term in found if (fieldname, term) in self)

    def items(self) -> Iterator[tuple[_Term, TermInfo]]:
        """Iterate over all terms with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[_Term, TermInfo]]:
        """Iterate over the terms of a field that do not sort before `prefix`, with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Compute the statistics of a term. Raise `KeyError` for one without postings."""
        docs, frequencies, _ = self._postings(fieldname, text)
        if not len(docs):
            raise KeyError(text)
        lengths = self._lengths(fieldname)[docs]
        return TermInfo(
            weight=float(frequencies.sum()),
            df=len(docs),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(frequencies.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """Make Whoosh's own matcher over the postings of a term. Raise `KeyError` for one without."""
        docs, frequencies, positions = self._postings(fieldname, text)
        ends = np.cumsum(frequencies).tolist()
        each = zip([0, *ends], ends, strict=False)
        return ListMatcher(
            docs.tolist(),
            weights=frequencies.astype("f8").tolist(),
            values=[tuple(positions[start:end].tolist()) for start, end in each] if len(positions) else None,
            format=format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def _postings(self, fieldname: str, text: bytes) -> tuple[Array, Array, Array]:
        """Read the live postings of a term: paragraphs, term frequencies (i8), and positions."""
        docs, frequencies, positions = self._all_postings(fieldname, text)
        live = self._segment.live
        if live is None:
            return docs, frequencies, positions
        keep = live[docs]
        if len(positions):
            first = np.cumsum(frequencies) - frequencies
            positions = positions[concatenate_ranges(first[keep], frequencies[keep])]
        return (np.cumsum(live) - 1)[docs[keep]], frequencies[keep], positions

    def _all_postings(self, fieldname: str, text: bytes) -> tuple[Array, Array, Array]:
        """Read the postings of a term, also of deleted paragraphs; in a value field, each counts once."""
        none = np.empty(0, "u4")
        if fieldname not in SCORED_FIELDS:
            valued, values = self._segment.column(fieldname)
            docs = valued[np.isin(values, self._table(fieldname).equal(text.decode("utf-8")))]
            return np.unique(docs), np.ones(len(np.unique(docs)), "i8"), none
        postings = self._segment.postings(fieldname)
        number = postings.find(text)
        if number is None:
            return none, none, none
        return (
            postings.docs(number),
            postings.term_frequencies(number).astype("i8"),
            postings.positions(number),
        )

    def _lengths(self, fieldname: str) -> Array:
        if fieldname not in SCORED_FIELDS:
            return np.ones(self._segment.live_count, "i8")
        return NORM_LENGTHS[self._segment.norms(fieldname)]

    def _table(self, fieldname: str) -> ValueTable:
        return ValueTable(self._values, fieldname)
