"""Compare what is read of Word files with a plain walk over their XML, and with python-docx.

A Markdown table of all .docx below a folder says:

- characters: of all `w:t`, white space left out, as the standard library's parser sees them, in the body,
  its notes, headers and footers; and of the web pages in it (`w:altChunk`). What tracked changes moved away
  and the second form of what stands there twice (`mc:Fallback`) is left out;
- lost: characters of the walk that are in no block (counted by kind), python-docx's beside it;
- displaced: characters of body paragraphs that do not follow those before them;
- files a second: reading alone, the best of three rounds.
"""

from __future__ import annotations

import email
import time
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from indexer.analysis.segmenter import SegmenterChoice
from indexer.errors import SeedError
from indexer.formats.text_block import FileText
from indexer.formats.word.docx import read_docx

_SEGMENTER = SegmenterChoice().open()
_OTHER_PARTS = ("footnotes", "endnotes", "comments", "header", "footer")
_ROUNDS = 3


def measure(folder: Path) -> None:
    """Print a row for each file below the folder."""
    columns = "file characters lost displaced headings faults files/s python-docx:lost files/s".split()
    print(f"| {' | '.join(columns)} |\n|---{'|---:' * (len(columns) - 1)}|")
    totals: Counter[str] = Counter()
    for path in sorted(folder.rglob("*.docx")):
        totals.update(_row(path))
    speed = totals["files"] / max(1, totals["µs"]) * 1e6
    counted = ", ".join(f"{name} {totals[name]:,}" for name in ("characters", "lost", "displaced"))
    print(f"\nfiles {totals['files']}, {counted}; {speed:.0f} files a second")


def _row(path: Path) -> dict[str, int]:
    data = path.read_bytes()
    try:
        seconds, found = _timed(lambda: read_docx(data, _SEGMENTER))
        body, others = _walk(data)
    except (SeedError, BadZipFile, KeyError) as error:
        print(f"| {path.name} | {error} |")
        return {}
    text = _squeeze("".join(block.text for block in found.blocks))
    lost = _lost([*body, *others], text)
    displaced = _displaced(body, text)
    count = len("".join([*body, *others]))
    headings = sum(block.level > 0 for block in found.blocks)
    print(
        f"| {path.name} | {count:,} | {lost} | {displaced} | {headings} | {len(found.faults)} "
        f"| {1 / seconds:.0f} | {_peer(data, [*body, *others])} |"
    )
    return {
        "files": 1,
        "characters": count,
        "lost": lost,
        "displaced": displaced,
        "µs": round(seconds * 1e6),
    }


def _timed(read: Callable[[], FileText]) -> tuple[float, FileText]:
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        found = read()
        best = min(best, time.perf_counter() - start)
    return best, found


def _walk(data: bytes) -> tuple[list[str], list[str]]:
    """Return the texts of the body, and those of all other parts, cut at the ends of paragraphs."""
    body: list[str] = []
    others: list[str] = []
    with ZipFile(BytesIO(data)) as file:
        for name in file.namelist():
            if name == "word/document.xml":
                body += _texts(file.read(name))
            elif name.removeprefix("word/").startswith(_OTHER_PARTS) and name.endswith(".xml"):
                others += _texts(file.read(name))
            elif name.endswith((".mht", ".mhtml")):
                body += _page_texts(file.read(name))
    return body, others


def _texts(part: bytes) -> list[str]:
    texts = [""]

    def visit(element: ET.Element) -> None:
        name = element.tag.rpartition("}")[2]
        if name in ("Fallback", "moveFrom"):
            return
        if name == "p":
            texts.append("")
        if name == "t" and "wordprocessingml" in element.tag:
            texts[-1] += element.text or ""
        for each in element:
            visit(each)
        if name == "p":
            texts.append("")

    visit(ET.fromstring(part))  # noqa: S314 - a sample that was given
    return [text for text in map(_squeeze, texts) if text]


class _PageTexts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden += tag in ("style", "script", "title")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.texts.append(data)


def _page_texts(part: bytes) -> Iterator[str]:
    for each in email.message_from_bytes(part).walk():
        page = each.get_payload(decode=True)
        if each.get_content_type() == "text/html" and isinstance(page, bytes):
            parser = _PageTexts()
            parser.feed(page.decode(each.get_content_charset() or "utf-8", "replace"))
            yield from filter(None, map(_squeeze, parser.texts))


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _lost(texts: list[str], found: str) -> int:
    return (Counter("".join(texts)) - Counter(found)).total()


def _displaced(texts: list[str], found: str) -> int:
    at = displaced = 0
    for text in texts:
        place = found.find(text, at)
        end = place + len(text) if place >= 0 else _end_with_more(text, found, at)
        displaced += 0 if end else len(text)
        at = end or at
    return displaced


def _end_with_more(text: str, found: str, at: int) -> int | None:
    """Find where a text ends among which symbols, formulas or hyphens stand, which are no `w:t`."""
    end = at
    for char in text:
        end = found.find(char, end, at + 2 * len(text) + 100) + 1
        if not end:
            return None
    return end


def _peer(data: bytes, texts: list[str]) -> str:
    """Return two cells: what python-docx loses, tables walked through, and its speed."""
    try:
        import docx  # noqa: PLC0415 - only where it is installed
    except ImportError:
        return "not installed | "
    start = time.perf_counter()
    try:
        text = "".join(_inner(docx.Document(BytesIO(data))))
    except Exception as error:  # noqa: BLE001 - whatever a peer raises
        return f"{type(error).__name__} | "
    return f"{_lost(texts, _squeeze(text))} | {1 / (time.perf_counter() - start):.0f}"


def _inner(holder: Any) -> Iterator[str]:
    for each in holder.iter_inner_content():
        if hasattr(each, "rows"):
            for cell in {id(cell._tc): cell for row in each.rows for cell in row.cells}.values():  # noqa: SLF001
                yield from _inner(cell)
        else:
            yield each.text
