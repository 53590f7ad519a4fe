"""The formats that are no plain text, and what reads each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from msgspec import Struct

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError
from indexer.formats.deadline import deadline
from indexer.formats.text_block import FileText
from indexer.seeds.suffixes import HTML, PDF, WORD, suffix_of

__all__ = ["Report", "format_of", "read_format", "reader_versions"]

Report = Callable[[float], None]
"""Called with the share of a file that was read so far."""

Reader = Callable[[bytes, Segmenter, Report], FileText]
"""What reads a format. It raises `SeedError` for a file that it cannot read."""

_INSTALL = "pip install 'lianghui[formats]'"
_SECONDS = 300.0  # for one file: what takes longer is stopped, and named


class Format(Struct, frozen=True):
    """A format: the module and the name of its reader, and the packages that read it."""

    module: str
    reader: str
    packages: tuple[str, ...] = ()


_HTML = Format("indexer.formats.html.reader", "read_html", ("lxml", "trafilatura"))
_FORMATS = {
    **dict.fromkeys(PDF, Format("indexer.formats.pdf.reader", "read_pdf", ("playa-pdf",))),
    **dict.fromkeys(HTML, _HTML),
    **dict.fromkeys(WORD, Format("indexer.formats.word.reader", "read_word", ("lxml", "trafilatura"))),
}


def format_of(source: str) -> Format | None:
    """Tell by its name which format a file has; None for plain text."""
    return _FORMATS.get(suffix_of(source))


def read_format(found: Format, data: bytes, segmenter: Segmenter, report: Report) -> FileText:
    """Read a file by the reader of its format; `report` is called with the share of it that was read so far.

    Raise `SeedError` when the file cannot be read, or a package is missing that reads it.
    """
    try:
        read: Reader = getattr(import_module(found.module), found.reader)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("indexer"):
            raise  # a fault of ours
        remedy = f"install it with: {_INSTALL}"
        raise SeedError(f"{error.name}, which reads such files, is not installed; {remedy}") from None
    with deadline(_SECONDS):
        return read(data, segmenter, report)


def reader_versions(sources: Iterable[str]) -> dict[str, str]:
    """List the versions of the packages that read these seeds; "absent" where one is not installed."""
    formats = {found for source in sources if (found := format_of(source))}
    return {name: _version(name) for name in sorted({name for each in formats for name in each.packages})}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
