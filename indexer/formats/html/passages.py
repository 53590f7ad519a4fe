"""The visible passages of a page in the order of its source: paragraphs, headings, items and cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree, html
from msgspec import Struct, field

__all__ = ["Passage", "read_passages"]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")  # that character references write

_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main"
    " menu nav ol optgroup option p plaintext pre search section select summary table tbody td textarea tfoot"
    " th thead tr ul xmp".split()
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PREFORMATTED = frozenset({"pre", "listing", "plaintext", "xmp", "textarea"})
_BOLD = frozenset({"b", "strong", "th"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:fig|photo|img|image|pic)?[_-]?caption|(?:photo|img|image|pic)[_-]?(?:desc|text|title)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"[（(〔\[][^（）()]{0,20}(?:[摄攝]|[图圖]片?|photo)[）)〕\]]\s*$|\s[摄攝]$|^[图圖][为為]|供[图圖](?:\s\S{2,8})?$",
    re.IGNORECASE,
)
_LONGEST_CAPTION = 200  # characters of a paragraph that ends in a photographer's name
_HAN = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U000323af"
_MARKS = "‘’“”—…·"
_SOURCE_BREAK = re.compile(  # a break of the source between Han characters: a browser shows a blank there
    rf"(?<=[{_HAN}])[ \t\r\f]*\n\s*(?=[{_HAN}{_MARKS}])|(?<=[{_MARKS}])[ \t\r\f]*\n\s*(?=[{_HAN}])"
)
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_SHORT_LINE = 20  # characters of a line that was not wrapped because the page was narrow
_LINE_END = re.compile(r"[。！？!?；;：:.…][”’」』）)】》\"'\s]*$|[）)】》」』]\s*$")
_GOES_ON = re.compile(r"[，、,]\s*$")
_LINE_START = re.compile(r"[\u3000\xa0]|[（(]?[一二三四五六七八九十百\d]+[、）).．]|[■□◎●◆▲☆★※•·]")
_BEGINS_INSIDE = re.compile(r"[，。、；：！？）」』》”a-z]")
_LONGEST_CELL = 1_000  # characters of a cell; longer ones are columns of a page laid out as a table


class Passage(Struct, eq=False):
    """A passage: its text, the element around it, what its tags say, and the share of it that is linked.

    `is_aside` is left to `article.mark_asides`.
    """

    text: str
    element: html.HtmlElement
    heading: int = 0
    is_bold: bool = False
    is_caption: bool = False
    is_cell: bool = False
    linked: float = 0.0
    is_aside: bool = False


class _Line(Struct):
    """What stands before a line break: pieces of text, and how many characters are bold or linked."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    bold: int = 0
    linked: int = 0

    def text(self) -> str:
        joined = "".join(self.pieces)
        return _BLANKS.sub(" ", _SOURCE_BREAK.sub("", joined))


def read_passages(tree: html.HtmlElement) -> list[Passage]:
    """Read the passages of a tree that holds visible elements alone (see `tree.drop_hidden`)."""
    walk = _Walk(tree)
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        walk.open(element) if event == "start" else walk.close(element)
    return walk.passages


class _Walk:
    """A walk through a tree: the lines of the block that is open, and what stands around it."""

    def __init__(self, tree: html.HtmlElement) -> None:
        self.passages: list[Passage] = []
        self._lines = [_Line()]
        self._around: Counter[str] = Counter()  # how many open elements have a trait
        self._headings: list[int] = []
        self._blocks: list[html.HtmlElement] = [tree]
        self._tables = {table for table in tree.iter("table") if _is_data_table(table)}
        self._traits: list[tuple[str, ...]] = []

    def open(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            self._lines.append(_Line())
        if tag in _BLOCKS:
            self._flush()
            self._blocks.append(element)
        if tag in _HEADINGS:
            self._headings.append(int(tag[1]))
        traits = tuple(_traits(element, self._tables))
        self._traits.append(traits)
        self._around.update(traits)
        self._add(element.text)

    def close(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
            self._blocks.pop()
        if tag in _HEADINGS:
            self._headings.pop()
        self._around.subtract(self._traits.pop())
        self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        text = _CONTROL.sub("", text)
        is_preformatted = self._around["preformatted"] > 0
        for number, piece in enumerate(text.split("\n") if is_preformatted else [text]):
            if number:
                self._lines.append(_Line())
            line = self._lines[-1]
            line.pieces.append(piece)
            size = _count(piece)
            if size:
                line.size += size
                line.bold += size if self._around["bold"] else 0
                line.linked += size if self._around["link"] else 0

    def _flush(self) -> None:
        """Make passages of the lines of the open block."""
        lines, self._lines = self._lines, [_Line()]
        for group in _paragraphs(lines):
            text = _join([line.text() for line in group])
            if not any(character.isalnum() for character in text):
                continue
            size = sum(line.size for line in group)
            self.passages.append(
                Passage(
                    text,
                    self._blocks[-1],
                    heading=self._headings[-1] if self._headings else 0,
                    is_bold=sum(line.bold for line in group) == size,
                    is_caption=self._around["caption"] > 0 or _is_credited(text),
                    is_cell=self._around["cell"] > 0,
                    linked=sum(line.linked for line in group) / size,
                )
            )


def _traits(element: html.HtmlElement, tables: set[html.HtmlElement]) -> Iterator[str]:
    """Yield what an element says of the text in it."""
    tag = element.tag
    if tag == "a" and element.get("href") is not None:
        yield "link"
    if tag in _BOLD or _BOLD_STYLE.search(element.get("style", "")):
        yield "bold"
    if tag in _PREFORMATTED:
        yield "preformatted"
    if tag == "figcaption" or _CAPTION.search(element.get("class", "")):
        yield "caption"
    if tag == "table" and element in tables:
        yield "cell"


def _is_credited(text: str) -> bool:
    """Tell whether a text ends in a photographer's name, as a caption does."""
    return len(text) <= _LONGEST_CAPTION and _CREDIT.search(text) is not None


def _is_data_table(table: html.HtmlElement) -> bool:
    """Tell a table from one that only lays out a page: it holds no other, and several short cells."""
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return False
    sizes = [_count(cell.text_content()) for cell in table.iter("td", "th")]
    return sum(size > 0 for size in sizes) > 1 and max(sizes) <= _LONGEST_CELL


def _count(text: str) -> int:
    """Count the characters of a text but white space."""
    return len("".join(text.split()))


def _paragraphs(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Group the lines of a block: blank ones part them, and so does a break that is not inside a sentence."""
    group: list[_Line] = []
    for line in lines:
        if group and (not line.size or not _goes_on(group[-1].text(), line.text())):
            yield group
            group = []
        if line.size:
            group.append(line)
    if group:
        yield group


def _goes_on(above: str, below: str) -> bool:
    """Tell whether a break between two lines stands inside a sentence."""
    start = below.lstrip(" ")
    if _GOES_ON.search(above) or _BEGINS_INSIDE.match(start):
        return True
    is_short = _count(above) < _SHORT_LINE
    return not (is_short or _LINE_END.search(above) or _LINE_START.match(start))


def _join(texts: list[str]) -> str:
    """Join the lines of a paragraph, with a blank where one stands between words."""
    joined = "\n".join(text.strip(" ") for text in texts)
    return _BLANKS.sub(" ", _SOURCE_BREAK.sub("", joined.replace("\ufeff", ""))).strip()
