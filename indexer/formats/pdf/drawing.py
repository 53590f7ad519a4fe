"""Draw the pages of a PDF with the library that knows its format; whatever it raises ends here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import playa
from msgspec import Struct
from playa import Document, Page
from playa.document import PageList
from playa.exceptions import PDFEncryptionError, PDFException
from playa.pdftypes import ObjRef, dict_value

from indexer.errors import SeedError
from indexer.formats.encoding import refuse_other_format
from indexer.formats.pdf.allowance import Allowance
from indexer.formats.pdf.faces import Faces
from indexer.formats.pdf.fragments import Fragment, FragmentPen
from indexer.formats.pdf.interpreter import Interpreter
from indexer.formats.pdf.streams import has_circle, refers_to_itself, refuse_bombs

__all__ = ["DrawnPage", "draw_pages"]

_DAMAGED = "it is damaged, or no PDF; get a whole copy, or print it to a new PDF"
_MAYBE_AES = (
    "it is encrypted; where it opens without a password, this reads it: pip install 'lianghui[formats]'; "
    "else save a copy without one (qpdf --decrypt)"
)
_ENCRYPTED = "it opens with a password only; save a copy without one (qpdf --decrypt)"
_FAULTS = (
    PDFException, ValueError, TypeError, LookupError, AttributeError, AssertionError, ArithmeticError,
    NotImplementedError, RuntimeError, StopIteration,
)  # fmt: skip
"""What the library raises over a damaged file."""


class DrawnPage(Struct):
    """What a page shows, with its width and height, and what was wrong with it."""

    width: float = 0.0
    height: float = 0.0
    fragments: list[Fragment] = []
    has_pictures: bool = False
    damaged: bool = False
    loops: bool = False


def draw_pages(data: bytes, report: Callable[[float], None]) -> tuple[list[DrawnPage], int]:
    """Draw all pages of a file, and tell how many it says that it has.

    `report` is called with the share of the pages that were drawn so far.
    Raise `SeedError` for a file that is encrypted, costs too much, or has no page that can be found.
    """
    if not data:
        raise SeedError("it is empty; get a whole copy")
    if b"%PDF-" not in data[:1_024]:
        refuse_other_format(data, ".pdf")
        raise SeedError("it is no PDF, whatever its name says; give it the ending that it should have")
    if refers_to_itself(data):
        raise SeedError(_DAMAGED)
    allowance = Allowance()
    refuse_bombs(data, allowance)
    with _silence():
        try:
            document = playa.parse(data)
            pages, announced = _draw_document(document, allowance, report)
        except SeedError:
            raise
        except PDFEncryptionError:
            raise SeedError(_ENCRYPTED if find_spec("cryptography") else _MAYBE_AES) from None
        except MemoryError:
            raise SeedError(
                "it needs more memory than there is; split it, or print it to a new PDF"
            ) from None
        except _FAULTS:
            raise SeedError(_DAMAGED) from None
    if not pages:
        raise SeedError(_DAMAGED)
    return pages, announced


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the library from printing each oddity of a file; what is lost is named in the end."""
    logger = logging.getLogger("playa")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _draw_document(
    document: Document, allowance: Allowance, report: Callable[[float], None]
) -> tuple[list[DrawnPage], int]:
    if has_circle(_bare_references(document, allowance)):
        raise SeedError(_DAMAGED)
    document.catalog.pop("PageLabels", None)  # not needed, and pages without would end the list
    faces, pages, announced = Faces(document), [], _announced(document)
    for number, (key, attributes) in enumerate(PageList(document).page_objects):
        allowance.take_page()
        try:
            pages.append(_draw_page(Page(document, key, attributes, None, number), faces, allowance))
        except _FAULTS:
            pages.append(DrawnPage(damaged=True))
        report(len(pages) / max(len(pages), announced))
    return pages, announced


def _bare_references(document: Document, allowance: Allowance) -> dict[int, int]:
    """Return the objects that are nothing but a reference, as the library reads them."""
    found = {}
    for number in document:
        allowance.take_operations(1)
        try:
            value = document[number]
        except _FAULTS:
            continue
        if isinstance(value, ObjRef):
            found[number] = value.objid
    return found


def _announced(document: Document) -> int:
    try:
        count = dict_value(document.catalog["Pages"])["Count"]
    except _FAULTS:
        return 0
    return count if isinstance(count, int) else 0


def _draw_page(page: Page, faces: Faces, allowance: Allowance) -> DrawnPage:
    pen = FragmentPen()
    interpreter = Interpreter(page.doc, faces, allowance, pen)
    interpreter.run([*page.streams], page.resources, page.ctm)
    width, height = (page.height, page.width) if page.rotate in (90, 270) else (page.width, page.height)
    return DrawnPage(
        width=width,
        height=height,
        fragments=pen.fragments,
        has_pictures=interpreter.has_pictures,
        damaged=interpreter.damaged,
        loops=interpreter.loops,
    )
