"""The index as Whoosh sees it: `whoosh.index.open_dir(generation)` opens it, stock queries run on it.

The class paths of `Codec` and `WhooshSegment` are stored in every index: they stay where they are.
Paragraphs that were deleted do not exist here: the others are numbered without them.
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

from indexer.segments.norms import LENGTHS
from indexer.segments.postings import concatenated_ranges
from indexer.segments.reader import Segment
from indexer.segments.schema import MATCH, SCORED, VALUES
from indexer.segments.values import ValueTable
from indexer.store.arrays import Array, ArrayFile

__all__ = ["SCHEMA", "Codec", "WhooshSegment", "write_toc"]

_Term = tuple[str, bytes]

_NAME = "MAIN"


class UnitPositions(Positions):  # type: ignore[misc]
    """Positions that are numbers already."""

    def decode_positions(self, value: Sequence[int]) -> list[int]:
        """Return the positions of a posting."""
        return list(value)

    def decode_frequency(self, value: Sequence[int]) -> int:
        """Return how often the term stands in the paragraph."""
        return len(value)


class ScoredField(FieldType):  # type: ignore[misc]
    """A field with terms, frequencies and lengths; in `match`, pairs of units have positions."""

    def __init__(self, *, positions: bool = False) -> None:
        """Set what Whoosh asks of a field."""
        self.format = UnitPositions() if positions else Frequency()
        self.scorable = True


class ValueField(FieldType):  # type: ignore[misc]
    """A field whose terms are folded values."""

    def __init__(self) -> None:
        """Set what Whoosh asks of a field."""
        self.format = Existence()
        self.scorable = False


SCHEMA = Schema(
    id=ID(stored=True),
    text=STORED(),
    **{name: ScoredField(positions=name == MATCH) for name in SCORED},
    **{name: ValueField() for name in VALUES},
)


def write_toc(generation: Path, segments: Sequence[Segment], values: Path) -> None:
    """Write Whoosh's table of contents. Our own search does not read it: it is a pickle."""
    listed = [WhooshSegment(segment.path, segment.deleted, values) for segment in segments]
    TOC(SCHEMA, listed, 1).write(FileStorage(str(generation)), _NAME)


class Codec(WhooshCodec):  # type: ignore[misc]
    """Reads our segments for Whoosh. It writes none: `lianghui index` does."""

    def terms_reader(self, storage: FileStorage, segment: WhooshSegment) -> Terms:
        """Return the terms of a segment."""
        return Terms(*segment.opened(Path(storage.folder)))

    def per_document_reader(self, storage: FileStorage, segment: WhooshSegment) -> Documents:
        """Return what is kept for each paragraph of a segment."""
        return Documents(segment.opened(Path(storage.folder))[0])


class WhooshSegment(BaseSegment):  # type: ignore[misc]
    """Names the files of a segment in Whoosh's table of contents."""

    def __init__(self, path: Path, deleted: Sequence[tuple[int, int]], values: Path) -> None:
        """Remember the names of the files, and what was deleted."""
        super().__init__(_NAME)
        self.file = path.name
        self.values = values.name
        self.deleted = [*deleted]

    def codec(self) -> Codec:
        """Return what reads it."""
        return Codec()

    def opened(self, folder: Path) -> tuple[Segment, Path]:
        """Open the segment in its folder; return it and the file of the values."""
        return Segment(folder / self.file, self.deleted), folder / self.values

    def deleted_count(self) -> int:
        """Return 0: what was deleted does not exist here."""
        return 0


class Documents(PerDocumentReader):  # type: ignore[misc]
    """Stored fields and lengths."""

    def __init__(self, segment: Segment) -> None:
        """Look into a segment."""
        self._segment = segment
        self._numbers = segment.numbers()

    def doc_count(self) -> int:
        """Return the number of paragraphs."""
        return len(self._numbers)

    doc_count_all = doc_count

    def has_deletions(self) -> bool:
        """Return False: what was deleted does not exist here."""
        return False

    def is_deleted(self, docnum: int) -> bool:  # noqa: ARG002 - Whoosh's signature
        """Return False, for the same reason."""
        return False

    def deleted_docs(self) -> frozenset[int]:
        """Return nothing, for the same reason."""
        return frozenset()

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the id and the text of a paragraph."""
        paragraph = self._segment.paragraph(int(self._numbers[docnum]))
        return {"id": paragraph.id, "text": paragraph.text}

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the length of a field, as it is rounded."""
        return int(self._lengths(fieldname)[docnum]) if fieldname in SCORED else default

    def field_length(self, fieldname: str) -> int:
        """Return the length of a field in all paragraphs together."""
        return int(self._lengths(fieldname).sum()) if fieldname in SCORED else 0

    def min_field_length(self, fieldname: str) -> int:
        """Return the length of the shortest."""
        return int(self._lengths(fieldname).min(initial=0)) if fieldname in SCORED else 0

    def max_field_length(self, fieldname: str) -> int:
        """Return the length of the longest."""
        return int(self._lengths(fieldname).max(initial=0)) if fieldname in SCORED else 0

    def _lengths(self, fieldname: str) -> Array:
        return LENGTHS[self._segment.lengths(fieldname)]


class Terms(TermsReader):  # type: ignore[misc]
    """Terms and their postings."""

    def __init__(self, segment: Segment, values: Path) -> None:
        """Look into a segment, and into the values that its columns refer to."""
        self._segment = segment
        self._values = ArrayFile(values)

    def __contains__(self, term: _Term) -> bool:
        """Tell whether a term stands in some paragraph."""
        return len(self._postings(*term)[0]) > 0

    def indexed_field_names(self) -> list[str]:
        """Return the fields that have terms."""
        return [*SCORED, *VALUES]

    def terms(self) -> Iterator[_Term]:
        """Yield all terms."""
        for field in sorted(self.indexed_field_names()):
            yield from self.terms_from(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[_Term]:
        """Yield the terms of a field from a prefix on."""
        if fieldname in SCORED:
            postings = self._segment.field(fieldname)
            found = (postings.term(number) for number in range(postings.lower_bound(prefix), len(postings)))
        else:
            table = self._table(fieldname)
            folded = {table.folded(int(at)) for at in np.unique(self._segment.column(fieldname)[1])}
            found = (term for term in sorted(value.encode("utf-8") for value in folded) if term >= prefix)
        return ((fieldname, term) for term in found if (fieldname, term) in self)

    def items(self) -> Iterator[tuple[_Term, TermInfo]]:
        """Yield all terms with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[_Term, TermInfo]]:
        """Yield the terms of a field from a prefix on, with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return how common a term is; raise `KeyError` for one that stands nowhere."""
        docs, counts, _ = self._postings(fieldname, text)
        if not len(docs):
            raise KeyError(text)
        lengths = self._lengths(fieldname)[docs]
        return TermInfo(
            weight=float(counts.sum()),
            df=len(docs),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(counts.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """Return Whoosh's own matcher over the postings of a term."""
        docs, counts, positions = self._postings(fieldname, text)
        ends = np.cumsum(counts).tolist()
        each = zip([0, *ends], ends, strict=False)
        return ListMatcher(
            docs.tolist(),
            weights=counts.astype("f8").tolist(),
            values=[tuple(positions[start:end].tolist()) for start, end in each] if len(positions) else None,
            format=format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def _postings(self, fieldname: str, text: bytes) -> tuple[Array, Array, Array]:
        """Return the paragraphs of a term, how often it stands in each, and where."""
        docs, counts, positions = self._all_postings(fieldname, text)
        alive = self._segment.live
        if alive is None:
            return docs, counts, positions
        keep = alive[docs]
        if len(positions):
            first = np.cumsum(counts) - counts
            positions = positions[concatenated_ranges(first[keep], counts[keep])]
        return (np.cumsum(alive) - 1)[docs[keep]], counts[keep], positions

    def _all_postings(self, fieldname: str, text: bytes) -> tuple[Array, Array, Array]:
        none = np.empty(0, "u4")
        if fieldname not in SCORED:
            owners, values = self._segment.column(fieldname)
            docs = owners[np.isin(values, self._table(fieldname).equal(text.decode("utf-8")))]
            return np.unique(docs), np.ones(len(np.unique(docs)), "i8"), none
        postings = self._segment.field(fieldname)
        number = postings.find(text)
        if number is None:
            return none, none, none
        return postings.docs(number), postings.counts(number).astype("i8"), postings.positions(number)

    def _lengths(self, fieldname: str) -> Array:
        if fieldname not in SCORED:
            return np.ones(self._segment.count, "i8")
        return LENGTHS[self._segment.lengths(fieldname)]

    def _table(self, fieldname: str) -> ValueTable:
        return ValueTable(self._values, fieldname)
