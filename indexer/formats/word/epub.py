"""Read an e-book (`.epub`): its web pages, one after the other as the book says."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from msgspec.structs import replace

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError
from indexer.formats.text_block import ARTICLE, FileText, TextBlock
from indexer.formats.word.archive import Archive
from indexer.formats.word.chunks import read_web_page
from indexer.formats.word.markup import Element, attribute, child, children, parse_xml
from indexer.formats.word.signature import refuse_other_file

__all__ = ["read_epub"]

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html")


def read_epub(data: bytes, segmenter: Segmenter) -> FileText:
    """Read an e-book; its blocks are numbered through all of its pages.

    The heading that a page begins with is the title of an article. A page that cannot be read is a
    fault. Raise `SeedError` when the book cannot be read.
    """
    refuse_other_file(data)
    archive = Archive(data)
    sealed = _sealed(archive)
    blocks: list[TextBlock] = []
    faults = []
    for page in _pages(archive):
        if page in sealed:
            raise SeedError("it is encrypted (DRM); give a copy without that")
        try:
            found = read_web_page(archive.read(page), segmenter)
        except SeedError as error:
            faults.append(f"{page} was not read: {error}")
            continue
        faults += [f"{page}: {fault}" for fault in found.faults]
        for block in found.blocks:
            is_title = block is found.blocks[0] and block.level
            number = len(blocks) + 1
            level = ARTICLE if is_title else block.level
            blocks.append(replace(block, first=number, last=number, level=level))
    return FileText(blocks, faults=faults)


def _sealed(archive: Archive) -> set[str]:
    """Return the names of the files of a book that are encrypted; fonts often are."""
    if _ENCRYPTION not in archive:
        return set()
    return {
        unquote(attribute(each, "URI") or "")
        for each in parse_xml(archive.read(_ENCRYPTION), _ENCRYPTION).iter()
    }


def _pages(archive: Archive) -> Iterator[str]:
    """Go through the names of the pages of a book in the order of reading; its table of contents is none."""
    container = parse_xml(archive.read(_CONTAINER), _CONTAINER)
    path = attribute(child(container, "ocf:rootfiles", "ocf:rootfile"), "full-path") or ""
    book = parse_xml(archive.read(path), path)
    manifest, spine = child(book, "opf:manifest"), child(book, "opf:spine")
    if manifest is None or spine is None:
        raise SeedError("it does not say in which order its pages are read; save it again with its program")
    items = {attribute(each, "id"): each for each in children(manifest, "opf:item")}
    for reference in children(spine, "opf:itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is not None and _is_page(item):
            yield normpath(join(dirname(path), unquote(attribute(item, "href") or "")))


def _is_page(item: Element) -> bool:
    is_contents = "nav" in (attribute(item, "properties") or "").split()
    return attribute(item, "media-type") in _PAGES and not is_contents
