"""Lay out the lines of a page as articles, headings and paragraphs; join sentences cut by a column break.

Nothing is lost and nothing invented: every line with text goes into exactly one piece, with its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.names import is_spaced_list
from indexer.extraction.word_lists import CLOSERS
from indexer.models import EXTRACTION_LIMIT, Kind
from indexer.pages.document_head import begins_business, is_head_label, is_head_line
from indexer.pages.line_shapes import (
    SIGNATURES,
    Shape,
    is_news_lead,
    is_official_title,
    is_record_title,
    line_shape,
    signed_names,
)
from indexer.pages.piece import Piece

__all__ = ["Article", "lay_out"]

_ENDING = 80  # characters that show whether a sentence is over
_BORDER = 8  # characters on each side of a break that show whether it cuts a word
_HEAD_LINE = 80  # characters of a line of the head of a record that is no list
_LOOK_AHEAD = 3  # blocks after a heading, labels among them, that show what kind it is

_SENTENCE_END = re.compile(r"(?:[。！？!?…；;：:]|(?<=[A-Za-z])\.)[”’」』）)】》\"'\s]*$|[）)】]\s*$")
_SENTENCE_END_INSIDE = re.compile(r"[。！？；]")
_PARAGRAPH_START = re.compile(
    r"[（(]?[一二三四五六七八九十百]+[、）)]|[（(]?\d+[、.．）)]|[■□◎●◆▲☆★※]|[^，。：:“”\s]{2,12}[：:]"
)
_PHOTO_CREDIT = re.compile(r"摄|图")
_PHOTO_CAPTION = re.compile(r"(?:图为|上图|下图|左图|右图|图[①②③④⑤一二三四五])")

_MAY_BE_ONE_SENTENCE: tuple[set[Shape], ...] = ({"body"}, {"body", "heading"})  # across a column break
_INNER_HEADINGS: tuple[Kind, ...] = ("subheadline", "section")
_IN_RECORD_HEAD: tuple[Kind, ...] = ("head", "attendance", "label")
_BELOW_HEADLINE: tuple[Shape, ...] = ("formula", "subheadline", "dateline", "byline")


@dataclass(slots=True)
class Article:
    """A headline and the pieces below it; a column of photographs has no `title`."""

    title: str | None = None
    pieces: list[Piece] = field(default_factory=list)
    section: str | None = None
    has_text: bool = False
    has_headings: bool = False
    in_record_head: bool = False
    _last: Piece | None = None  # but labels

    def add(self, piece: Piece) -> None:
        """Append a piece, and note what later pieces ask for: a page may have a million of them."""
        self.pieces.append(piece)
        if piece.kind == "label":
            return
        self._last = piece
        self.has_text = self.has_text or piece.kind == "body"
        begins = piece.kind == "attendance" or (piece.kind == "head" and is_head_label(piece.text))
        self.in_record_head = (self.in_record_head or begins) and piece.kind in _IN_RECORD_HEAD
        self.section = piece.text if piece.kind == "section" else self.section
        self.has_headings = self.has_headings or piece.kind in _INNER_HEADINGS

    def pop_labels(self) -> list[Piece]:
        """Remove the labels at the end, and return them."""
        count = sum(1 for _ in takewhile(lambda piece: piece.kind == "label", reversed(self.pieces)))
        start = len(self.pieces) - count
        labels = self.pieces[start:]
        del self.pieces[start:]
        return labels

    def is_signed(self, segmenter: Segmenter) -> bool:
        """Tell whether the article is over: a byline, a photo credit or a sign-off ends its text."""
        if self._last is None or not self.has_text:
            return False
        return self._last.kind in SIGNATURES or signed_names(self._last.text, segmenter) != []


@dataclass(frozen=True, slots=True)
class _Block:
    """A line of a page, or several that a column break cut apart, with their shape and line numbers."""

    shape: Shape
    text: str
    first: int
    last: int


def lay_out(lines: Sequence[str], segmenter: Segmenter) -> list[Article]:
    """Turn the lines of a page into its articles, in reading order."""
    blocks = list(_join_broken(_blocks(lines, segmenter), segmenter))
    articles = [Article()]
    for index, block in enumerate(blocks):
        ahead = blocks[index + 1 : index + 1 + _LOOK_AHEAD]
        following = [other for other in ahead if other.shape != "label"]
        _add_block(block, following, articles, segmenter)
    return [_with_captions(article) for article in articles if article.pieces]


def _blocks(lines: Sequence[str], segmenter: Segmenter) -> Iterator[_Block]:
    """Make a block of every line that is not blank."""
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if text:
            yield _Block(line_shape(text, segmenter), text, number, number)


def _join_broken(blocks: Iterator[_Block], segmenter: Segmenter) -> Iterator[_Block]:
    """Join the blocks that a column break cut apart inside a sentence."""
    current: _Block | None = None
    for block in blocks:
        if current and _is_broken(current, block, segmenter):
            blank = " " if re.fullmatch("[A-Za-z]{2}", current.text[-1] + block.text[0]) else ""
            current = _Block("body", current.text + blank + block.text, current.first, block.last)
            continue
        if current:
            yield current
        current = block
    if current:
        yield current


def _is_broken(block: _Block, following: _Block, segmenter: Segmenter) -> bool:
    """Tell whether a block breaks off inside a sentence that the `following` one continues.

    One of the two may look like a heading, being short and without an end.
    """
    text = block.text
    if {block.shape, following.shape} not in _MAY_BE_ONE_SENTENCE or len(text) > EXTRACTION_LIMIT:
        return False
    if _SENTENCE_END.search(text[-_ENDING:]):
        return False
    if text[-1] in "，、":
        return True
    if _PARAGRAPH_START.match(following.text):
        return False
    if following.shape == "body" and _SENTENCE_END_INSIDE.search(text):
        return True
    return "，" in text and segmenter.spans_border(text[-_BORDER:], following.text[:_BORDER])


def _add_block(block: _Block, following: list[_Block], articles: list[Article], segmenter: Segmenter) -> None:
    """Add a block as a piece to the last article, or begin a new one with it."""
    article = articles[-1]
    kind = _kind(block, following, article, segmenter)
    if kind == "headline":
        # A label above the headline goes with it.
        articles.append(Article(block.text, article.pop_labels()))
    elif kind == "label" and (article.is_signed(segmenter) or not following):
        articles.append(Article())
    section = article.section if block.shape == "body" else None
    articles[-1].add(Piece(kind, block.text, block.first, block.last, section))


def _kind(block: _Block, following: list[_Block], article: Article, segmenter: Segmenter) -> Kind:
    """Determine the kind of a block from its shape, its text, and what stands around it."""
    if block.shape == "heading":
        return _heading_kind(block.text, following, article, segmenter)
    if block.shape in ("subheadline", "byline", "dateline") and _is_in_head(block.text, article):
        return "head"
    if block.shape == "body" and not article.has_text and _is_long_head_line(block.text, article):
        return "head"
    if block.shape == "body" and _begins_inside_sentence(block.text, segmenter):
        return "fragment"
    return block.shape


def _heading_kind(text: str, following: list[_Block], article: Article, segmenter: Segmenter) -> Kind:
    """Tell a headline from a heading inside an article by what stands around it."""
    below = following[0] if following else None
    if article.has_text and text[-1] in "！!" and "，" in text:
        return "body"  # a call in the text: 任何艰难险阻，都挡不住前行的步伐！
    if _is_in_head(text, article) and (article.title or is_head_line(text)):
        return "head"
    if article.title is None and not article.has_text:
        return "headline"
    if (
        article.is_signed(segmenter)
        or is_official_title(text)
        or (article.has_text and is_record_title(text))
    ):
        return "headline"
    if below and (below.shape in _BELOW_HEADLINE or (below.shape == "body" and is_news_lead(below.text))):
        return "headline" if article.has_text else "subheadline"
    inside = article.has_text or article.has_headings or article.title is None
    return "section" if inside else "subheadline"


def _is_long_head_line(text: str, article: Article) -> bool:
    """Tell whether a line that looks like text belongs to the head of a record: a long office, hours."""
    if _SENTENCE_END_INSIDE.search(text) or begins_business(text):
        return False
    fits = len(text) <= _HEAD_LINE or is_spaced_list(text)
    return is_head_label(text) or (article.in_record_head and fits)


def _is_in_head(text: str, article: Article) -> bool:
    """Tell whether a line above the text of an article belongs to the head of a record or of a speech."""
    if article.has_text or begins_business(text):
        return False
    return article.in_record_head or is_head_label(text) or is_head_line(text)


def _begins_inside_sentence(text: str, segmenter: Segmenter) -> bool:
    """Tell whether a paragraph begins inside a sentence whose first part is missing."""
    return text[0] in "，、。；：！？”）》」』" or segmenter.first_word(text[:EXTRACTION_LIMIT]) in CLOSERS


def _with_captions(article: Article) -> Article:
    """Make captions of the paragraphs above a photo credit that belong to photographs."""
    credit_indices = [
        index
        for index, piece in enumerate(article.pieces)
        if piece.kind == "credit" and _PHOTO_CREDIT.search(piece.text)
    ]
    if credit_indices:
        article.pieces = [
            Piece("caption", piece.text, piece.first, piece.last)
            if piece.kind == "body"
            and index < credit_indices[-1]
            and (article.title is None or _PHOTO_CAPTION.match(piece.text))
            else piece
            for index, piece in enumerate(article.pieces)
        ]
    return article
