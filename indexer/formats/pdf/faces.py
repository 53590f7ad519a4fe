"""What the codes of a font mean: text, and how far the pen moves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field
from playa import Document
from playa.cmapdb import CMapBase, IdentityCMap, IdentityCMapByte, get_unicode_map
from playa.encodingdb import cid2unicode_from_encoding
from playa.encodings import LITERAL_STANDARD_CID2UNICODE
from playa.exceptions import PDFException
from playa.font import CIDFont, Font, SimpleFont, Type3Font
from playa.pdftypes import ObjRef, PSLiteral, dict_value, list_value, resolve1

from indexer.formats.pdf.cmaps import complete_cmap
from indexer.formats.pdf.stream_types import ContentStream

__all__ = ["UNREADABLE", "Face", "Faces"]

UNREADABLE = "\ufffd"
"""What stands in a text for a character whose font does not tell which it is."""

_STANDARD: dict[int, str] = LITERAL_STANDARD_CID2UNICODE
_SYMBOLIC = 1 << 2  # a flag of fonts whose characters are not Latin letters
_UNKNOWN = 0  # no code: each is given with its length
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|simhei|heiti|黑体|黑體", re.IGNORECASE)
_MAX_CODES = 1 << 20  # what the ranges of a font may span: Unicode has as many
_RANGES = re.compile(rb"begin(?:bf|cid)range(.*?)end(?:bf|cid)range", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*[\[<\d]")


class Face(Struct):
    """A font as text needs it.

    `size` is the height of its em in units of the font size. `width` is how many bytes a code has, 0 where
    that differs from code to code, as the CMap says.
    """

    font: Font
    cmap: CMapBase | None
    bold: bool
    vertical: bool
    size: float
    width: int
    glyphs: dict[int, tuple[str, float]] = field(default_factory=dict)

    def codes(self, data: bytes) -> Iterable[int]:
        """Split a string of a content stream into codes."""
        if self.width == 1:
            return data
        if self.width == 2:
            return [data[at] << 8 | data[at + 1] for at in range(0, len(data) - 1, 2)]
        assert self.cmap is not None
        codes = [code for code, _ in self.cmap.decode(data)]
        unknown = (len(data) - sum(map(len, codes)) + 1) // 2  # the library passes over codes without a glyph
        return [*(int.from_bytes(code) | len(code) << 32 for code in codes), *[_UNKNOWN] * unknown]

    def glyph(self, code: int) -> tuple[str, float]:
        """Return the text of a code, and the advance in units of the font size."""
        glyph = self.glyphs.get(code)
        if glyph is None:
            glyph = self.glyphs[code] = self._read_glyph(code)
        return glyph

    def is_blank(self, code: int) -> bool:
        """Check whether word spacing is added to a code: the single byte 32."""
        return code == 32 if self.width == 1 else code == 1 << 32 | 32

    def _read_glyph(self, code: int) -> tuple[str, float]:
        font = self.font
        if self.width == 0 and code == _UNKNOWN:
            return UNREADABLE, 1.0
        if self.cmap is None or not isinstance(font, CIDFont):
            return _simple_text(font, code), font.hdisp(code)
        data = code.to_bytes(2) if self.width else (code & 0xFFFFFFFF).to_bytes(code >> 32)
        cid = next((cid for _, cid in self.cmap.decode(data)), 0)
        advance = font.vdisp(cid) if self.vertical else font.hdisp(cid)
        return _cid_text(font, data, cid), advance


def _simple_text(font: Font, code: int) -> str:
    data = bytes((code & 0xFF,))
    if not isinstance(font, SimpleFont):
        return UNREADABLE
    if font.tounicode is None:
        text = next((text for _, text in font.decode(data)), "")
        return text or (UNREADABLE if font.flags & _SYMBOLIC else _STANDARD.get(code, UNREADABLE))
    mapped = font.tounicode.bytes2unicode.get(data)
    if mapped is not None:
        return mapped
    named = cid2unicode_from_encoding(font.encoding).get(code)
    return named or (chr(code) if code < 0x7F else UNREADABLE)


def _cid_text(font: CIDFont, data: bytes, cid: int) -> str:
    if font.tounicode is not None:
        text = font.tounicode.bytes2unicode.get(data)
        if text is None and len(font.tounicode.code_lengths) > 0:  # codes of another length, by their number
            number = int.from_bytes(data)
            for length in {*font.tounicode.code_lengths} - {len(data)}:
                if number < 1 << 8 * length:
                    text = text or font.tounicode.bytes2unicode.get(number.to_bytes(length))
        if text is not None:
            return text
    try:
        text = (font.unicode_map or get_unicode_map(font.cidcoding, font.vertical)).cid2unichr.get(cid)
    except KeyError:
        text = None
    if text is None and font.tounicode is None and isinstance(font.spec.get("ToUnicode"), PSLiteral):
        text = chr(int.from_bytes(data))  # /ToUnicode /Identity-H: the codes are the characters
    return text or UNREADABLE


class Faces:
    """The faces of a document, by the objects that define them."""

    def __init__(self, document: Document) -> None:
        """Begin without any; a face is read when it is first used."""
        self._document = document
        self._by_object: dict[int, tuple[Any, Face]] = {}  # with the object, whose id is else given anew

    def load(self, reference: Any) -> Face:
        """Return the face that `reference` leads to; one that cannot be read has no readable character."""
        key = reference.objid if isinstance(reference, ObjRef) else -id(reference)
        if key not in self._by_object:
            self._by_object[key] = reference, _make_face(self._load_font(reference, max(key, 0)))
        return self._by_object[key][1]

    def _load_font(self, reference: Any, number: int) -> Font:
        try:
            specification = dict_value(reference)
            if _spans_too_much(specification):
                return Font({}, {})
            return self._document.get_font(number, specification)
        except (PDFException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError):
            return Font({}, {})


def _make_face(font: Font) -> Face:
    name = getattr(font, "basefont", "") or font.fontname
    bold = bool(_BOLD.search(name)) or bool(font.flags & 1 << 18)
    width, cmap = 1, complete_cmap(font.cmap) if isinstance(font, CIDFont) else None
    if cmap is not None:
        identity = isinstance(cmap, IdentityCMap)
        width = 0 if not identity else 1 if isinstance(cmap, IdentityCMapByte) else 2
    size = 1.0
    if isinstance(font, Type3Font):
        size = abs(font.matrix[3]) * (abs(font.ascent - font.descent) or 1_000.0)
    return Face(font=font, cmap=cmap, bold=bold, vertical=font.vertical, size=size, width=width)


def _spans_too_much(specification: dict[str, Any]) -> bool:
    """Check whether a font lists ranges that would fill the memory."""
    maps = [resolve1(specification.get("ToUnicode")), resolve1(specification.get("Encoding"))]
    spans = [_span_of_map(each.buffer) for each in maps if isinstance(each, ContentStream)]
    for descendant in list_value(specification.get("DescendantFonts", [])):
        described = dict_value(descendant)
        spans.append(_span_of_widths(list_value(described.get("W", [])), 3))
        spans.append(_span_of_widths(list_value(described.get("W2", [])), 5))
    return sum(spans) > _MAX_CODES


def _span_of_map(data: bytes) -> int:
    ranges = (each for section in _RANGES.findall(data) for each in _RANGE.findall(section))
    return sum(max(0, _hexadecimal(last) - _hexadecimal(first)) for first, last in ranges)


def _hexadecimal(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _span_of_widths(entries: Iterable[Any], step: int) -> int:
    span = 0
    numbers: list[float] = []
    for entry in map(resolve1, entries):
        if isinstance(entry, list):
            numbers.clear()
        elif isinstance(entry, (int, float)):
            numbers.append(entry)
            if len(numbers) == step:
                span += max(0, int(numbers[1]) - int(numbers[0]))
                numbers.clear()
    return span
