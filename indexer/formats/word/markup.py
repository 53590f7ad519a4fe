"""XML that nobody vouches for, parsed without entities, and its names in short."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from indexer.errors import SeedError

__all__ = ["Element", "attribute", "child", "children", "parse_xml", "short_name", "walk"]

Element: TypeAlias = etree._Element  # noqa: SLF001 - its only name

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_OFFICE}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_OFFICE}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    f"{_OFFICE}markup-compatibility/2006": "mc",
    f"{_OFFICE}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_OFFICE}drawingml/2006/chart": "c",
    f"{_STRICT}drawingml/chart": "c",
    f"{_OFFICE}drawingml/2006/diagram": "dgm",
    f"{_STRICT}drawingml/diagram": "dgm",
    f"{_ODF}office:1.0": "office",
    f"{_ODF}text:1.0": "text",
    f"{_ODF}table:1.0": "table",
    f"{_ODF}drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:container": "ocf",
    "http://www.idpf.org/2007/opf": "opf",
}


_MAX_TAGS = 2_000_000  # of a part: a tree takes a few hundred bytes for each; a thousand pages have 300,000


def parse_xml(data: bytes, part: str) -> Element:
    """Parse a part of a document; what it refers to outside of it is neither read nor fetched.

    Raise `SeedError` when it is no XML, is nested deeper than 256 elements, holds more than a million
    of them, or declares entities.
    """
    if data.count(b"<") > _MAX_TAGS:
        raise SeedError(f"its part {part} has more than {_MAX_TAGS:,} tags; cut it into several files")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise SeedError(f"the XML of its part {part} is damaged; copy it again from where it came") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise SeedError(f"its part {part} declares a document type, as no Word file does; remove it")
    return root


def walk(root: Element) -> etree.iterwalk:
    """Walk through an element and all in it, by the starts and ends of elements."""
    return etree.iterwalk(root, events=("start", "end"))


@lru_cache(maxsize=4096)
def short_name(tag: str) -> str:
    """Shorten the name of an element: `w:p` for a paragraph, in ISO Strict as in what Word writes."""
    namespace, _, name = tag[1:].rpartition("}")
    return f"{_PREFIXES[namespace]}:{name}" if namespace in _PREFIXES else tag


def children(element: Element, name: str) -> Iterator[Element]:
    """Go through the children of an element that have a short name."""
    return (each for each in element if short_name(each.tag) == name)


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first child with a short name, its first child with the next, and so on, or None."""
    for name in names:
        element = next(children(element, name), None) if element is not None else None
    return element


def attribute(element: Element | None, name: str) -> str | None:
    """Return the attribute of this local name, whatever its namespace, or None."""
    if element is None:
        return None
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), None)
