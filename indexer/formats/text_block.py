"""The text of a file that is no plain text, as its reader hands it over."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

__all__ = ["ARTICLE", "INNER", "FileText", "TextBlock"]

ARTICLE, INNER = 1, 2
"""The levels of headings: one that begins an article, and one that stands inside."""


class TextBlock(Struct, frozen=True):
    """A paragraph, a heading or a cell of a file: its text without line breaks, in reading order.

    `first` and `last` count from 1: the printed lines of a PDF through all of its pages, the paragraphs of a
    Word file, the blocks of a web page. `page` is the page of a PDF on which it begins, counted from 1.
    `level` is that of a heading, 0 for what the file does not mark as one. `kind` says what else
    the file shows: `aside` for what stands around the article of a web page, `furniture` for running
    headers, footers and page numbers.
    """

    text: str
    first: int
    last: int
    level: int = 0
    kind: Literal["aside", "furniture", "caption"] | None = None
    page: int | None = None
    is_cell: bool = False


class FileText(Struct, frozen=True):
    """What a file holds: its blocks, the day that its metadata give (`YYYY-MM-DD`), and its faults.

    A fault is a sentence without the name of the file, with a remedy: page 3 has no text layer; ….
    """

    blocks: list[TextBlock]
    date: str | None = None
    faults: list[str] = field(default_factory=list)
