"""Read one seed: a page of text, a file of JSON lines or one of another format, told apart by its suffix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError
from indexer.formats.encoding import decode
from indexer.formats.registry import format_of, read_format
from indexer.models import Fault, Paragraph
from indexer.pages.jsonl import find_records, read_record
from indexer.pages.page import read_file_text, read_page
from indexer.seeds.folder import unreadable_fault
from indexer.seeds.suffixes import is_jsonl

__all__ = ["read_page_file", "read_seed"]


def read_seed(path: Path, source: str, segmenter: Segmenter) -> Iterator[Paragraph | Fault]:
    """Yield the paragraphs of a seed in reading order, and its faults where they are met."""
    if not is_jsonl(source):
        yield from read_page_file(path, source, segmenter, lambda _: None)
        return
    for record in find_records(path, source, segmenter):
        yield record if isinstance(record, Fault) else read_record(record, source, segmenter)


def read_page_file(
    path: Path, source: str, segmenter: Segmenter, report: Callable[[float], None]
) -> Iterator[Paragraph | Fault]:
    """Yield the paragraphs of a page in reading order, or one fault where it cannot be read.

    `report` is called with the share of the file that was read so far, where that takes long. What could not
    be read of a file is a fault as well.
    """
    found = format_of(source)
    try:
        data = path.read_bytes()
        if found is None:
            text = decode(data, segmenter)
        else:
            file = read_format(found, data, segmenter, report)
    except (SeedError, OSError) as error:
        yield unreadable_fault(source, error)
        return
    if found is None:
        yield from read_page(text, source, segmenter)
        return
    yield from (Fault(source, None, reason, partial=True) for reason in file.faults)
    yield from read_file_text(file, source, segmenter)
