"""Nothing of a seed or a query is ever markup, or controls a browser, or makes a page too large."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from indexer import build_index
from tests.query.page.conftest import client_of, links

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>'\"&amp;</p>{{ 9*9371 }}{% raw %}"
BIDI = "\u202e反\u2066向\u200b\x07\x1b[31m\ud7ff"
RECORD_ID = f'"><b>{MARKUP}'
NAME = f"赵某{MARKUP}{BIDI}"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Ask the page of a hostile index."""
    with client_of(build_hostile(tmp_path_factory.mktemp("hostile"))) as client:
        yield client


def build_hostile(folder: Path) -> Path:
    """Build an index of records that hold markup in every field, and of a line of a megabyte."""
    fields = ("title", "section", "document_type", "lead")
    record = {
        **{name: f"{name} {MARKUP}{BIDI}" for name in fields},
        "id": RECORD_ID,
        "text": f"教育{MARKUP}{BIDI}教育，人才。",
        "speakers": [
            {"name": NAME, "role": MARKUP, "organisation": MARKUP, "position": BIDI},
            {"name": "钱某"},
        ],
        "topics": [MARKUP, "教育"],
        "sessions": [f"某会{MARKUP}"],
        "mentions": [MARKUP],
        "reporters": [MARKUP],
        "chair": [MARKUP],
        "date": "2025-02-01",
    }
    other = {
        "text": "教育" * 10,
        "speakers": [NAME, "孙某"],
        "topics": [MARKUP, "教育"],
        "date": "2025-04-01",
    }
    endless = {
        "id": "endless",
        "text": f"{'甲乙丙丁。' * 70_000}教育",
        "title": "长" * 100_000,
        "speakers": ["李" * 50_000],
    }
    seeds = folder / "seeds"
    seeds.mkdir()
    lines = "\n".join(json.dumps(each, ensure_ascii=False) for each in (record, other, endless))
    (seeds / "a<b>.jsonl").write_text(lines, "utf-8")
    (seeds / "c.txt").write_text(f"标题{MARKUP}\n\n赵某兰委员建议，{MARKUP}办好教育。\n", "utf-8")
    (seeds / "<b>.pdf2").write_text("", "utf-8")
    build_index(seeds, folder / "index")
    return folder / "index"


def paths() -> list[str]:
    found = [
        "/",
        "/?q=教育",
        "/?q=教育&share=1",
        "/status",
        "/speakers",
        "/topics",
        "/sessions",
        "/topics?name=<b>",
    ]
    found += [f"/speaker/{quote(NAME, safe='')}", f"/topic/{quote(MARKUP, safe='')}"]
    found += [f"/session/{quote('某会' + MARKUP, safe='')}", f"/p/{quote(RECORD_ID, safe='')}"]
    found += [
        f"/?q={quote(MARKUP)}",
        f"/?q={quote(BIDI)}",
        f"/?speaker={quote(MARKUP)}",
        f"/speakers?q={quote(MARKUP)}",
    ]
    found += [
        f"/nowhere/{quote(MARKUP)}",
        f"/speaker/{quote(MARKUP + 'x', safe='')}",
        f"/?sort={quote(MARKUP)}",
    ]
    found += [f"/?q=(教育{quote(MARKUP)}", f"/advanced?lang={quote(MARKUP)}", "/?q=教育&lang=en"]
    return found


class Markup(HTMLParser):
    """Collects the elements of a page, and the names of their attributes."""

    def __init__(self, page: str) -> None:
        """Parse a page."""
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.add(tag)
        self.attributes.update(name for name, _ in attrs)


@pytest.mark.parametrize("path", paths())
def test_no_text_is_markup_on_any_page(hostile: TestClient, path: str) -> None:
    page = hostile.get(path)
    assert page.status_code < 500
    markup = Markup(page.text)
    assert not markup.elements & {"img", "iframe", "object", "base", "style"}
    assert not [name for name in markup.attributes if name.startswith("on") or name == "style"]
    assert page.text.count("<script") == 1
    assert "alert" not in re.findall("<script[^>]*>[^<]*", page.text)[0]
    assert "84339" not in page.text  # 9 times 9371
    shown = re.sub(r'value="[^"]*"', "", page.text)  # what was typed is not changed
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00-\x08\x1b]", shown)


def test_every_link_of_a_hostile_page_leads_somewhere(hostile: TestClient) -> None:
    about = ("/?q=人才", f"/p/{quote(RECORD_ID, safe='')}", "/topics", "/status")
    found = {link for path in about for link in links(hostile.get(path).text)} - {"#main"}
    assert len(found) > 30
    assert {hostile.get(link).status_code for link in found if "alert" in unquote(link)} == {200}


def test_a_page_of_results_stays_light(hostile: TestClient) -> None:
    for path in ("/?q=教育", "/?q=教育&sort=source", "/"):
        assert len(hostile.get(path).content) < 60_000
    assert len(hostile.get("/p/endless").content) > 1_000_000  # it is what was asked for


def test_what_is_near_a_long_paragraph_is_shown_without_it(hostile: TestClient) -> None:
    near = next(link for link in links(hostile.get("/?q=教育&sort=source").text) if link.startswith("/p/%22"))
    page = hostile.get(near)
    assert len(page.content) < 60_000
    assert 'href="/p/endless">全段</a>' in page.text


@pytest.mark.parametrize("end", ["json", "csv", "md", "atom"])
def test_files_of_a_hostile_index_are_well_formed(hostile: TestClient, end: str) -> None:
    file = hostile.get(f"/results.{end}?q=人才")
    assert file.status_code == 200
    if end == "json":
        assert file.json()["total"] == 1
    elif end == "atom":
        assert "&lt;script&gt;" in file.text
        assert "<script" not in file.text


@given(st.text(max_size=60))
def test_any_text_is_a_query_or_a_bad_request(site: TestClient, text: str) -> None:
    try:
        quote(text)
    except UnicodeEncodeError:
        return
    for path in ("/", "/speakers", "/suggest", "/results.atom"):
        assert site.get(path, params={"q": text}).status_code in (200, 400)


@given(st.text(min_size=1, max_size=30))
def test_any_name_is_there_or_not(site: TestClient, name: str) -> None:
    for kind in ("speaker", "topic", "session", "p"):
        try:
            path = f"/{kind}/{quote(name, safe='')}"
        except UnicodeEncodeError:
            return
        assert site.get(path).status_code in (200, 404)


def test_a_heavy_query_is_answered_in_time(site: TestClient) -> None:
    heavy = " OR ".join(f"*{char}?{char}*" for char in "的一是在不了有和人这中大为上个")
    started = time.perf_counter()
    assert site.get("/", params={"q": heavy}).status_code in (200, 400)
    assert time.perf_counter() - started < 10
