"""Read a web page into blocks of text: its article, then what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError
from indexer.formats.html.article import MOST_PASSAGES, find_article, is_text
from indexer.formats.html.encoding import decode_page
from indexer.formats.html.headline import find_head, find_headline, is_about, is_credit
from indexer.formats.html.metadata import read_metadata
from indexer.formats.html.passages import Passage, read_passages
from indexer.formats.html.tree import MOST_BYTES, drop_hidden, parse
from indexer.formats.text_block import ARTICLE, INNER, FileText, TextBlock

__all__ = ["read_html", "read_html_text"]

_LONGEST_HEADING = 60  # characters of bold text that is a heading
_NO_HEADING = tuple("。；;，,、：:！!？?…")


def read_html(data: bytes, segmenter: Segmenter) -> FileText:
    """Read a web page: the blocks of its article in the order of the page, then all else that can be seen.

    A block's place is its number in that order. Raise `SeedError` when the page cannot be read or shows no text.
    """
    if len(data) > MOST_BYTES:
        raise SeedError(f"it has more than {MOST_BYTES // 1_000_000} MB; divide it, or save it as text")
    markup, lost = decode_page(data, segmenter)
    try:
        tree = parse(markup)
        metadata = read_metadata(tree)
        drop_hidden(tree)
        passages = _visible(read_passages(tree))
        article = find_article(tree, passages)
        headline = find_headline(passages, metadata.titles, min(article, default=0))
    except (RecursionError, MemoryError):
        raise SeedError("it is too large or too deeply nested; save it as text") from None
    if headline is not None and article:
        article |= find_head(passages, headline, min(article)) | {headline}
    blocks = _number(_blocks(passages, article, headline))
    faults = [f"{lost} characters could not be read; save the page again as UTF-8"] if lost else []
    return FileText(blocks, metadata.date, faults)


def read_html_text(markup: str) -> list[TextBlock]:
    """Read HTML that is all text, as documents and books hold it: every visible passage in its order.

    Raise `SeedError` when it cannot be read; there may be no text in it.
    """
    try:
        tree = parse(markup.replace("\0", ""))
        drop_hidden(tree)
        passages = read_passages(tree)
    except (RecursionError, MemoryError):
        raise SeedError("it is too large or too deeply nested; save it as text") from None
    return _number([_block(passages, number) for number in range(len(passages))])


def _visible(passages: list[Passage]) -> list[Passage]:
    if not passages:
        raise SeedError(
            "it shows no text: a page drawn by scripts or made of frames is to be saved as the browser shows it "
            '("Web page, complete"), or as text'
        )
    if len(passages) > MOST_PASSAGES:
        raise SeedError(f"it has more than {MOST_PASSAGES:,} paragraphs; divide it, or save it as text")
    return passages


def _blocks(passages: Sequence[Passage], article: set[int], headline: int | None) -> Iterator[TextBlock]:
    """Make the blocks of a page: those of the article first."""
    if headline is not None and article and headline > min(article):
        ordered = [headline, *sorted(article - {headline})]
    else:
        ordered = sorted(article)
    begun = False
    for number in ordered:
        if number == headline:
            yield TextBlock(passages[number].text, 0, 0, ARTICLE)
        else:
            yield _block(passages, number, begun=begun)
            begun = begun or is_text(passages[number])
    for number, passage in enumerate(passages):
        if number not in article:
            yield TextBlock(passage.text, 0, 0, kind="aside", is_cell=passage.is_cell)


def _block(passages: Sequence[Passage], number: int, *, begun: bool = True) -> TextBlock:
    """Make a block of a passage of an article; bold lines before the article has begun are no headings."""
    passage = passages[number]
    is_caption = passage.is_caption or is_credit(passage.text)
    level = INNER if not is_caption and _is_heading(passages, number, begun=begun) else 0
    kind = "caption" if is_caption else None
    return TextBlock(passage.text, 0, 0, level, kind, is_cell=passage.is_cell)


def _is_heading(passages: Sequence[Passage], number: int, *, begun: bool) -> bool:
    """Tell whether a passage is a heading: by its tag, or bold, short, and above text that is not."""
    passage = passages[number]
    below = passages[number + 1] if number + 1 < len(passages) else None
    if len(passage.text) > _LONGEST_HEADING or passage.is_cell or passage.text.endswith(_NO_HEADING) or is_about(passage):
        return False
    return passage.heading > 0 or (begun and passage.is_bold and below is not None and not below.is_bold)


def _number(blocks: Iterator[TextBlock] | list[TextBlock]) -> list[TextBlock]:
    """Give the blocks their places."""
    return [
        TextBlock(block.text, place, place, block.level, block.kind, is_cell=block.is_cell)
        for place, block in enumerate(blocks, start=1)
    ]
