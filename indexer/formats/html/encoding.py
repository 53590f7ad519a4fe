"""Decode the bytes of a web page: by its mark, its declaration, and the bytes themselves."""

from __future__ import annotations

import codecs
import io
import re

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError
from indexer.formats.encoding import bom_encoding, detect_line_encoding, refuse_other_format

__all__ = ["decode_page"]

_HEAD = 4096  # bytes in which a page declares its encoding
_DECLARATION = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_TAG = re.compile(rb"<[^<>]*>")  # its bytes are no second ones of a character in GB18030, Big5, Shift JIS
_ABOVE_ASCII = re.compile(rb"[\x80-\xff]+")
_MEANT = {
    "iso8859-1": "cp1252",  # what browsers take these names for
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_FOR_PAGES = re.compile(r"cp\d|iso8859|iso2022|shift_jis|euc_|koi8|mac_|gb|big5|utf-8|tis|hz")
"""Codecs of text on the web: base64 and unicode_escape are Python's, too."""

_CHINESE = ("gb18030", "big5hkscs", "utf-8")  # taken for each other by templates: the bytes decide
_SINGLE_BYTE_RUN = 1.5  # letters above ASCII that stand side by side in a Latin text, on average
_MOST_LOST = 0.05  # of the characters above ASCII of a page that is read in spite of broken ones


def decode_page(data: bytes, segmenter: Segmenter) -> tuple[str, int]:
    """Return the markup of a page without NUL characters, and how many characters could not be read.

    A byte order mark is believed; then UTF-8 where the bytes are UTF-8; then a declaration (meta, XML) that
    the bytes bear out, where templates mix up the Chinese encodings so often that the bytes decide between
    these; then what the bytes look like. Raise `SeedError` when none of these gives a text.
    """
    refuse_other_format(data, ".html")
    marked = bom_encoding(data[:4])
    data = data if marked else data.replace(b"\0", b"")
    text = data.decode(marked or _unmarked_encoding(data, segmenter), "replace").replace("\0", "")
    if not _is_readable(text):
        raise SeedError("its encoding is not what it says; open it in a browser and save it as UTF-8")
    return text, text.count("\ufffd")


def _unmarked_encoding(data: bytes, segmenter: Segmenter) -> str:
    """Find the encoding of a page that has no byte order mark."""
    if _is_readable(data.decode("utf-8", "replace")):
        return "utf-8"
    declared = _declared_encoding(data)
    text = _TAG.sub(b"\n", data)
    if declared and declared not in _CHINESE and _bears_out(text, data, declared):
        return declared
    try:
        return detect_line_encoding(io.BytesIO(text), segmenter)
    except SeedError:
        if declared is None:
            raise
        return declared  # with some characters broken


def _declared_encoding(data: bytes) -> str | None:
    """Return Python's name of the encoding that a page declares, None without one that is known."""
    found = _DECLARATION.search(data[:_HEAD])
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
    except LookupError:
        return None
    return _MEANT.get(name, name) if _FOR_PAGES.match(name) else None


def _bears_out(text: bytes, data: bytes, declared: str) -> bool:
    """Tell whether a page can be in the encoding that it declares: Latin letters stand alone or in pairs."""
    runs = [len(run) for run in _ABOVE_ASCII.findall(text)]
    if declared.startswith(("cp125", "iso8859")) and runs and sum(runs) / len(runs) > _SINGLE_BYTE_RUN:
        return False
    return _is_text(data, declared)


def _is_readable(text: str) -> bool:
    """Tell whether few of the characters above ASCII are broken."""
    lost = text.count("\ufffd")
    return lost == 0 or lost <= _MOST_LOST * (len(text) - len(text.encode("ascii", "ignore")))


def _is_text(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True
