"""Clients of the page, many at once, and the builder that changes the index under them.

    python -m tests.benchmarks.page_clients FOLDER    builds FOLDER/index from FOLDER/seeds, over and over

The clients are as light as they can be: they run on the cores that they measure.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from indexer import build_index

MARK = "换代标记"
MARKED_PATH = f"/?q={quote(MARK)}"
VERSIONS = {"甲": 3, "乙": 5}
"""Two states of the seeds, and how many marked records each has: a page that shows both is mixed."""

_FULL_EVERY = 8  # builds
_LENGTH = re.compile(rb"(?i)content-length: (\d+)")


@dataclass
class Seen:
    """What clients saw: the seconds of each answer, how many were errors, how many of two indexes at once."""

    times: list[float] = field(default_factory=list)
    errors: int = 0
    mixed: int = 0
    versions: set[str] = field(default_factory=set)


def ask_all(host: str, port: int, paths: Sequence[str], clients: int, seconds: float | None = None) -> Seen:
    """Ask for all paths by so many clients at once; with `seconds`, over and over until they are gone."""
    return asyncio.run(_ask_all(host, port, paths, clients, seconds))


async def _ask_all(host: str, port: int, paths: Sequence[str], clients: int, seconds: float | None) -> Seen:
    seen = Seen()
    left = iter(paths) if seconds is None else itertools.cycle(paths)
    until = time.perf_counter() + (seconds or 1e9)
    await asyncio.gather(*(_client(host, port, left, until, seen) for _ in range(clients)))
    return seen


async def _client(host: str, port: int, paths: Iterator[str], until: float, seen: Seen) -> None:
    reader, writer = await asyncio.open_connection(host, port, limit=1 << 20)
    for path in paths:
        started = time.perf_counter()
        if started > until:
            break
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode("ascii"))
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        body = await reader.readexactly(int(length[1]) if length else 0)
        seen.times.append(time.perf_counter() - started)
        seen.errors += not head.startswith(b"HTTP/1.1 200")
        if path == MARKED_PATH:
            _look(body.decode("utf-8"), seen)
    writer.close()


def _look(page: str, seen: Seen) -> None:
    """See which version a page is of, and whether its total, its hits and its facets agree on it."""
    page = page.partition('<section class="near"')[0]
    found = set(re.findall(r"第(.)版第", page))
    total = re.search(r'id="answer">共 (\d+) 段', page)
    hits = page.count('<article class="hit">')
    version = "".join(found)
    is_whole = bool(total) and int(total[1] if total else 0) == hits == VERSIONS.get(version)
    seen.mixed += not is_whole
    seen.versions |= found


def mark(seeds: Path, version: str) -> None:
    """Write the marked records of a version into the seeds."""
    records = [
        {
            "text": f"{MARK}：第{version}版第{number}段。",
            "id": f"mark-{version}-{number}",
            "date": "2026-01-01",
        }
        for number in range(VERSIONS[version])
    ]
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    (seeds / "mark.jsonl").write_text(lines, "utf-8")


def build_again_and_again(folder: Path) -> None:
    """Build with the other version each time, now and then all from the beginning; say when one is done."""
    for number in itertools.count():
        mark(folder / "seeds", [*VERSIONS][number % 2])
        build_index(folder / "seeds", folder / "index", full=number % _FULL_EVERY == _FULL_EVERY - 1)
        print(f"{number + 1} builds", flush=True)


if __name__ == "__main__":
    build_again_and_again(Path(sys.argv[1]))
