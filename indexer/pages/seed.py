"""Read one seed: a page or a file of JSON lines, told apart by its suffix."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError
from indexer.models import Fault, Paragraph
from indexer.pages.encoding import decode
from indexer.pages.jsonl import find_records, read_record
from indexer.pages.page import read_page
from indexer.seeds.folder import is_jsonl, unreadable_fault

__all__ = ["read_page_file", "read_seed"]


def read_seed(path: Path, source: str, segmenter: Segmenter) -> Iterator[Paragraph | Fault]:
    """Yield the paragraphs of a seed in reading order, and its faults where they are met."""
    if not is_jsonl(source):
        yield from read_page_file(path, source, segmenter)
        return
    for record in find_records(path, source, segmenter):
        yield record if isinstance(record, Fault) else read_record(record, source, segmenter)


def read_page_file(path: Path, source: str, segmenter: Segmenter) -> Iterator[Paragraph | Fault]:
    """Yield the paragraphs of a page in reading order, or one fault where it cannot be read."""
    try:
        text = decode(path.read_bytes(), segmenter)
    except (SeedError, OSError) as error:
        yield unreadable_fault(source, error)
    else:
        yield from read_page(text, source, segmenter)
