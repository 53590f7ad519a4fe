"""What properties and styles say of how a paragraph looks, and what it is."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import astuple

from indexer.formats.word.markup import Element, attribute, child, children, short_name

__all__ = ["BODY", "CONTENTS", "TITLE", "Look", "Styles", "read_look"]

TITLE, BODY, CONTENTS = 0, 10, 11
"""Ranks of a paragraph: the title of a document, 1–9 for headings, text, and a line of the contents."""

_HEADING_NAME = re.compile(r"(?:heading|标题|標題) ?([1-9])", re.IGNORECASE)
_TITLE_NAMES = ("title", "标题", "標題")
_OFF = ("0", "false", "off", "none")
_MAX_BASES = 20  # styles that one is based on


class Look(Struct, frozen=True):
    """What properties say of a paragraph or a run; None is what they leave to a style.

    `size` counts half points.
    """

    rank: int | None = None
    size: int | None = None
    is_bold: bool | None = None
    is_centred: bool | None = None
    is_hidden: bool | None = None
    list_id: str | None = None
    list_level: int | None = None

    def over(self, base: Look) -> Look:
        """Put these properties over others: what they leave open, the others say."""
        return _put_over(self, base)


class Styles:
    """The styles of a document, each with what it is based on."""

    def __init__(self, root: Element | None) -> None:
        """Take them from the part `styles`, None where there is none."""
        self._elements: dict[str, Element] = {}
        self._looks: dict[str | None, Look] = {}
        defaults = child(root, "w:docDefaults")
        self._default_look = read_look(
            child(defaults, "w:pPrDefault", "w:pPr"), child(defaults, "w:rPrDefault", "w:rPr")
        )
        self._default_paragraph: str | None = None
        for style in children(root, "w:style") if root is not None else ():
            style_id = attribute(style, "styleId") or ""
            self._elements[style_id] = style
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true", "on"):
                self._default_paragraph = style_id

    def paragraph(self, properties: Element | None) -> Look:
        """Return how a paragraph with these properties (`w:pPr`) looks."""
        style = attribute(child(properties, "w:pStyle"), "val") or self._default_paragraph
        return read_look(properties, None).over(self._look(style)).over(self._default_look)

    def run(self, properties: Element | None, paragraph: Look) -> Look:
        """Return how a run with these properties (`w:rPr`) looks in a paragraph."""
        if properties is None:
            return paragraph
        style = attribute(child(properties, "w:rStyle"), "val")
        return read_look(None, properties).over(self._look(style)).over(paragraph)

    def _look(self, style_id: str | None) -> Look:
        if style_id not in self._looks:
            self._looks[style_id] = self._compose(style_id)
        return self._looks[style_id]

    def _compose(self, style_id: str | None) -> Look:
        """Put a style over what it is based on, and that over its base; a circle ends."""
        look = Look()
        for _ in range(_MAX_BASES):
            style = self._elements.get(style_id or "")
            if style is None:
                break
            own = read_look(child(style, "w:pPr"), child(style, "w:rPr"))
            look = look.over(Look(rank=_named_rank(style))).over(own)  # 标题 has an outline level, too
            style_id = attribute(child(style, "w:basedOn"), "val")
        return look


@lru_cache(maxsize=1024)  # a document has few looks, and a run of one each
def _put_over(look: Look, base: Look) -> Look:
    pairs = zip(astuple(look), astuple(base), strict=True)
    return Look(*(own if own is not None else other for own, other in pairs))


def read_look(paragraph: Element | None, run: Element | None) -> Look:
    """Read the properties of a paragraph (`w:pPr`) and of a run (`w:rPr`)."""
    holders = [element for element in (paragraph, run) if element is not None]
    said = {short_name(each.tag): each for element in holders for each in element}
    outline = _number(said.get("w:outlineLvl"))
    centring = attribute(said.get("w:jc"), "val")
    list_item = said.get("w:numPr")
    return Look(
        rank=min(outline + 1, BODY) if outline is not None else None,
        size=_number(said.get("w:sz")),
        is_bold=_is_on(said.get("w:b")),
        is_centred=centring == "center" if centring else None,
        is_hidden=_is_on(said.get("w:vanish")),
        list_id=attribute(child(list_item, "w:numId"), "val"),
        list_level=_number(child(list_item, "w:ilvl")),
    )


def _named_rank(style: Element) -> int | None:
    name = attribute(child(style, "w:name"), "val") or ""
    if name.casefold() in _TITLE_NAMES:
        return TITLE
    if name.casefold().startswith("toc "):
        return CONTENTS
    heading = _HEADING_NAME.fullmatch(name)
    return int(heading[1]) if heading else None


def _number(element: Element | None) -> int | None:
    value = attribute(element, "val") or ""
    return int(value) if value.isdecimal() and len(value) < 6 else None


def _is_on(element: Element | None) -> bool | None:
    return (attribute(element, "val") or "1") not in _OFF if element is not None else None
