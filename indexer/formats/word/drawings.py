"""The words in a diagram (SmartArt) or chart, which lie in a part of their own."""

from __future__ import annotations

from indexer.formats.word.markup import Element, children, short_name
from indexer.formats.word.paragraph import Piece

__all__ = ["read_drawing"]


def read_drawing(root: Element) -> list[Piece]:
    """Return the paragraphs of a diagram, or the title and the names in a chart, each once, as captions.

    The numbers of a chart are drawn, and no text.
    """
    texts = [text for element in root.iter() for text in _texts(element)]
    stripped = filter(None, (" ".join(text.split()) for text in texts))
    return [Piece(text, begins=False, kind="caption") for text in dict.fromkeys(stripped)]


def _texts(element: Element) -> list[str]:
    name = short_name(element.tag)
    if name == "a:p":
        return ["".join(each.text or "" for each in element.iter() if short_name(each.tag) == "a:t")]
    if name == "c:strCache":
        return [each.text or "" for point in children(element, "c:pt") for each in children(point, "c:v")]
    return []
