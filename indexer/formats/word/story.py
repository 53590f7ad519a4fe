"""Walk through a story of a Word file (its body, a note, a header), in reading order."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from indexer.formats.word.markup import Element, attribute, child, short_name, walk
from indexer.formats.word.numbering import Numbering
from indexer.formats.word.paragraph import LINE_BREAK, PAGE_BREAK, Field, Paragraph, Piece
from indexer.formats.word.styles import Look, Styles
from indexer.formats.word.symbols import read_symbol

__all__ = ["StoryParts", "read_story"]


class StoryParts(Struct, frozen=True):
    """What a story refers to: styles, lists, chunks and drawings by id, notes by kind and id.

    The functions return the pieces of what is referred to.
    """

    styles: Styles
    numbering: Numbering
    read_chunk: Callable[[str], list[Piece]]
    read_note: Callable[[str], list[Piece]]
    read_drawing: Callable[[str], list[Piece]]


def read_story(root: Element, parts: StoryParts) -> list[Piece]:
    """Return the pieces of a story.

    Runs are joined; what tracked changes deleted, codes of fields, hidden text and readings (ruby) are
    left out; text boxes stand before their paragraph when they come before its first character, and
    after it otherwise; so do the notes, after the paragraph that refers to them.
    """
    reader = _StoryReader(parts)
    walker = walk(root)
    for event, element in walker:
        name = short_name(element.tag)
        if event == "start":
            start = _STARTS.get(name)
            if name in _SKIPPED or (name in _BRANCHES and not reader.takes(element)):
                walker.skip_subtree()
            elif start:
                start(reader, element)
        elif name in _ENDS:
            _ENDS[name](reader, element)
    return reader.close()


class _Table(Struct):
    """A table that is open: where its pieces begin, how many cells its row has, and its longest row."""

    start: int
    cells: int = 0
    longest: int = 0


class _StoryReader:
    """What is open while a story is walked through."""

    def __init__(self, parts: StoryParts) -> None:
        self._parts = parts
        self._pieces: list[list[Piece]] = [[]]  # of the story, and of the text boxes in each other
        self._paragraphs: list[Paragraph] = []
        self._runs: list[Look] = []
        self._tables: list[_Table] = []
        self._branches: list[Element | None] = []  # what is read of each `mc:AlternateContent`
        self._carried: list[Paragraph] = []  # a paragraph whose end is deleted goes on in the next

    def close(self) -> list[Piece]:
        """Return the pieces of the story."""
        self._release()
        return self._pieces[0]

    def takes(self, branch: Element) -> bool:
        """Tell whether a branch of an `mc:AlternateContent` is the one that is read."""
        return bool(self._branches) and branch is self._branches[-1]

    def start_branches(self, element: Element) -> None:
        """Choose of several forms of one thing the first that holds text, or else the first."""
        branches = [each for each in element if short_name(each.tag) in _BRANCHES]
        with_text = (each for each in branches if any(map(_holds_text, each.iter())))
        self._branches.append(next(with_text, branches[0] if branches else None))

    def end_branches(self, _: Element) -> None:
        self._branches.pop()

    def start_paragraph(self, element: Element) -> None:
        properties = child(element, "w:pPr")
        look = self._parts.styles.paragraph(properties)
        label = ""
        if look.list_id and child(properties, "w:rPr", "w:del") is None:
            label = self._parts.numbering.next_label(look.list_id, look.list_level or 0)
        paragraph = Paragraph(look, label)
        if self._carried and len(self._pieces) == 1:
            carried = self._carried.pop()
            paragraph.label = carried.label or label
            paragraph.parts, paragraph.notes, paragraph.after = carried.parts, carried.notes, carried.after
            paragraph.sizes = carried.sizes
        self._paragraphs.append(paragraph)

    def end_paragraph(self, element: Element) -> None:
        paragraph = self._paragraphs.pop()
        is_joined = child(element, "w:pPr", "w:rPr", "w:del") is not None
        if is_joined and len(self._pieces) == 1:
            self._carried = [paragraph]
        else:
            self._put(paragraph)

    def start_run(self, element: Element) -> None:
        paragraph = self._paragraphs[-1].look if self._paragraphs else Look()
        self._runs.append(self._parts.styles.run(child(element, "w:rPr"), paragraph))

    def end_run(self, _: Element) -> None:
        self._runs.pop()

    def add_text(self, element: Element) -> None:
        self._add((element.text or "").replace("\n", " "))

    def add_blank(self, _: Element) -> None:
        self._add(" ")

    def add_break(self, element: Element) -> None:
        self._add(PAGE_BREAK if attribute(element, "type") in ("page", "column") else LINE_BREAK)

    def add_hyphen(self, _: Element) -> None:
        self._add("-")

    def add_symbol(self, element: Element) -> None:
        self._add(read_symbol(attribute(element, "font") or "", attribute(element, "char") or ""))

    def turn_field(self, element: Element) -> None:
        """Open or close a field, or go from its code to its result."""
        if not self._paragraphs:
            return
        fields = self._paragraphs[-1].fields
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            fields.append(
                Field(is_code=True, is_hidden=bool(fields) and (fields[-1].is_code or fields[-1].is_hidden))
            )
        elif fields and kind == "separate":
            fields[-1].is_code = False
        elif fields and kind == "end":
            fields.pop()

    def refer(self, element: Element) -> None:
        """Take down a reference to a note or comment."""
        if self._paragraphs:
            kind = short_name(element.tag).removeprefix("w:").removesuffix("Reference")
            self._paragraphs[-1].notes.append(f"{kind} {attribute(element, 'id')}")

    def start_box(self, _: Element) -> None:
        holder = self._paragraphs[-1] if self._paragraphs else None
        self._pieces.append(holder.after if holder and holder.parts else self._pieces[-1])

    def end_box(self, _: Element) -> None:
        self._pieces.pop()

    def start_table(self, _: Element) -> None:
        self._release()
        self._tables.append(_Table(len(self._pieces[-1])))

    def start_row(self, _: Element) -> None:
        if self._tables:
            self._tables[-1].cells = 0

    def start_cell(self, _: Element) -> None:
        if self._tables:
            table = self._tables[-1]
            table.cells += 1
            table.longest = max(table.longest, table.cells)

    def end_cell(self, _: Element) -> None:
        self._release()

    def end_table(self, _: Element) -> None:
        """Mark the cells of a table. One whose rows have one cell each is a frame around text."""
        table = self._tables.pop()
        for piece in self._pieces[-1][table.start :] if table.longest > 1 else ():
            piece.is_cell = True

    def add_chunk(self, element: Element) -> None:
        self._release()
        self._pieces[-1].extend(self._parts.read_chunk(attribute(element, "id") or ""))

    def add_drawing(self, element: Element) -> None:
        """Put the words of a diagram or chart after the paragraph that it stands in."""
        if self._paragraphs:
            reference = attribute(element, "dm") or attribute(element, "id") or ""
            self._paragraphs[-1].after += self._parts.read_drawing(reference)

    def _add(self, text: str) -> None:
        """Add text to the paragraph, unless it is hidden or part of the code of a field.

        Of a field in the code of another, the result is part of that code. Text in the code itself is
        shown by no program, and written by none but where the end of the code is missing: it is kept.
        """
        if not self._paragraphs:
            return
        look = self._runs[-1] if self._runs else self._paragraphs[-1].look
        fields = self._paragraphs[-1].fields
        if not look.is_hidden and not (fields and fields[-1].is_hidden):
            self._paragraphs[-1].add(text, look)

    def _put(self, paragraph: Paragraph) -> None:
        pieces = self._pieces[-1]
        pieces += paragraph.pieces()
        pieces += paragraph.after
        for note in paragraph.notes:
            pieces += self._parts.read_note(note)

    def _release(self) -> None:
        """Put the paragraph that was to go on, where nothing follows in which it can."""
        if self._carried and len(self._pieces) == 1:
            self._put(self._carried.pop())


def _holds_text(element: Element) -> bool:
    return short_name(element.tag) in ("w:t", "m:t") and bool(element.text)


_BRANCHES = ("mc:Choice", "mc:Fallback")

_SKIPPED = frozenset(
    "w:pPr w:rPr w:tblPr w:tblGrid w:trPr w:tcPr w:sectPr w:sdtPr w:del w:moveFrom w:rt".split()
)

_Handler = Callable[[_StoryReader, Element], None]

_STARTS: dict[str, _Handler] = {
    "w:p": _StoryReader.start_paragraph,
    "w:r": _StoryReader.start_run,
    "w:t": _StoryReader.add_text,
    "m:t": _StoryReader.add_text,
    "w:tab": _StoryReader.add_blank,
    "w:ptab": _StoryReader.add_blank,
    "w:br": _StoryReader.add_break,
    "w:cr": _StoryReader.add_break,
    "w:noBreakHyphen": _StoryReader.add_hyphen,
    "w:sym": _StoryReader.add_symbol,
    "w:fldChar": _StoryReader.turn_field,
    "w:footnoteReference": _StoryReader.refer,
    "w:endnoteReference": _StoryReader.refer,
    "w:commentReference": _StoryReader.refer,
    "w:txbxContent": _StoryReader.start_box,
    "w:tbl": _StoryReader.start_table,
    "w:tr": _StoryReader.start_row,
    "w:tc": _StoryReader.start_cell,
    "w:altChunk": _StoryReader.add_chunk,
    "dgm:relIds": _StoryReader.add_drawing,
    "c:chart": _StoryReader.add_drawing,
    "mc:AlternateContent": _StoryReader.start_branches,
}

_ENDS: dict[str, _Handler] = {
    "w:p": _StoryReader.end_paragraph,
    "w:r": _StoryReader.end_run,
    "w:txbxContent": _StoryReader.end_box,
    "mc:AlternateContent": _StoryReader.end_branches,
    "w:tc": _StoryReader.end_cell,
    "w:tbl": _StoryReader.end_table,
}
