"""An answer as an Atom feed (RFC 4287): an entry for each hit, whose id outlives every rebuild."""

from __future__ import annotations

import re
import uuid
from xml.etree import ElementTree as ET

from indexer import Paragraph
from query import Hit, Results
from query.output.sanitize import safe
from query.output.text import speakers_of
from query.page.asked import Asked, path_of
from query.page.marks import brief
from query.page.texts import Texts

__all__ = ["feed"]

_ATOM = "http://www.w3.org/2005/Atom"
_IDS = uuid.UUID("5a1f6f0e-7d4e-4b3c-9a53-2f0d6c1b8e47")  # of the ids of this program; never to be changed
_NEVER = "1970-01-01"  # the day of what has none
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_MAX_TITLE = 120  # characters

ET.register_namespace("", _ATOM)


def feed(results: Results, asked: Asked, origin: str, say: Texts) -> bytes:
    """Write the hits as a feed; `origin` stands before the addresses."""
    here = asked.url("/results.atom", sort="", language="")
    title = asked.query or "、".join(
        text.removeprefix("=") for texts in asked.filters.values() for text in texts
    )
    root = ET.Element(f"{{{_ATOM}}}feed")
    _add(root, "id", _id(here))
    _add(root, "title", f"{brief(title, _MAX_TITLE)} · {say('site')}")
    _add(root, "updated", max(map(_moment, results), default=f"{_NEVER}T00:00:00Z"))
    _link(root, "self", origin + here)
    _link(root, "alternate", origin + asked.url("/"))
    for hit in results:
        _entry(root, hit, origin)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ET.Element, hit: Hit, origin: str) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", _id(hit.id))
    _add(entry, "title", brief(hit.heading, _MAX_TITLE) or hit.place)
    _add(entry, "updated", _moment(hit))
    _add(_add(entry, "author"), "name", speakers_of(hit))
    _link(entry, "alternate", origin + path_of("p", hit.id))
    _add(entry, "summary", hit.excerpt()[0])


def _add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = safe(text) or None
    return child


def _link(parent: ET.Element, relation: str, address: str) -> None:
    _add(parent, "link").attrib.update(rel=relation, href=address)


def _id(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_IDS, name)}"


def _moment(paragraph: Paragraph) -> str:
    """Write the day of a paragraph, or the first of its month or year, as a moment."""
    match = _DATE.match(paragraph.date or _NEVER)
    year, month, day = match.groups() if match else (None, None, None)
    return f"{year or '1970'}-{month or '01'}-{day or '01'}T00:00:00Z"
