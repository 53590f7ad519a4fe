"""Make PDF files: pages of text at given places, in fonts that are not in the file."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from msgspec import Struct, field

__all__ = ["MadePage", "Text", "column", "make_pdf", "stream"]

CODECS = {
    "Identity-H": ("utf-16-be", "Identity"),
    "GBK-EUC-H": ("gbk", "GB1"),
    "GBK-EUC-V": ("gbk", "GB1"),
    "GBK2K-H": ("gb18030", "GB1"),
    "UniGB-UCS2-H": ("utf-16-be", "GB1"),
    "UniGB-UTF16-H": ("utf-16-be", "GB1"),
    "ETen-B5-H": ("big5", "CNS1"),
    "ETenms-B5-H": ("big5", "CNS1"),
    "UniCNS-UTF16-H": ("utf-16-be", "CNS1"),
}
"""The encoding of Python, and the character collection, that each CMap stands for.

`Identity-H` has codes that mean what a map in the file says; the others are predefined.
"""

_TO_UNICODE = (
    b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange "
    b"1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap"
)

_HEADER = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"


class Text(Struct, frozen=True):
    """A text that is drawn at a place, measured from the lower left corner of the page, in points."""

    text: str
    x: float
    y: float
    size: float = 10.5
    cmap: str = "UniGB-UTF16-H"
    bold: bool = False

    def operators(self) -> bytes:
        """Write what draws it."""
        name = f"/{self.cmap}{'-bold' if self.bold else ''}"
        encoded = self.text.encode(CODECS[self.cmap][0]).hex()
        return f"BT {name} {self.size} Tf {self.x} {self.y} Td <{encoded}> Tj ET\n".encode()


class MadePage(Struct):
    """A page: its texts in the order in which they are drawn, and further content as it stands."""

    texts: Sequence[Text] = ()
    content: bytes = b""
    resources: bytes = b""
    """What stands in its resources beside the fonts."""
    size: tuple[int, int] = (595, 842)
    extra: list[bytes] = field(default_factory=list)


def column(lines: Sequence[str], x: float, y: float, *, step: float = 16, size: float = 10.5) -> list[Text]:
    """Set lines below each other; those that begin with blanks of full width begin farther right."""
    return [
        Text(line.lstrip("\u3000"), x + size * (len(line) - len(line.lstrip("\u3000"))), y - step * row, size)
        for row, line in enumerate(lines)
    ]


def stream(data: bytes, *, entries: bytes = b"", packed: bool = True) -> bytes:
    """Write a stream object."""
    body = zlib.compress(data) if packed else data
    names = b"/Filter/FlateDecode" if packed else b""
    return b"<<%s%s/Length %d>>stream\n%s\nendstream" % (entries, names, len(body), body)


def make_pdf(pages: Sequence[MadePage], *, objects: Sequence[bytes] = (), trailer: bytes = b"") -> bytes:
    """Write a file. `objects` get the numbers from 3 on, for resources to refer to."""
    made = [b"<</Type/Catalog/Pages 2 0 R>>", b"", *objects]
    fonts = _add_fonts(made)
    kids = []
    for page in pages:
        content = page.content + b"".join(text.operators() for text in page.texts)
        made.append(stream(content))
        made.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<</Font<<%s>>%s>>>>"
            % (*page.size, len(made), fonts, page.resources)
        )
        kids.append(b"%d 0 R" % len(made))
    made[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    return _write(made, trailer)


def _add_fonts(made: list[bytes]) -> bytes:
    made.append(stream(_TO_UNICODE))
    to_unicode = b"/ToUnicode %d 0 R" % len(made)
    entries = []
    for cmap, (_, collection) in CODECS.items():
        for suffix in (b"", b"-bold"):
            name = b"SimHei" if suffix else b"FangSong"
            made.append(
                b"<</Type/FontDescriptor/FontName/%s/Flags 6/FontBBox[0 -120 1000 880]/ItalicAngle 0"
                b"/Ascent 880/Descent -120/CapHeight 700/StemV 80>>" % name
            )
            made.append(
                b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)"
                b"/Supplement 2>>/DW 1000/W[1 [500] 2 95 500 814 939 500]/FontDescriptor %d 0 R>>"
                % (name, collection.encode(), len(made))
            )
            made.append(
                b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/%s/DescendantFonts[%d 0 R]%s>>"
                % (name, cmap.encode(), len(made), to_unicode if collection == "Identity" else b"")
            )
            entries.append(b"/%s%s %d 0 R" % (cmap.encode(), suffix, len(made)))
    return b"".join(entries)


def _write(made: Sequence[bytes], trailer: bytes) -> bytes:
    out, offsets = bytearray(_HEADER), []
    for number, body in enumerate(made, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(made) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(made) + 1, trailer, table)
    return bytes(out)
