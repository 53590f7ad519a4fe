"""Parse the markup of a page into a tree that holds what a reader of the page can see."""

from __future__ import annotations

import re

from lxml import etree, html

from indexer.errors import SeedError

__all__ = ["MOST_BYTES", "drop_hidden", "parse"]

MOST_BYTES = 30_000_000
"""Bytes of a page that is read: the longest debates are a tenth of it."""

_MOST_ELEMENTS = 200_000
_INLINE_MARKUP = re.compile(r"</?(?:font|span|b|i|u|em|strong|big|small|o:p|tt)\b[^<>]*>", re.IGNORECASE)
_HIDDEN_TAGS = (
    *("script", "style", "template", "noscript", "noframes", "noembed", "head", "svg", "iframe", "object"),
    *("audio", "video", "canvas", "datalist", "map", "title"),
)
_DROPPED = "lianghui-hidden"
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ALL_ALIKE = etree.ElementDefaultClassLookup(element=html.HtmlElement)  # html.HTMLParser asks Python for each


def parse(markup: str) -> html.HtmlElement:
    """Parse a page; nothing is fetched and no script is run. Raise `SeedError` when it cannot be read."""
    if not markup.strip():
        raise SeedError("it is empty; save the page again")
    tree = _try_parse(markup)
    if tree is None:  # tags that nobody closed stand one inside the other: they can go
        tree = _try_parse(_INLINE_MARKUP.sub("", markup))
    if tree is None:
        raise SeedError("its tags are nested too deeply; save the page as text")
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise SeedError(f"it has more than {_MOST_ELEMENTS:,} elements; divide it, or save it as text")
    return tree


def _try_parse(markup: str) -> html.HtmlElement | None:
    """Parse a page, None where a limit of the parser cut it off."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    parser.set_element_class_lookup(_ALL_ALIKE)
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        raise SeedError("it holds no text; save the page again") from None
    return None if any("HUGE" in error.message for error in parser.error_log) else tree


def drop_hidden(tree: html.HtmlElement) -> None:
    """Remove from a tree what a browser does not show."""
    body = tree.find("body")
    hidden = [element for element in tree.iter() if element not in (tree, body) and _is_hidden(element)]
    for element in hidden:
        element.tag = _DROPPED
    # Not `drop_tree`, which writes what stands behind an element anew, and refuses control characters in it.
    etree.strip_elements(tree, _DROPPED, with_tail=False)


def _is_hidden(element: html.HtmlElement) -> bool:
    style = element.get("style")
    return (
        element.tag in _HIDDEN_TAGS
        or not isinstance(element.tag, str)
        or element.get("hidden") is not None
        or (style is not None and _HIDDEN_STYLE.search(style) is not None)
    )
