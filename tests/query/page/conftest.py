"""A page to ask, without a server: of the shipped page, and of records whose counts can be told by hand."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from indexer import build_index
from query.page.answering import Answering
from query.page.application import application
from query.page.exchange import Ask, Reply
from tests.conftest import MakeSeeds

Records = list[dict[str, Any]]
MakeSite = Callable[[Records], TestClient]

_LINK = re.compile(r'<a [^>]*href="([^"]*)"')
_COUNTED = re.compile(r'<a href="([^"]*)">([^<]*)</a> <span class="count">(≥?)([\d,]+)</span>')
_BAR = re.compile(r'<li><a href="([^"]*)" title="[^：]*：(≥?)([\d,]+) 段')
_CELL = re.compile(r'<td class="heat[1-5]"><a href="([^"]*)">(≥?)([\d,]+)</a></td>')
_TOTAL = re.compile(r'id="answer">共 ([\d,]+) 段')


@dataclass(frozen=True)
class Counted:
    """A link that shows a count: where it leads, and how many paragraphs it promises, or at least."""

    url: str
    count: int
    at_least: bool = False


def links(text: str) -> list[str]:
    """List where the links of a page lead."""
    return [html.unescape(url) for url in _LINK.findall(text)]


def counted(text: str) -> list[Counted]:
    """List the facets, bars and cells of a page of an answer."""
    found = [(url, sign, count) for url, _, sign, count in _COUNTED.findall(text)]
    found += [*_BAR.findall(text), *_CELL.findall(text)]
    return [Counted(html.unescape(url), _number(count), bool(sign)) for url, sign, count in found]


def total(text: str) -> int:
    """Read from the page of an answer how many paragraphs there are."""
    match = _TOTAL.search(text)
    return _number(match[1]) if match else 0


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def client_of(index: Path, **options: Any) -> TestClient:
    """Ask the page of an index, by the application and the views, without worker processes."""
    answering = Answering(index)

    async def answer(ask: Ask) -> Reply:
        return answering(ask)

    return TestClient(application(answer), "http://127.0.0.1:8420", **options)


@pytest.fixture(scope="session")
def site(page_index: Path) -> Iterator[TestClient]:
    """Ask the page of the shipped seed."""
    with client_of(page_index) as client:
        yield client


@pytest.fixture
def make_site(make_seeds: MakeSeeds, tmp_path: Path) -> MakeSite:
    """Make a function that indexes records and returns what asks their page."""

    def make(records: Records) -> TestClient:
        lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        build_index(make_seeds({"a.jsonl": lines}), tmp_path / "index")
        return client_of(tmp_path / "index")

    return make


def _record(number: int) -> dict[str, Any]:
    """Make a record; what it has repeats with different periods, so that no two counts are bound together."""
    others = ("", "", "钱某", "", "", "", "李某")
    speakers = [("赵某", "赵某兰", "钱某", "孙某梅", "")[number % 5], others[number % 7]]
    dates = ["2024-11-03", "2025-02-10", "2025-02", "2025", "", "2025-01-30..2025-02-02", "2025-04-01"]
    return {
        "id": f"r{number:02}",
        "text": f"第{number}件：关于教育和低空经济，{'要培养人才' if number % 2 else '要办好学校'}。",
        "speakers": [*dict.fromkeys(name for name in speakers if name)],
        "topics": [("教育", "教育公平", "交通")[number % 3], *(["人才"] if number % 2 else [])],
        "sessions": [("某市第一次会议", "某市第一次会议预备会")[number % 2]],
        "date": dates[number % 7] or None,
        "document_type": ("发言", "发言摘编")[number % 4 == 0],
        "title": f"题目{number % 3}",
    }


@pytest.fixture(scope="session")
def records() -> Records:
    """Make records of a few speakers, whose names, topics and sessions are parts of one another."""
    return [_record(number) for number in range(36)]


@pytest.fixture(scope="session")
def council(tmp_path_factory: pytest.TempPathFactory, records: Records) -> Iterator[TestClient]:
    """Ask the page of these records."""
    folder = tmp_path_factory.mktemp("council")
    (folder / "seeds").mkdir()
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    (folder / "seeds" / "a.jsonl").write_text(lines, "utf-8")
    build_index(folder / "seeds", folder / "index")
    with client_of(folder / "index") as client:
        yield client
