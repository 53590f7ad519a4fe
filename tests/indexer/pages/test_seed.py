"""A seed is read as a page or as JSON lines, by its suffix."""

from __future__ import annotations

from pathlib import Path

from indexer.models import Fault, Paragraph
from indexer.pages.seed import read_seed
from tests.conftest import SEGMENTER

RECORD = '{"text": "发展经济。"}\n'


def read(path: Path, content: bytes) -> list[Paragraph | Fault]:
    path.write_bytes(content)
    return [*read_seed(path, path.name, SEGMENTER)]


def test_the_suffix_decides_whether_lines_are_records(tmp_path: Path) -> None:
    (paragraph,) = read(tmp_path / "a.JSONL", RECORD.encode())
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "发展经济。"
    (paragraph,) = read(tmp_path / "a.txt", RECORD.encode())
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == RECORD.strip()


def test_a_page_that_is_no_text_is_one_fault_of_the_whole_file(tmp_path: Path) -> None:
    (fault,) = read(tmp_path / "a.txt", b"\0\1\2")
    assert isinstance(fault, Fault)
    assert (fault.source, fault.line) == ("a.txt", None)


def test_a_record_that_is_none_is_a_fault_where_it_stands(tmp_path: Path) -> None:
    first, fault, last = read(tmp_path / "a.jsonl", (RECORD + "{\n" + RECORD).encode())
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    assert isinstance(fault, Fault)
    assert fault.line == 2
