"""A page as blocks, each with its shape: lines, joined where a break cut a sentence, or those of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from indexer.analysis.segmenter import Segmenter
from indexer.formats.text_block import INNER, TextBlock
from indexer.models import EXTRACTION_LIMIT, Kind
from indexer.pages.document_head import begins_business
from indexer.pages.line_shapes import Shape, line_shape

__all__ = ["Block", "ends_sentence", "file_blocks", "has_mark", "holds_sentence_end", "read_blocks"]

_ENDING = 80  # characters that show whether a sentence is over
_BORDER = 8  # characters on each side of a break that show whether it cuts a word
_SHORTEST_LINE = 15  # characters of a line that shows where a page was wrapped
_MIN_LINES = 10  # such lines of a page
_WIDEST = 60  # characters of a wrapped line, or fewer
_FULL = 0.85  # of the usual length has a line that goes on
_CUT_SHARE = 0.4  # of the lines of a wrapped page end inside a sentence
_LONGEST_CLAUSE = 30  # characters of a heading with commas in it
_CELL = 20  # characters of a cell of a table, or fewer
_TABLE = 5  # such lines in a row

_QUOTATION_MARKS = (("「", "」"), ("《", "》"), ("“", "”"))
_QUOTATION = 60  # characters of the rest of a quotation that a column break cut apart
_SENTENCE_END = re.compile(r"(?:[。！？!?…；;：:]|(?<=[A-Za-z])\.)[”’」』）)】》\"'\s]*$|[）)】]\s*$")
_SENTENCE_END_INSIDE = re.compile(r"[。！？；]")
_PARAGRAPH_START = re.compile(
    r"[（(]?[一二三四五六七八九十百]+[、）)]|[（(]?\d+(?:[、）)]|[.．](?!\d))|[■□◎●◆▲☆★※]|[^，。：:“”\s]{2,12}[：:]"
)
_HONOURS = re.compile(  # G.B.S., J.P.
    r"[\s,，]*(?:[A-Z]{2,4}|(?:[A-Z]\.){2,})(?:[\s,，.]|[A-Z]{2,4}|(?:[A-Z]\.){2,})*$"
)
_MAY_BE_ONE_SENTENCE: tuple[set[Shape], ...] = ({"body"}, {"body", "heading"})  # across a column break


class Block(Struct, frozen=True):
    """A line of a page, or several that a column break cut apart, with their shape and line numbers.

    What only files show are its `kind`, the `level` of a heading, and the `page`, see `TextBlock`.
    """

    shape: Shape
    text: str
    first: int
    last: int
    is_cell: bool = False
    kind: Kind | None = None
    level: int = 0
    page: int | None = None


def read_blocks(lines: Sequence[str], segmenter: Segmenter) -> list[Block]:
    """Make the blocks of the lines of a page that are not blank."""
    wrap = _wrap_length(lines)
    return _mark_cells([*_join_broken(_blocks(lines, segmenter), segmenter, wrap)])


def file_blocks(blocks: Iterable[TextBlock], segmenter: Segmenter) -> list[Block]:
    """Make the blocks of a file, whose paragraphs are whole."""
    found = [
        Block(
            shape=_file_shape(text, level, segmenter),
            text=text,
            first=block.first,
            last=block.last,
            is_cell=block.is_cell,
            kind=block.kind,
            level=level,
            page=block.page,
        )
        for block in blocks
        if (text := block.text.strip())
        for level in [_level(block, text)]
    ]
    return _mark_cells(found)


def _level(block: TextBlock, text: str) -> int:
    """Return the level of a block; what is only bold may be a cell of a table or a sentence as well."""
    if block.level == INNER and (block.is_cell or (len(text) > _LONGEST_CLAUSE and "，" in text)):
        return 0
    return block.level


def _file_shape(text: str, level: int, segmenter: Segmenter) -> Shape:
    """Return the shape of a block of a file: that of its text, or a heading where its file marks one."""
    shape = line_shape(text, segmenter)
    return "heading" if level and shape == "body" else shape


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as a sentence does, quotation marks and brackets aside."""
    return _SENTENCE_END.search(text[-_ENDING:]) is not None


def holds_sentence_end(text: str) -> bool:
    """Tell whether a sentence ends somewhere in a text."""
    return _SENTENCE_END_INSIDE.search(text) is not None


def has_mark(text: str) -> bool:
    """Tell whether a line begins as a new paragraph does: with a number, a bullet or somebody's turn."""
    return _PARAGRAPH_START.match(text) is not None


def _blocks(lines: Sequence[str], segmenter: Segmenter) -> Iterator[Block]:
    """Make a block of every line that is not blank."""
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if text:
            yield Block(line_shape(text, segmenter), text, number, number)


def _wrap_length(lines: Sequence[str]) -> int | None:
    """Find the length at which the lines of a page were wrapped, None where a paragraph is one line."""
    texts = [text for line in lines if len(text := line.strip()) >= _SHORTEST_LINE]
    lengths = sorted(map(len, texts))
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    cut = sum(1 for text in texts if len(text) >= width * _FULL and not ends_sentence(text))
    return width if len(texts) >= _MIN_LINES and cut >= len(texts) * _CUT_SHARE and width <= _WIDEST else None


def _join_broken(blocks: Iterator[Block], segmenter: Segmenter, wrap: int | None) -> Iterator[Block]:
    """Join the blocks that a line break cut apart inside a sentence; `wrap` is where all lines were cut."""
    current: Block | None = None
    length = 0
    for block in blocks:
        if current and (_is_broken(current, block, segmenter) or _is_wrapped(current, length, block, wrap)):
            blank = " " if re.fullmatch("[A-Za-z]{2}", current.text[-1] + block.text[0]) else ""
            current = Block("body", current.text + blank + block.text, current.first, block.last)
        else:
            if current:
                yield current
            current = block
        length = len(block.text)
    if current:
        yield current


def _is_wrapped(block: Block, length: int, following: Block, wrap: int | None) -> bool:
    """Tell whether the last line of a block, of this length, is full, and its sentence goes on below."""
    return (
        wrap is not None
        and length >= wrap * _FULL
        and {block.shape, following.shape} <= {"body", "heading"}
        and not ends_sentence(block.text)
        and not has_mark(following.text)
    )


def _mark_cells(blocks: list[Block]) -> list[Block]:
    """Mark the cells of tables: so many short lines in a row are no headings, which have text below them."""
    marked: list[Block] = []
    for is_short, group in groupby(blocks, _is_short):
        run = [*group]
        is_table = is_short and len(run) >= _TABLE and bool(marked)
        marked += [replace(block, is_cell=True) for block in run] if is_table else run
    return marked


def _is_short(block: Block) -> bool:
    """Tell whether a line can be a cell of a table: short, no sentence, without the number of a heading."""
    if block.is_cell or block.level or block.kind:
        return False
    text = _HONOURS.sub("", block.text)
    return (
        (block.shape == "heading" or (block.shape == "body" and len(text) <= _CELL))
        and not ends_sentence(text)
        and not has_mark(text)
        and not begins_business(text)
    )


def _is_broken(block: Block, following: Block, segmenter: Segmenter) -> bool:
    """Tell whether a block breaks off inside a sentence that the `following` one continues.

    One of the two may look like a heading, being short and without an end.
    """
    text = block.text
    if {block.shape, following.shape} not in _MAY_BE_ONE_SENTENCE or len(text) > EXTRACTION_LIMIT:
        return False
    if _is_open(text, following.text):
        return True
    if ends_sentence(text):
        return False
    if text[-1] in "，、" or has_mark(following.text):
        return text[-1] in "，、"
    if following.shape == "body" and holds_sentence_end(text):
        return True
    return "，" in text and segmenter.spans_border(text[-_BORDER:], following.text[:_BORDER])


def _is_open(text: str, following: str) -> bool:
    """Tell whether a quotation or title that a text opens is closed only in the line below."""
    for opening, closing in _QUOTATION_MARKS:
        at = text.rfind(opening)
        if at >= 0 and closing not in text[at:] and closing in following[:_QUOTATION]:
            return opening not in following[: following.index(closing)]
    return False
