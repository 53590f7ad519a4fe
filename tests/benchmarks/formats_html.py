"""Hold what the HTML reader makes of pages against a reader's key.

Below the folder lie pages (`*.html`, `*.htm`) and, where there is one, `key.jsonl`: a record a page with
`file`, `title`, `date`, `sentences` and `captions` of its article, and `not_article`, texts beside it. All
texts are compared folded and without white space. "Unseen" are characters of the page's text nodes that
stand in no block, counted in what a browser shows.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from indexer.analysis.segmenter import SegmenterChoice
from indexer.errors import SeedError
from indexer.formats.html.encoding import decode_page
from indexer.formats.html.reader import read_html
from indexer.formats.html.tree import drop_hidden, parse
from indexer.formats.text_block import FileText
from indexer.text.folding import fold

_ROUNDS = 3


def measure(folder: Path) -> None:
    """Print a table of the pages in a folder, and what is missing or too much."""
    lines = [line for path in folder.rglob("key.jsonl") for line in path.read_text("utf-8").splitlines()]
    keys = {record["file"]: record for record in map(json.loads, lines)}
    segmenter = SegmenterChoice().open()
    remarks: list[str] = []
    total: Counter[str] = Counter()
    print("| page | in the article | title | date | beside it, taken for it | characters unseen | ms |")
    print("|---|---:|---|---|---:|---:|---:|")
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".html", ".htm")):
        data = path.read_bytes()
        try:
            read_html(data, segmenter)  # what is loaded by the first page is not counted
            start = time.process_time()
            for _ in range(_ROUNDS):
                page = read_html(data, segmenter)
            seconds = (time.process_time() - start) / _ROUNDS
        except SeedError as error:
            print(f"| {path.name} | {error} | | | | | |")
            total["refused"] += 1
            continue
        total["files"] += 1
        total["ms"] += round(seconds * 1000)
        markup, _ = decode_page(data, segmenter)
        unseen = _unseen(markup, page)
        held = _held(page, keys.get(path.name), remarks, total)
        print(f"| {path.name} {held} | {unseen} | {seconds * 1000:.0f} |")
    print(
        f"\n{dict(total)}, {total['files'] * 1000 / max(1, total['ms']):.1f} files a second",
        *remarks,
        sep="\n",
    )


def _held(page: FileText, key: dict[str, Any] | None, remarks: list[str], total: Counter[str]) -> str:
    """Compose the cells that hold a page against its key, and name what differs."""
    if key is None:
        return f"| | | {page.date} |"
    article = "\n".join(_plain(block.text) for block in page.blocks if block.kind != "aside")
    wanted = [*key["sentences"], *key["captions"]]
    missing = [text for text in wanted if not _stands_in(text, article)]
    beside = [text for text in key["not_article"] if _stands_in(text, article)]
    total.update(wanted=len(wanted), missing=len(missing), beside=len(beside))
    remarks += [f"{key['file']} missing: {text}" for text in missing]
    remarks += [f"{key['file']} beside: {text}" for text in beside]
    headline = next((block.text for block in page.blocks if block.level == 1), "")
    title = (
        "yes" if _plain(headline) == _plain(key["title"]) else f"in text: {_stands_in(key['title'], article)}"
    )
    found = f"{len(wanted) - len(missing)}/{len(wanted)}"
    return f"| {found} | {title} | {page.date} ({key['date']}) | {len(beside)}/{len(key['not_article'])}"


def _unseen(markup: str, page: FileText) -> int:
    """Count the characters that are visible and in no block."""
    tree = parse(markup)
    drop_hidden(tree)
    visible = Counter(character for character in tree.text_content() if character.isalnum())
    read = Counter(character for block in page.blocks for character in block.text if character.isalnum())
    return (visible - read).total()


def _stands_in(text: str, article: str) -> bool:
    return _plain(text) in article.replace("\n", "")


def _plain(text: str) -> str:
    return "".join(fold(text).split())
