"""Hold how PDF files are read against pdfium and a transcript.

Reads every PDF below a folder. Each page is held against pdfium's text (`pip install pypdfium2`, with
fonts for Chinese on the machine: without them, pdfium leaves out text whose fonts are not in the file). Both
are folded and stripped of blanks: has it the same characters, and are they in the same order? Where
`NAME-article.md` stands beside `NAME-….pdf`, it is a transcript of one article: which share of its windows
of twelve characters is found unbroken, how many of its paragraphs stand whole in a block, and is its
headline above them? Speed is that of reading alone.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from indexer.errors import SeedError
from indexer.formats.pdf import read_pdf
from indexer.formats.pdf.drawing import draw_pages
from indexer.formats.pdf.lines import make_lines
from indexer.formats.text_block import ARTICLE, TextBlock
from indexer.text.folding import fold

_WINDOW = 12
_MARKUP = re.compile(r"!\[[^\]]*\]\([^)]*\)|[*_`]|^>\s?", re.MULTILINE)


def measure(folder: Path) -> None:
    """Print the tables of the files below a folder."""
    files = sorted(folder.rglob("*.pdf"))
    print("| file | pages | pages/s | blocks | furniture | same characters | same order | faults |")
    print("|---|---:|---:|---:|---:|---:|---:|---|")
    for file in files:
        print(f"| {file.name} | {' | '.join(measure_file(file))} |", flush=True)
    for file in files:
        for key in file.parent.glob("*-article.md"):
            if file.name.startswith(key.name.removesuffix("article.md")):
                print(f"\n{file.name}: {compare_article(file, key.read_text('utf-8'))}")


def measure_file(file: Path) -> list[str]:
    """Read a file, and compare it with what pdfium reads."""
    data = file.read_bytes()
    began = time.process_time()
    try:
        text = read_pdf(data)
    except SeedError as error:
        return ["–"] * 6 + [str(error)]
    seconds = time.process_time() - began
    mine, theirs = own_pages(data), pdfium_pages(data)
    furniture = sum(block.kind == "furniture" for block in text.blocks)
    shares = ["–", "–"]
    if theirs:
        same = [compare(*pair) for pair in zip(mine, theirs, strict=False)]
        shares = [f"{sum(each) / len(same):.3f}" for each in zip(*same, strict=True)]
    counts = [f"{len(mine):,}", f"{len(mine) / seconds:.0f}", f"{len(text.blocks):,}", f"{furniture:,}"]
    return [*counts, *shares, "; ".join(text.faults)]


def own_pages(data: bytes) -> list[str]:
    """Return the lines of each page, before furniture is set apart."""
    drawn, _ = draw_pages(data, lambda _: None)
    return ["\n".join(line.text for line in make_lines(page.fragments, n)) for n, page in enumerate(drawn, 1)]


def pdfium_pages(data: bytes) -> list[str]:
    """Return what pdfium reads on each page; nothing where it is not installed."""
    try:
        import pypdfium2  # noqa: PLC0415
    except ImportError:
        return []
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def compare(mine: str, theirs: str) -> tuple[bool, bool]:
    """Tell whether two texts of a page have the same characters, and in the same order."""
    left, right = plain(mine), plain(theirs)
    return Counter(left) == Counter(right), left == right


def plain(text: str) -> str:
    """Fold a text, without blanks, and without the hyphens that only one of two readers keeps."""
    return re.sub(r"[\s\x02\ufffe\ufffd-]", "", fold(text.replace("\xad", "-")))


def compare_article(file: Path, transcript: str) -> str:
    """Hold a newspaper page against a reader's transcript of one article."""
    blocks = read_pdf(file.read_bytes()).blocks
    title, paragraphs = read_transcript(transcript)
    whole = plain("".join(block.text for block in blocks if block.kind is None))
    windows = [text[at : at + _WINDOW] for text in paragraphs for at in range(len(text) - _WINDOW + 1)]
    found = sum(window in whole for window in windows) / len(windows)
    read = [plain(block.text) for block in blocks]
    found_in = (next((at for at, block in enumerate(read) if text in block), None) for text in paragraphs)
    kept = [at for at in found_in if at is not None]
    under = sum(plain(headline_of(blocks, at)) in plain(title) for at in kept)
    whole_paragraphs = f"paragraphs whole {len(kept)} of {len(paragraphs)}"
    return f"windows {found:.3f}, {whole_paragraphs}, below its headline {under} of {len(kept)}"


def read_transcript(text: str) -> tuple[str, list[str]]:
    """Return the headline and the paragraphs of a transcript, without sources and inner headings."""
    title, _, rest = text.partition("\n")
    body = re.split(r"^---$", rest, flags=re.MULTILINE)[1]
    lines: Iterable[str] = _MARKUP.sub("", body).splitlines()
    return title, [plain(line) for line in lines if line.strip() and not line.startswith("#")]


def headline_of(blocks: Sequence[TextBlock], at: int) -> str:
    """Return the headline that a block stands below."""
    return next((block.text for block in reversed(blocks[:at]) if block.level == ARTICLE), "none")
