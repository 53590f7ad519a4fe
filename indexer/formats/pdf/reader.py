"""Read a PDF into paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from indexer.errors import SeedError
from indexer.formats.pdf.characters import count_unreadable
from indexer.formats.pdf.drawing import DrawnPage, draw_pages
from indexer.formats.pdf.faults import Findings
from indexer.formats.pdf.furniture import PageLines, part_furniture
from indexer.formats.pdf.headings import arrange_articles, find_levels
from indexer.formats.pdf.layout import measure
from indexer.formats.pdf.lines import Line, make_lines
from indexer.formats.pdf.paragraphs import Draft, join_paragraphs
from indexer.formats.text_block import FileText, TextBlock

__all__ = ["read_pdf"]

_NO_TEXT = "it has no text, only pictures of it; make a copy with text (ocrmypdf -l chi_sim+chi_tra IN OUT)"
_EMPTY = "it has no text; if it shows any, make a copy with text (ocrmypdf --force-ocr IN OUT)"
_TAIL = 2_048  # bytes in which a whole file says where its tables are


def read_pdf(data: bytes, report: Callable[[float], None] = lambda _: None) -> FileText:
    """Read a PDF into blocks: paragraphs, headings, cells of tables, running headers and footers.

    The metadata of a PDF tell when it was made and not of what day it is: no date is given.

    `report` is called with the share of the file that was read so far.
    Raise `SeedError` with the reason and a remedy when nothing of it can be read, or reading it would cost
    more than any text needs.
    """
    drawn, announced = draw_pages(data, report)
    pages = [
        PageLines(page.height, make_lines(page.fragments, number)) for number, page in enumerate(drawn, 1)
    ]
    findings = _find_faults(drawn, pages)
    findings.missing = max(0, announced - len(drawn))
    findings.is_cut = b"startxref" not in data[-_TAIL:]
    if not any(page.body for page in pages):
        scanned = findings.without_text and not findings.damaged
        raise SeedError(_NO_TEXT if scanned else "; ".join([_EMPTY, *findings.faults()]))
    part_furniture(pages)
    layout = measure([page.body for page in pages])
    drafts = join_paragraphs(pages, layout)
    levels = find_levels(drafts, layout)
    drafts, levels = arrange_articles(drafts, levels, layout, [page.width for page in drawn])
    _number_lines(drafts)
    return FileText([*_make_blocks(drafts, levels)], faults=findings.faults())


def _find_faults(drawn: Sequence[DrawnPage], pages: Sequence[PageLines]) -> Findings:
    findings = Findings()
    for number, (page, lines) in enumerate(zip(drawn, pages, strict=True), 1):
        if page.has_pictures and not lines.body:
            findings.without_text.append(number)
        if page.damaged:
            findings.damaged.append(number)
        if page.loops:
            findings.looping.append(number)
        count = sum(count_unreadable(line.text) for line in lines.body)
        if count:
            findings.unreadable[number] = count
    return findings


def _number_lines(drafts: Sequence[Draft]) -> None:
    """Count the lines in reading order: the lines of a paragraph follow each other, whatever parts them."""
    lines: list[Line] = [line for draft in drafts for line in draft.lines]
    for number, line in enumerate(lines, 1):
        line.number = number


def _make_blocks(drafts: Sequence[Draft], levels: Sequence[int]) -> Iterator[TextBlock]:
    for draft, level in zip(drafts, levels, strict=True):
        yield TextBlock(
            text=draft.text,
            first=draft.lines[0].number,
            last=draft.last.number,
            level=level,
            kind="furniture" if draft.is_furniture else None,
            page=draft.lines[0].page,
            is_cell=draft.is_cell,
        )
