"""Read a Word file: what it shows, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError
from indexer.formats.text_block import FileText
from indexer.formats.word.archive import Archive
from indexer.formats.word.chunks import read_foreign_chunk
from indexer.formats.word.drawings import read_drawing
from indexer.formats.word.markup import Element, attribute
from indexer.formats.word.numbering import Numbering
from indexer.formats.word.package import Package, Relation
from indexer.formats.word.paragraph import Piece, make_blocks
from indexer.formats.word.signature import refuse_other_document, refuse_other_file
from indexer.formats.word.story import StoryParts, read_story
from indexer.formats.word.styles import Look, Styles
from indexer.formats.word.title import mark_headings

__all__ = ["read_docx"]

_NOTES = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
_RUNNING = ("header", "footer")
_MAX_DEPTH = 3  # Word files in each other


def read_docx(data: bytes, segmenter: Segmenter) -> FileText:
    """Read a DOCX file, also one of ISO Strict or with macros (which are never looked at).

    The number of a block is that of its paragraph in the body, empty ones counted, cells of tables and
    text boxes as well. Footnotes, endnotes and comments follow the paragraph that refers to them and
    have its number: there a reader finds them, and in a file of several articles they stay in theirs.
    Comments and the table of contents are `aside`, words in diagrams and charts `caption`; headers and
    footers, `furniture`, are numbered on after the last paragraph.

    A part that cannot be read, beside the document itself, is a fault. Raise `SeedError` when the
    document cannot be read.
    """
    refuse_other_file(data)
    return _DocumentReader(Archive(data), segmenter, depth=0).read()


class _DocumentReader:
    """The parts of a file, and what went wrong with them."""

    def __init__(self, archive: Archive, segmenter: Segmenter, depth: int) -> None:
        refuse_other_document(archive)
        self._archive, self._package = archive, Package(archive)
        self._segmenter, self._depth = segmenter, depth
        self._faults: dict[str, None] = {}  # each once, in order
        self._main = self._package.main_part()
        self._relations = self._package.relations(self._main)
        self._targets = {each.id: each.target for each in self._relations}
        self._notes: dict[str, Element] = {}

    def read(self) -> FileText:
        root = self._package.xml(self._main)
        parts = StoryParts(
            Styles(self._optional("styles")),
            Numbering(self._optional("numbering")),
            self._read_chunk,
            lambda note: self._read_note(note, parts),
            self._read_drawing,
        )
        self._notes = dict(self._find_notes())
        pieces = read_story(root, parts)
        for note in [*self._notes]:  # what nothing refers to
            pieces += self._read_note(note, parts)
        mark_headings(pieces)
        return FileText(make_blocks([*pieces, *self._running(parts)]), faults=[*self._faults])

    def _optional(self, kind: str) -> Element | None:
        """Parse the first part of a kind; None where there is none, or a fault where it is damaged."""
        part = next((each.target for each in self._relations if each.kind == kind), None)
        try:
            return self._package.xml(part) if part else None
        except SeedError as error:
            self._fault(error)
            return None

    def _fault(self, error: SeedError) -> None:
        self._faults[f"{error} (the rest of it was read)"] = None

    def _find_notes(self) -> Iterator[tuple[str, Element]]:
        """Go through the notes and comments, under their kind and id; the lines that part them are none."""
        for part, kind in _NOTES.items():
            root = self._optional(part)
            for note in root if root is not None else ():
                if attribute(note, "type") in (None, "normal"):
                    yield f"{kind} {attribute(note, 'id')}", note

    def _read_note(self, name: str, parts: StoryParts) -> list[Piece]:
        """Read a note once, however often the text refers to it."""
        note = self._notes.pop(name, None)
        pieces = read_story(note, parts) if note is not None else []
        for piece in pieces:
            piece.begins = False
            piece.kind = "aside" if name.startswith("comment") else piece.kind
        return pieces

    def _running(self, parts: StoryParts) -> list[Piece]:
        """Read the headers and footers; what several of them say is read once."""
        pieces: dict[str, Piece] = {}
        for relation in self._relations:
            if relation.kind in _RUNNING:
                for piece in self._read_running(relation, parts):
                    piece.kind = "furniture"
                    pieces.setdefault(piece.text, piece)
        return [*pieces.values()]

    def _read_running(self, relation: Relation, parts: StoryParts) -> list[Piece]:
        try:
            return read_story(self._package.xml(relation.target), parts)
        except SeedError as error:
            self._fault(error)
            return []

    def _read_chunk(self, relation_id: str) -> list[Piece]:
        """Read a chunk of another format, or of another Word file."""
        try:
            found = self._read_format(self._package.read(self._targets.get(relation_id, "")))
        except SeedError as error:
            self._faults[f"text in another format was not read: {error}"] = None
            return []
        self._faults |= dict.fromkeys(found.faults)
        blocks = found.blocks
        starts = [None, *(block.first for block in blocks)]
        return [
            Piece(block.text, Look(), block.first != before, block.is_cell, block.kind, block.level)
            for before, block in zip(starts, blocks, strict=False)
        ]

    def _read_drawing(self, relation_id: str) -> list[Piece]:
        try:
            return read_drawing(self._package.xml(self._targets.get(relation_id, "")))
        except SeedError as error:
            self._fault(error)
            return []

    def _read_format(self, data: bytes) -> FileText:
        if not data.startswith(b"PK"):
            return read_foreign_chunk(data, self._segmenter)
        if self._depth == _MAX_DEPTH:
            raise SeedError(f"more than {_MAX_DEPTH} Word files in each other; take them apart")
        return _DocumentReader(Archive(data, self._archive), self._segmenter, self._depth + 1).read()
