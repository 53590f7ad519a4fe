"""Lay out the lines of a page as articles, headings and paragraphs; join sentences cut by a column break.

Nothing is lost and nothing invented: every line with text goes into exactly one piece, with its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from msgspec import Struct, field
from msgspec.structs import replace

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.names import is_spaced_list
from indexer.extraction.word_lists import CLOSERS
from indexer.formats.text_block import ARTICLE
from indexer.models import AROUND_KINDS, EXTRACTION_LIMIT, Kind
from indexer.pages.blocks import Block, ends_sentence, has_mark, holds_sentence_end, read_blocks
from indexer.pages.document_head import begins_business, is_head_label, is_head_line
from indexer.pages.lead_ins import leads_in
from indexer.pages.line_shapes import (
    SIGNATURES,
    Shape,
    addresses_all,
    can_be_heading,
    is_debris,
    is_listed_line,
    is_news_lead,
    is_official_title,
    is_record_title,
    signed_names,
)
from indexer.pages.piece import Piece

__all__ = ["Article", "lay_out", "lay_out_blocks"]

_LONG_HEADING = 120  # characters of a headline that looks like text
_LONG_SECTION = 60  # characters of such a heading inside an article
_HEAD_LINE = 80  # characters of a line of the head of a record that is no list
_LOOK_AHEAD = 3  # blocks after a heading, labels among them, that show what kind it is

_NO_LONG_HEADING = re.compile(r"[。；;！？：:]|[，、,）)」』”…-]$")
_BODY = re.compile(r"(?:政府|办公[厅室]|委员会|常委会|议会|协会|大会|法院|检察院|[局厅部院署司会社府])$")
_AFTER_SIGNATURE = re.compile(r"[（(]|附件|抄送|印发|主题词|公开方式")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_PHOTO_CREDIT = re.compile(r"摄|图")
_PHOTO_CAPTION = re.compile(r"(?:图为|上图|下图|左图|右图|图[①②③④⑤一二三四五])")

_INNER_HEADINGS: tuple[Kind, ...] = ("subheadline", "section")
_IN_RECORD_HEAD: tuple[Kind, ...] = ("head", "attendance", "label")
_BELOW_HEADLINE: tuple[Shape, ...] = ("formula", "subheadline", "dateline", "byline")


class Article(Struct):
    """A headline and the pieces below it; a column of photographs has no `title`."""

    title: str | None = None
    pieces: list[Piece] = field(default_factory=list)
    section: str | None = None
    has_text: bool = False
    has_headings: bool = False
    in_record_head: bool = False
    in_list: bool = False  # the last piece announces a list, or stands in one
    _last: Piece | None = None  # but labels

    def add(self, piece: Piece) -> None:
        """Append a piece, and note what later pieces ask for: a page may have a million of them."""
        self.pieces.append(piece)
        if piece.kind == "label" or piece.kind in AROUND_KINDS:
            return
        self._last = piece
        self.in_list = piece.kind == "body" and (piece.is_listed or leads_in(piece.text))
        self.has_text = self.has_text or (piece.kind == "body" and not is_debris(piece.text))
        begins = piece.kind == "attendance" or (piece.kind == "head" and is_head_label(piece.text))
        self.in_record_head = (self.in_record_head or begins) and piece.kind in _IN_RECORD_HEAD
        self.section = piece.text if piece.kind == "section" else self.section
        if addresses_all(piece.text):
            self.section = None  # 各位代表！ begins a new part
        self.has_headings = self.has_headings or piece.kind in _INNER_HEADINGS

    def pop_labels(self) -> list[Piece]:
        """Remove the labels at the end, and return them."""
        count = sum(1 for _ in takewhile(lambda piece: piece.kind == "label", reversed(self.pieces)))
        start = len(self.pieces) - count
        labels = self.pieces[start:]
        del self.pieces[start:]
        return labels

    @property
    def last_kind(self) -> Kind | None:
        """The kind of the last piece that is no label."""
        return self._last.kind if self._last else None

    @property
    def ends_in_sentence(self) -> bool:
        """Tell whether the last piece ends as a sentence does."""
        return self._last is not None and ends_sentence(self._last.text)

    @property
    def own_pieces(self) -> list[Piece]:
        """The pieces but for those that stand around the article."""
        return [piece for piece in self.pieces if piece.kind not in AROUND_KINDS]

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing of an article was met yet."""
        own = (piece for piece in self.pieces if piece.kind not in AROUND_KINDS)
        return all(piece.kind == "dateline" or is_debris(piece.text) for piece in own)

    @property
    def last_is_listed(self) -> bool:
        """Tell whether the last piece is an item of a list."""
        return self._last is not None and self._last.is_listed

    def is_signed(self, segmenter: Segmenter) -> bool:
        """Tell whether the article is over: a byline, a photo credit or a sign-off ends its text."""
        if self._last is None or not self.has_text:
            return False
        return self._last.kind in SIGNATURES or signed_names(self._last.text, segmenter) != []


def lay_out(lines: Sequence[str], segmenter: Segmenter) -> list[Article]:
    """Turn the lines of a page into its articles, in reading order."""
    return lay_out_blocks(read_blocks(lines, segmenter), segmenter)


def lay_out_blocks(blocks: Sequence[Block], segmenter: Segmenter) -> list[Article]:
    """Turn the blocks of a page into its articles, in reading order."""
    articles = [Article()]
    inside = [block for block in blocks if block.kind not in AROUND_KINDS]
    index = 0
    for block in blocks:
        if block.kind in AROUND_KINDS:
            articles[-1].add(Piece(block.kind, block.text, block.first, block.last, page=block.page))
            continue
        index += 1
        ahead = inside[index : index + _LOOK_AHEAD]
        following = [other for other in ahead if other.shape != "label"]
        _add_block(block, following, articles, segmenter)
    return [_with_captions(article) for article in articles if article.pieces]


def _add_block(block: Block, following: list[Block], articles: list[Article], segmenter: Segmenter) -> None:
    """Add a block as a piece to the last article, or begin a new one with it."""
    article = articles[-1]
    kind = _marked_kind(block, article)
    if kind is None and article.has_text and _is_signature(block, following):
        kind = "byline"
    kind = kind or _kind(block, following, article, segmenter)
    if kind == "headline" and article.is_blank:
        article.title = block.text  # what stands above is of no other article: a date, a page number
    elif kind == "headline":
        # A label above the headline goes with it.
        articles.append(Article(block.text, article.pop_labels()))
    elif kind == "label" and (article.is_signed(segmenter) or not following):
        articles.append(Article())
    section = article.section if block.shape == "body" and not addresses_all(block.text) else None
    is_listed = is_listed_line(block.text) or (
        block.shape == "heading" and kind == "body" and (article.in_list or block.is_cell)
    )
    if kind == "subheadline" and is_record_title(block.text):
        article.title = block.text  # 議事錄 alone tells no sitting from another
    articles[-1].add(Piece(kind, block.text, block.first, block.last, section, is_listed, block.page))


def _kind(block: Block, following: list[Block], article: Article, segmenter: Segmenter) -> Kind:
    """Determine the kind of a block from its shape, its text, and what stands around it."""
    if block.shape == "heading":
        return _heading_kind(block, following, article, segmenter)
    if block.shape == "body" and (kind := _long_heading_kind(block.text, following, article)):
        return kind
    if block.shape in ("subheadline", "byline", "dateline") and _is_in_head(block.text, article):
        return "head"
    if (
        block.shape == "body"
        and not article.has_text
        and (is_head_line(block.text) or _is_long_head_line(block.text, article))
    ):
        return "head"
    if block.shape == "body" and _begins_inside_sentence(block.text, segmenter):
        return "fragment"
    return block.shape


def _marked_kind(block: Block, article: Article) -> Kind | None:
    """Return the kind of a block where its file marks it, or marks it as a heading.

    What is bold in a file may also be who is present or who has the floor.
    """
    if block.kind or not block.level:
        return block.kind
    if block.level == ARTICLE:
        return "headline"
    if block.shape != "heading":
        return block.shape
    return "head" if _is_in_head(block.text, article) else "section"


def _heading_kind(block: Block, following: list[Block], article: Article, segmenter: Segmenter) -> Kind:
    """Tell a headline from a heading inside an article by what stands around it."""
    text = block.text
    below = following[0] if following else None
    begins_document = article.has_text and (is_official_title(text) or is_record_title(text))
    if article.has_text and text[-1] in "！!" and "，" in text:
        return "body"  # a call in the text: 任何艰难险阻，都挡不住前行的步伐！
    is_headed = article.title is not None or article.in_record_head or is_head_line(text)
    if is_headed and not begins_document and _is_in_head(text, article):
        return "head"
    is_cell = block.is_cell and article.has_text
    is_item = article.in_list and _is_item(block, below, article)
    if is_cell or is_item or _is_question(text, article):
        return "body"
    begins_page = article.title is None and not article.has_text
    if begins_page or begins_document or is_official_title(text) or article.is_signed(segmenter):
        return "headline"
    if below and (below.shape in _BELOW_HEADLINE or (below.shape == "body" and is_news_lead(below.text))):
        return "headline" if article.has_text else "subheadline"
    inside = article.has_text or article.has_headings or article.title is None
    return "section" if inside else "subheadline"


def _is_signature(block: Block, following: list[Block]) -> bool:
    """Tell whether a line is the body that signs a document: its day stands below, and no text below that."""
    is_dated = bool(following) and following[0].shape == "dateline"
    if not is_dated or block.shape != "heading" or not _BODY.search(block.text):
        return False
    after = following[1].text if len(following) > 1 else ""
    return not after or bool(_AFTER_SIGNATURE.match(after))


def _is_item(block: Block, below: Block | None, article: Article) -> bool:
    """Tell whether a line of an announced list is an item: with a mark, it stands beside another."""
    if not has_mark(block.text) or article.last_is_listed:
        return True
    return below is not None and below.shape == "heading" and has_mark(below.text)


def _is_question(text: str, article: Article) -> bool:
    """Tell whether a line in a text is somebody's question: 某主任：…？."""
    return article.has_text and has_mark(text) and text[-1] in "？?"


def _long_heading_kind(text: str, following: list[Block], article: Article) -> Kind | None:
    """Tell whether a line as long as a paragraph is a heading: it is no sentence, and one stands below it."""
    below = following[0].text if following else ""
    if len(text) > _LONG_HEADING or _NO_LONG_HEADING.search(text) or not can_be_heading(text):
        return None
    if not ends_sentence(below):
        return None
    if article.title is None and not article.has_text:
        return "headline"
    if article.last_kind in ("headline", "subheadline") and not article.has_text:
        return "subheadline"
    is_short = len(text) <= _LONG_SECTION and article.ends_in_sentence
    return "section" if article.has_text and is_short else None


def _is_long_head_line(text: str, article: Article) -> bool:
    """Tell whether a line that looks like text belongs to the head of a record: a long office, hours."""
    if holds_sentence_end(_BRACKETED.sub("", text)) or begins_business(text):
        return False
    fits = len(text) <= _HEAD_LINE or is_spaced_list(text)
    return is_head_label(text) or (article.in_record_head and fits)


def _is_in_head(text: str, article: Article) -> bool:
    """Tell whether a line belongs to the head of a record or of a speech."""
    if begins_business(text):
        return False
    return article.in_record_head or is_head_label(text) or (not article.has_text and is_head_line(text))


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
            replace(piece, kind="caption", section=None, is_listed=False)
            if piece.kind == "body"
            and index < credit_indices[-1]
            and (article.title is None or _PHOTO_CAPTION.match(piece.text))
            else piece
            for index, piece in enumerate(article.pieces)
        ]
    return article
