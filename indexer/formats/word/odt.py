"""Read a text of OpenDocument (`.odt`), as LibreOffice writes it and offices in Taiwan hand it out."""

from __future__ import annotations

from collections.abc import Callable

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError
from indexer.formats.text_block import FileText
from indexer.formats.word.archive import Archive
from indexer.formats.word.markup import Element, attribute, child, parse_xml, short_name, walk
from indexer.formats.word.paragraph import LINE_BREAK, Kind, Paragraph, Piece, make_blocks
from indexer.formats.word.signature import refuse_other_file
from indexer.formats.word.styles import BODY, TITLE, Look
from indexer.formats.word.title import mark_headings

__all__ = ["read_odt"]

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"


def read_odt(data: bytes, _: Segmenter) -> FileText:
    """Read a text of OpenDocument: its blocks are numbered and ordered as those of a Word file.

    The numbers of its lists are not worked out. Raise `SeedError` when it cannot be read.
    """
    refuse_other_file(data)
    archive = Archive(data)
    if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
        raise SeedError("it is encrypted with a password; save it without one")
    root = parse_xml(archive.read(_CONTENT), _CONTENT)
    text = child(root, "office:body", "office:text")
    if text is None:
        raise SeedError("this is a spreadsheet, a drawing or slides, not a text; move it out of the seeds")
    pieces = _read_story(text, _title_styles(root), None)
    mark_headings(pieces)
    if _STYLES in archive:
        masters = child(parse_xml(archive.read(_STYLES), _STYLES), "office:master-styles")
        pieces += _read_story(masters, frozenset(), "furniture") if masters is not None else []
    return FileText(make_blocks(pieces))


def _title_styles(root: Element) -> frozenset[str | None]:
    """Return the names of the styles of titles: `Title`, and what the text itself makes of it."""
    automatic = child(root, "office:automatic-styles")
    styles = automatic if automatic is not None else ()
    names = (attribute(each, "name") for each in styles if attribute(each, "parent-style-name") == "Title")
    return frozenset(["Title", *names])


def _read_story(root: Element, title_styles: frozenset[str | None], kind: Kind | None) -> list[Piece]:
    reader = _StoryReader(title_styles, kind)
    walker = walk(root)
    for event, element in walker:
        name = short_name(element.tag)
        if event == "end":
            reader.end(name, element)
        elif name in _SKIPPED:
            walker.skip_subtree()
        else:
            reader.start(name, element)
    return reader.pieces


class _StoryReader:
    """What is open while a story is walked through."""

    def __init__(self, title_styles: frozenset[str | None], kind: Kind | None) -> None:
        self.pieces: list[Piece] = []
        self._title_styles = title_styles
        self._kinds: list[Kind | None] = [kind]
        self._open: list[Paragraph] = []
        self._notes = self._tables = 0

    def start(self, name: str, element: Element) -> None:
        if name in _PARAGRAPHS:
            self._open.append(Paragraph(Look(rank=self._rank(name, element))))
        self._notes += name in _NOTES
        self._tables += name == "table:table-row" and len(element) > 1
        if name in _ASIDES:
            self._kinds.append("aside")
        if self._open:
            paragraph = self._open[-1]
            paragraph.add(_CHARACTERS.get(name, _no_text)(element), paragraph.look)
            paragraph.add(_text(element.text, name), paragraph.look)

    def end(self, name: str, element: Element) -> None:
        if name in _PARAGRAPHS and self._open:
            self._put(self._open.pop())
        self._notes -= name in _NOTES
        self._tables -= name == "table:table-row" and len(element) > 1
        if name in _ASIDES:
            self._kinds.pop()
        parent = element.getparent()
        if self._open and parent is not None:
            self._open[-1].add(_text(element.tail, short_name(parent.tag)), self._open[-1].look)

    def _rank(self, name: str, element: Element) -> int:
        if attribute(element, "style-name") in self._title_styles:
            return TITLE
        level = attribute(element, "outline-level") or "1"
        return min(int(level), BODY - 1) if name == "text:h" and level.isdecimal() else BODY

    def _put(self, paragraph: Paragraph) -> None:
        """Put the pieces of a paragraph: those of a note or box after the paragraph that holds it."""
        pieces = [*paragraph.pieces(), *paragraph.after]
        for piece in pieces[: len(pieces) - len(paragraph.after)]:
            piece.kind = self._kinds[-1]
            piece.is_cell = self._tables > 0
            piece.begins = piece.begins and not self._notes
        (self._open[-1].after if self._open else self.pieces).extend(pieces)


def _text(text: str | None, holder: str) -> str:
    """Return the text in an element with each run of white space as one blank, as OpenDocument counts it."""
    if not text or holder in _HOLDERS:
        return ""
    inner = " ".join(text.split())
    return f"{' ' * text[0].isspace()}{inner}{' ' * (text[-1].isspace() and bool(inner))}"


def _no_text(_: Element) -> str:
    return ""


_PARAGRAPHS = ("text:p", "text:h")
_ASIDES = ("office:annotation", "text:table-of-content")
_NOTES = ("text:note", "office:annotation")
_HOLDERS = (*_NOTES, "text:note-body", "draw:frame", "draw:text-box")  # white space between their parts
_SKIPPED = frozenset(
    "text:note-citation text:tracked-changes text:ruby-text text:number text:hidden-text "
    "text:sequence-decls text:variable-decls text:user-field-decls office:forms".split()
)
_CHARACTERS: dict[str, Callable[[Element], str]] = {
    "text:s": lambda _: " ",
    "text:tab": lambda _: " ",
    "text:line-break": lambda _: LINE_BREAK,
}
