"""Make Word files for the tests: a few words of markup become a package as Word writes it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from indexer.formats.text_block import FileText, TextBlock
from indexer.formats.word.docx import read_docx
from tests.conftest import SEGMENTER

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STRICT = (
    (W, "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (R, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

Parts = Mapping[str, str | bytes]


def run(text: str, properties: str = "") -> str:
    """Make a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    """Make a paragraph of runs and other markup; what has none becomes a run."""
    runs = (each if each.startswith("<") else run(each) for each in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Make a table of rows of cells, each a text or markup."""
    cells = (
        "".join(f"<w:tc>{each if each.startswith('<') else paragraph(each)}</w:tc>" for each in row)
        for row in rows
    )
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def root(name: str, content: str) -> str:
    """Make the root of a part."""
    return f'{_XML}<w:{name} xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}">{content}</w:{name}>'


def make_docx(body: str, parts: Parts | None = None, *, strict: bool = False) -> bytes:
    """Make a Word file of the markup of its body and of parts by name (`header1.xml`, `a.mht`).

    The kind of a part is its name without number and suffix; its relation has its name as id.
    """
    parts = parts or {}
    relations = {name: f"{R}/{_kind(name)}" for name in parts}
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_RELATIONS}"/>',
        "_rels/.rels": _make_relations({"word/document.xml": f"{R}/officeDocument"}),
        "word/document.xml": root("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": _make_relations(relations),
        **{f"word/{name}": content for name, content in parts.items()},
    }
    if strict:
        files = {name: _strict(content) for name, content in files.items()}
    return make_zip(files)


def make_zip(files: Parts) -> bytes:
    """Pack files."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return buffer.getvalue()


def unzip(data: bytes) -> dict[str, bytes]:
    """Unpack files."""
    with ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def read(body: str, parts: Parts | None = None) -> FileText:
    """Make a Word file and read it."""
    return read_docx(make_docx(body, parts), SEGMENTER)


def blocks(body: str, parts: Parts | None = None) -> list[TextBlock]:
    """Make a Word file, read it, and return its blocks."""
    return read(body, parts).blocks


def texts(body: str, parts: Parts | None = None) -> list[str]:
    """Make a Word file, read it, and return the texts of its blocks."""
    return [block.text for block in blocks(body, parts)]


def _kind(name: str) -> str:
    stem, _, suffix = name.partition(".")
    return stem.rstrip("0123456789") if suffix == "xml" else "aFChunk"


def _make_relations(targets: Mapping[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{name}"/>' for name, kind in targets.items()
    )
    return f'{_XML}<Relationships xmlns="{_RELATIONS}">{entries}</Relationships>'


def _strict(content: str | bytes) -> str | bytes:
    if isinstance(content, str):
        for transitional, strict in STRICT:
            content = content.replace(transitional, strict)
    return content
