"""Read a web page into blocks of text: its article, then what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError
from indexer.formats.html.article import find_article, is_text, mark_asides
from indexer.formats.html.encoding import decode_page
from indexer.formats.html.headline import find_head, find_heading, find_titled, is_about, nearest_copy
from indexer.formats.html.metadata import read_metadata
from indexer.formats.html.passages import Passage, read_passages
from indexer.formats.html.tree import MOST_BYTES, drop_hidden, parse
from indexer.formats.text_block import ARTICLE, INNER, FileText, TextBlock

__all__ = ["read_html", "read_html_text"]

_TOO_LARGE = "it is too large or too deeply nested; save it as text"
_LONGEST_HEADING = 60  # characters of a heading inside an article
_NO_HEADING = tuple("。；;，,、：:！!？?…")


def read_html(data: bytes, segmenter: Segmenter) -> FileText:
    """Read a web page: the blocks of its article in the order of the page, then all else that can be seen.

    A block's place is its number in that order. Raise `SeedError` when the page cannot be read or shows
    no text.
    """
    if len(data) > MOST_BYTES:
        raise SeedError(f"it has more than {MOST_BYTES // 1_000_000} MB; divide it, or save it as text")
    markup, lost = decode_page(data, segmenter)
    try:
        blocks, day = _read(markup)
    except (RecursionError, MemoryError):
        raise SeedError(_TOO_LARGE) from None
    faults = [f"{lost} characters could not be read; save the page again as UTF-8"] if lost else []
    return FileText(_number(blocks), day, faults)


def read_html_text(markup: str) -> list[TextBlock]:
    """Read HTML that is text from end to end, as documents and books hold it: no passage stands aside.

    Raise `SeedError` when it cannot be read; no block is no error.
    """
    try:
        tree = parse(markup.replace("\0", ""))
        drop_hidden(tree)
        passages = read_passages(tree)
    except (RecursionError, MemoryError):
        raise SeedError(_TOO_LARGE) from None
    blocks = (_block(passages, number) for number in range(len(passages)))
    return _number(
        replace(block, level=ARTICLE) if block.level and passage.heading == 1 else block
        for block, passage in zip(blocks, passages, strict=True)
    )


def _read(markup: str) -> tuple[list[TextBlock], str | None]:
    """Read the blocks of a page, not numbered yet, and its day."""
    tree = parse(markup)
    metadata = read_metadata(tree)
    drop_hidden(tree)
    passages = read_passages(tree)
    if not passages:
        raise SeedError(
            "it shows no text: save a page that is drawn by scripts or made of frames as the browser shows"
            ' it ("Web page, complete"), or as text'
        )
    mark_asides(passages)
    headline = find_titled(passages, metadata.titles)
    article = find_article(passages, headline)
    first = _first_text(passages, article, headline)
    if first is None:
        return [_aside(passage) for passage in passages], metadata.date
    headline = find_heading(passages, first) if headline is None else nearest_copy(passages, headline, first)
    if headline is not None:
        article |= find_head(passages, headline, first) | {headline}
    beside = [_aside(passage) for number, passage in enumerate(passages) if number not in article]
    return [*_article_blocks(passages, sorted(article), headline), *beside], metadata.date


def _first_text(passages: Sequence[Passage], article: set[int], headline: int | None) -> int | None:
    """Return the index of the first text of an article, below its headline where there is some."""

    def rank(number: int) -> tuple[bool, bool, int]:
        return headline is not None and number <= headline, not is_text(passages[number]), number

    return min(article, key=rank, default=None)


def _article_blocks(
    passages: Sequence[Passage], article: Sequence[int], headline: int | None
) -> Iterator[TextBlock]:
    """Make the blocks of an article; a headline that stands below its text comes first nevertheless."""
    if headline is not None and any(is_text(passages[number]) for number in article if number < headline):
        article = [headline, *(number for number in article if number != headline)]
    has_text = False
    for number in article:
        block = _block(passages, number, below_head=has_text)
        yield replace(block, level=ARTICLE, kind=None) if number == headline else block
        has_text = has_text or is_text(passages[number])


def _block(passages: Sequence[Passage], number: int, *, below_head: bool = True) -> TextBlock:
    """Make a block of a passage; what is bold in the head of an article is no heading."""
    passage = passages[number]
    if passage.is_caption:
        return TextBlock(passage.text, 0, 0, kind="caption", is_cell=passage.is_cell)
    following = passages[number + 1] if number + 1 < len(passages) else None
    is_bold_line = below_head and passage.is_bold and following is not None and not following.is_bold
    level = INNER if (passage.heading or is_bold_line) and _can_be_heading(passage) else 0
    return TextBlock(passage.text, 0, 0, level, is_cell=passage.is_cell)


def _can_be_heading(passage: Passage) -> bool:
    fits = len(passage.text) <= _LONGEST_HEADING and not passage.text.endswith(_NO_HEADING)
    return fits and not passage.is_cell and not is_about(passage)


def _aside(passage: Passage) -> TextBlock:
    return TextBlock(passage.text, 0, 0, kind="aside", is_cell=passage.is_cell)


def _number(blocks: Iterable[TextBlock]) -> list[TextBlock]:
    """Give the blocks their places."""
    return [replace(block, first=place, last=place) for place, block in enumerate(blocks, start=1)]
