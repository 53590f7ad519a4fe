"""The formats that are no plain text, and what reads each.

A reader is imported when a file of its format is read: the packages that it needs are few people's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, version

from msgspec import Struct

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError
from indexer.formats.deadline import deadline
from indexer.formats.text_block import FileText
from indexer.seeds.suffixes import FORMATS, suffix_of

__all__ = ["Report", "format_of", "read_format", "reader_versions"]

Report = Callable[[float], None]
"""Called with the share of a file that was read so far."""

_INSTALL = "pip install 'lianghui[formats]'"
_SECONDS = 300.0  # for one file: what takes longer is stopped, and named


class Format(Struct, frozen=True):
    """A format: the function that reads a file of it, and the packages that this needs.

    The function may report how far it is, and raises `SeedError` for a file that it cannot read.
    """

    read: Callable[[bytes, Segmenter, Report], FileText]
    packages: tuple[str, ...]


def _read_html(data: bytes, segmenter: Segmenter, _: Report) -> FileText:
    from indexer.formats.html.reader import read_html  # noqa: PLC0415 - see above

    return read_html(data, segmenter)


def _read_pdf(data: bytes, _: Segmenter, report: Report) -> FileText:
    from indexer.formats.pdf.reader import read_pdf  # noqa: PLC0415 - see above

    return read_pdf(data, report)


def _read_docx(data: bytes, segmenter: Segmenter, _: Report) -> FileText:
    from indexer.formats.word.docx import read_docx  # noqa: PLC0415 - see above

    return read_docx(data, segmenter)


def _read_odt(data: bytes, segmenter: Segmenter, _: Report) -> FileText:
    from indexer.formats.word.odt import read_odt  # noqa: PLC0415 - see above

    return read_odt(data, segmenter)


def _read_epub(data: bytes, segmenter: Segmenter, _: Report) -> FileText:
    from indexer.formats.word.epub import read_epub  # noqa: PLC0415 - see above

    return read_epub(data, segmenter)


_FORMATS = {
    "html": Format(_read_html, ("lxml",)),
    "pdf": Format(_read_pdf, ("playa-pdf",)),
    "docx": Format(_read_docx, ("lxml",)),
    "odt": Format(_read_odt, ("lxml",)),
    "epub": Format(_read_epub, ("lxml",)),
}


def format_of(source: str) -> Format | None:
    """Tell by its name which format a file has; None for plain text."""
    return _FORMATS.get(FORMATS.get(suffix_of(source), ""))


def read_format(found: Format, data: bytes, segmenter: Segmenter, report: Report) -> FileText:
    """Read a file of a format.

    Raise `SeedError` when the file cannot be read, or a package is missing that reads it.
    """
    try:
        with deadline(_SECONDS):
            return found.read(data, segmenter, report)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("indexer"):
            raise  # a fault of ours
        remedy = f"install it with: {_INSTALL}"
        raise SeedError(f"{error.name}, which reads such files, is not installed; {remedy}") from None
    except (SeedError, OSError):
        raise
    except Exception as error:
        kind = type(error).__name__
        raise SeedError(f"lianghui failed to read it ({kind}), a fault of the program; report it") from error


def reader_versions(sources: Iterable[str]) -> dict[str, str]:
    """List the versions of the packages that read these seeds; "absent" where one is not installed."""
    formats = [found for source in sources if (found := format_of(source))]
    return {name: _version(name) for name in sorted({name for each in formats for name in each.packages})}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
