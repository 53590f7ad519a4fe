"""Lines of a page to articles, headings and paragraphs; sentences cut by a column break joined.

Nothing is lost and nothing invented: every line goes into exactly one piece, with its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.names import is_name_list, listed_people, split_names
from indexer.extraction.word_lists import CLOSERS, COLUMN_NOUNS, OFFICIAL_DOCUMENTS, any_of
from indexer.models import EXTRACTION_LIMIT, Kind
from indexer.text.folding import fold_in_place

__all__ = ["SIGNATURES", "Article", "Piece", "attendees", "has_lead", "lay_out", "official_type", "sign_off"]

_HEADING_LENGTH = 60  # characters; the title of a resolution, with the full name of its session
_COMMA_HEADING_LENGTH = 30  # a heading with commas in it is shorter
_LABEL_LENGTH = 8
_ENDING = 80  # characters that show whether a sentence is over
_BORDER = 8  # characters on each side that show whether a word was cut
_AHEAD = 3  # pieces after one, labels among them, that show what it is

_SENTENCE_END = re.compile(r"(?:[。！？!?…；;：:]|(?<=[A-Za-z])\.)[”’」』）)】》\"'\s]*$|[）)】]\s*$")
_SENTENCE_END_INSIDE = re.compile(r"[。！？；]")
_OPENER = re.compile(
    r"[（(]?[一二三四五六七八九十百]+[、）)]|[（(]?\d+[、.．）)]|[■□◎●◆▲☆★※]|[^，。：:“”\s]{2,12}[：:]"
)
_DATE = r"\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?"
_PATTERNS: dict[Kind, re.Pattern[str]] = {
    "formula": re.compile(rf"[（(]\s*{_DATE}.*通\s*过\s*[）)]"),
    "dateline": re.compile(rf"[（(]?{_DATE}[^，。！？：“”]{{0,20}}[）)]?"),
    "credit": re.compile(r"[^，。！？：]{0,40}(?:摄影报道|摄影|[\s/／]摄|文/图|图/文|供图)\s*[）)]?"),
    "byline": re.compile(
        r"[■□◎●◆（(\s]*(?:(?:本报|本网|本台)?(?:首席|见习|实习|特约|全媒体|融媒体)*(?:记者|通讯员|特派员|撰稿)"
        r"|(?:文|图|摄影|责编|编辑|责任编辑|来源|稿源)(?=\s*[/／：:\s]))[^，。！？]{0,60}"
    ),
    "subheadline": re.compile(r"(?:——|--|──|―)[^。]{0,60}"),
}
_ATTENDANCE = re.compile(
    r"(?:出席|列席|请假|缺席|旁听|参加|主持|记录)\s*(?:委员|人员|代表|议员|单位|者|人)?[\s:]+"
)
_FEWEST_LISTED = 3  # names that make a list of attendance
_SIGN_OFF = re.compile(r"[。！？”…][（(]([^（）()]{2,30})[）)]\s*$")
_LEAD = re.compile(r"[^，。；：“”\s]{0,12}?(?:讯|电|消息)(?=[\s\u3000（(：])")
_COLUMN = re.compile(rf"两会\S{{1,5}}|\S{{0,5}}(?:{any_of(COLUMN_NOUNS)})")
_OFFICIAL = re.compile(rf"(?:关于.*|.*决)(?:{any_of(OFFICIAL_DOCUMENTS)})$|.*决议$")
_NAMES_ITSELF = re.compile(r"关于|關於|上的|决议$|決議$|公报$")
_DOES_SOMETHING = re.compile(r"讨论|审议|听取|学习|传达|发表|会见|主持|贯彻|并作|出席|討論|審議")
_SHORT_TITLE = 12  # characters: 政府工作报告, with blanks between them
_PHOTOGRAPH = re.compile(r"摄|图")
_OF_A_PHOTOGRAPH = re.compile(r"(?:图为|上图|下图|左图|右图|图[①②③④⑤一二三四五])")


Shape = Kind | Literal["heading"]
"""What lines are by themselves: of a kind, or a heading, whose kind the lines around it tell."""

SIGNATURES: tuple[Kind, ...] = ("byline", "credit")
"""The kinds that say who wrote or photographed an article."""

_RUNNING_ON: tuple[set[Shape], ...] = ({"body"}, {"body", "heading"})  # a sentence, over a column break
_INNER_HEADINGS: tuple[Kind, ...] = ("subheadline", "section")
_BELOW_A_HEADLINE: tuple[Shape, ...] = ("formula", "subheadline", "dateline", "byline")


@dataclass(frozen=True, slots=True)
class _Block:
    """A line of a page, or those that a column break cut apart: their shape, text, and place."""

    shape: Shape
    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a page: its kind, text, and first and last line from 1."""

    kind: Kind
    text: str
    first: int
    last: int
    section: str | None = None

    @property
    def opening(self) -> str:
        """As much of the text as is read for who, when, where and what."""
        return self.text[:EXTRACTION_LIMIT]


@dataclass(slots=True)
class Article:
    """A headline and what stands under it; a column of photographs has no `title`."""

    title: str | None = None
    pieces: list[Piece] = field(default_factory=list)
    section: str | None = None
    has_text: bool = False
    has_headings: bool = False
    _last: Piece | None = None

    def add(self, piece: Piece) -> None:
        """Put a piece at its end, and note what is asked of it then: a page may have a million pieces."""
        self.pieces.append(piece)
        if piece.kind == "label":
            return
        self._last = piece
        self.has_text = self.has_text or piece.kind == "body"
        self.section = piece.text if piece.kind == "section" else self.section
        self.has_headings = self.has_headings or piece.kind in _INNER_HEADINGS

    def without_labels(self) -> list[Piece]:
        """Take away the labels at its end, and return them."""
        count = sum(1 for _ in takewhile(lambda piece: piece.kind == "label", reversed(self.pieces)))
        cut = len(self.pieces) - count
        labels = self.pieces[cut:]
        del self.pieces[cut:]
        return labels

    def is_signed(self, segmenter: Segmenter) -> bool:
        """Tell whether it is over: a byline, a photo credit or a sign-off stands below its text."""
        if self._last is None or not self.has_text:
            return False
        return self._last.kind in SIGNATURES or sign_off(self._last.text, segmenter) != []


def lay_out(lines: Sequence[str], segmenter: Segmenter) -> list[Article]:
    """Turn the lines of a page into its articles, in reading order."""
    blocks = list(_join(_shaped(lines, segmenter), segmenter))
    articles = [Article()]
    for index, block in enumerate(blocks):
        rest = [after for after in blocks[index + 1 : index + 1 + _AHEAD] if after.shape != "label"]
        _place(block, rest, articles, segmenter)
    return [_with_captions(article) for article in articles if article.pieces]


def sign_off(text: str, segmenter: Segmenter) -> list[str]:
    """Return the reporters' names in brackets at the end of a paragraph: …。（name name）."""
    match = _SIGN_OFF.search(text)
    return split_names(match[1], segmenter) if match else []


def has_lead(text: str) -> bool:
    """Tell whether a paragraph opens as a news report does: 本报讯, 新华社太原电, …消息."""
    return _LEAD.match(text) is not None


def official_type(title: str | None) -> str | None:
    """Return what a document calls itself at the end of its title, such as 决议 or 报告.

    A headline that ends alike but tells what was done with the document (讨论…报告) is none.
    """
    if not title or not (_NAMES_ITSELF.search(title) or len(title) <= _SHORT_TITLE):
        return None
    if _DOES_SOMETHING.search(title):
        return None
    return next((kind for kind in OFFICIAL_DOCUMENTS if title.endswith(kind)), None)


def _shaped(lines: Sequence[str], segmenter: Segmenter) -> Iterator[_Block]:
    """Yield every line that is not blank with its shape."""
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if text:
            yield _Block(_shape(text, segmenter), text, number, number)


def _shape(text: str, segmenter: Segmenter) -> Shape:
    for kind, pattern in _PATTERNS.items():
        if pattern.fullmatch(text):
            return kind
    if text[0] in "（(" and text[-1] in "）)":
        return "byline" if is_name_list(text[1:-1], segmenter) else "body"
    if len(attendees(text)) >= _FEWEST_LISTED:
        return "attendance"
    if len(text) <= _LABEL_LENGTH and _COLUMN.fullmatch(text):
        return "label"
    return "heading" if _is_heading(text) else "body"


def attendees(text: str) -> list[str]:
    """Return the people in a line that says who is present, absent or sits in (出席委員　…)."""
    label = _ATTENDANCE.match(fold_in_place(text))
    return listed_people(text[label.end() :]) if label else []


def _is_heading(text: str) -> bool:
    if text[-1] in "。；，、：;,:" or "。" in text or len(text) > _HEADING_LENGTH:
        return False
    return len(text) <= _COMMA_HEADING_LENGTH or not re.search("[，,！？!?]", text)


def _join(blocks: Iterator[_Block], segmenter: Segmenter) -> Iterator[_Block]:
    """Join the paragraphs that a column break cut inside a sentence."""
    held: _Block | None = None
    for block in blocks:
        if held and _is_cut(held, block, segmenter):
            blank = " " if re.fullmatch("[A-Za-z]{2}", held.text[-1] + block.text[0]) else ""
            held = _Block("body", held.text + blank + block.text, held.first, block.last)
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _is_cut(held: _Block, following: _Block, segmenter: Segmenter) -> bool:
    """Tell whether `held` breaks off inside a sentence that `following` carries on.

    One of the two may look like a heading, being short and without an end.
    """
    text = held.text
    if {held.shape, following.shape} not in _RUNNING_ON or len(text) > EXTRACTION_LIMIT:
        return False
    if _SENTENCE_END.search(text[-_ENDING:]):
        return False
    if text[-1] in "，、":
        return True
    if _OPENER.match(following.text):
        return False
    if following.shape == "body" and _SENTENCE_END_INSIDE.search(text):
        return True
    return "，" in text and segmenter.spans_border(text[-_BORDER:], following.text[:_BORDER])


def _place(block: _Block, rest: list[_Block], articles: list[Article], segmenter: Segmenter) -> None:
    """Put a block as a piece into the last article, or begin a new one with it."""
    article = articles[-1]
    kind = _kind(block, rest, article, segmenter)
    if kind == "headline":
        # A label that stood above the headline goes with it.
        articles.append(Article(block.text, article.without_labels()))
    elif kind == "label" and (article.is_signed(segmenter) or not rest):
        articles.append(Article())
    section = article.section if block.shape == "body" else None
    articles[-1].add(Piece(kind, block.text, block.first, block.last, section))


def _kind(block: _Block, rest: list[_Block], article: Article, segmenter: Segmenter) -> Kind:
    """Tell the kind of a block by its shape, its text, and what stands around it."""
    if block.shape == "heading":
        return _heading_kind(block.text, rest, article, segmenter)
    if block.shape == "body" and _begins_inside(block.text, segmenter):
        return "fragment"
    return block.shape


def _heading_kind(text: str, rest: list[_Block], article: Article, segmenter: Segmenter) -> Kind:
    """Tell a headline from a heading inside an article by what stands around it."""
    following = rest[0] if rest else None
    if article.title is None and not article.has_text:
        return "headline"
    if article.is_signed(segmenter) or _OFFICIAL.fullmatch(text):
        return "headline"
    if following and (
        following.shape in _BELOW_A_HEADLINE or (following.shape == "body" and has_lead(following.text))
    ):
        return "headline" if article.has_text else "subheadline"
    inside = article.has_text or article.has_headings or article.title is None
    return "section" if inside else "subheadline"


def _begins_inside(text: str, segmenter: Segmenter) -> bool:
    """Tell whether a paragraph begins inside a sentence whose first part is not there."""
    return text[0] in "，、。；：！？”）》」』" or segmenter.first_word(text[:EXTRACTION_LIMIT]) in CLOSERS


def _with_captions(article: Article) -> Article:
    """Know the paragraphs under a photograph for what they are."""
    signed = [
        index
        for index, piece in enumerate(article.pieces)
        if piece.kind == "credit" and _PHOTOGRAPH.search(piece.text)
    ]
    if signed:
        article.pieces = [
            Piece("caption", piece.text, piece.first, piece.last)
            if piece.kind == "body"
            and index < signed[-1]
            and (article.title is None or _OF_A_PHOTOGRAPH.match(piece.text))
            else piece
            for index, piece in enumerate(article.pieces)
        ]
    return article
