"""The application: addresses, methods, hosts, headers, languages, and what is said of no answer."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from starlette.testclient import TestClient

from query.page.application import SECURITY_HEADERS
from query.page.texts import TEXT_KEYS
from query.rewriting.relaxation import Rung
from tests.conftest import ROOT

PAGES = (
    "/",
    "/?q=低空经济",
    "/p/041303d71152",
    "/speaker/张艳丽",
    "/topic/低空经济",
    "/session/太原市第十五届人民代表大会第五次会议",
    "/speakers",
    "/topics",
    "/sessions",
    "/status",
    "/advanced",
)
FILES = (
    "/results.json?q=低空",
    "/results.atom?q=低空",
    "/speakers.csv",
    "/suggest?q=张",
    "/style.css",
    "/page.js",
    "/icon.svg",
)
ERRORS = {
    "/nowhere": 404,
    "/p/nobody": 404,
    "/speaker/某某": 404,
    "/speaker/某某?q=低空": 404,
    "/topic/%00": 404,
    "/session/某会议": 404,
    "/?q=低空&page=9": 404,
    "/speakers?page=9": 404,
    "/?q=(低空": 400,
    "/?q=低空&date=某日": 400,
    "/?q=低空&sort=best": 400,
    "/?q=低空&sort=value": 400,
    "/speakers?sort=date": 400,
    "/?q=" + "a" * 10_001: 400,
    "/?speaker=" + "张" * 2_001: 400,
    "/?" + "&".join(f"speaker=张{number}" for number in range(21)): 400,
    "/results.json?q=(低空": 400,
    "/results.csv": 400,
    "/speakers.atom": 404,
    "/results.xml?q=低空": 404,
    "/p/": 404,
    "/..%2f..%2fetc%2fpasswd": 404,
}


@pytest.mark.parametrize("path", [*PAGES, *FILES, *ERRORS])
def test_every_reply_tells_the_browser_what_it_may_do(site: TestClient, path: str) -> None:
    reply = site.get(path)
    assert reply.status_code == ERRORS.get(path, 200)
    assert all(reply.headers[name] == value for name, value in SECURITY_HEADERS.items())
    policy = reply.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_script_or_a_style_of_its_own(site: TestClient, path: str) -> None:
    html = site.get(path).text
    assert html.startswith("<!doctype html>")
    assert re.findall(r"<script[^>]*>", html) == re.findall(
        r'<script src="/page\.js\?[0-9a-f]{8}" defer>', html
    )
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_reading_is_allowed(site: TestClient, method: str) -> None:
    reply = site.request(method, "/?q=低空")
    assert reply.status_code == 405
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_the_head_of_a_page_can_be_asked_for(site: TestClient) -> None:
    reply = site.head("/?q=低空")
    assert (reply.status_code, reply.content) == (200, b"")
    assert int(reply.headers["content-length"]) > 1_000


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8420", "", "[::2]"]
)
def test_a_strange_host_is_refused(site: TestClient, host: str) -> None:
    reply = site.get("/?q=低空", headers={"Host": host})
    assert reply.status_code == 400
    assert "低空" not in reply.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8420", "[::1]:8420", "LOCALHOST"])
def test_this_machine_may_ask_by_each_of_its_names(site: TestClient, host: str) -> None:
    assert site.get("/?q=低空", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh-Hans"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("en;q=0.5,zh;q=0.6", "zh-Hans"),
        ("fr, en;q=0.3", "en"),
        ("en;q=x", "zh-Hans"),
        (",;q=,;;", "zh-Hans"),
    ],
)
def test_readers_are_answered_in_their_language(site: TestClient, accepted: str, language: str) -> None:
    reply = site.get("/?q=低空", headers={"Accept-Language": accepted})
    assert f'<html lang="{language}">' in reply.text
    assert reply.headers["Vary"] == "Accept-Language"


def test_a_reader_may_choose_the_other_language_and_keeps_it(site: TestClient) -> None:
    page = site.get("/?q=低空&lang=en").text
    assert '<html lang="en">' in page
    assert "paragraphs" in page
    assert 'href="/?q=%E4%BD%8E%E7%A9%BA&amp;lang=zh" lang="zh"' in page
    assert re.findall(r'href="(/speaker/[^"?]*)(\?lang=en)"', page)


def test_a_bad_query_is_shown_with_a_caret_and_the_remedy(site: TestClient) -> None:
    page = site.get("/?q=低空 (经济").text
    arrow = '<span class="arrow" aria-hidden="true">^</span>'
    assert f'<span>低空 </span><span class="caret">({arrow}</span><span>经济</span>' in page
    assert "the bracket that opens here is never closed; add ), or quote it" in page
    assert 'value="低空 (经济"' in page  # to be mended


def test_a_bad_query_for_a_file_is_told_in_its_format(site: TestClient) -> None:
    assert "never closed" in site.get("/results.json?q=(低空").json()["error"]
    assert site.get("/results.csv?q=(低空").text.startswith("the bracket that opens here")
    assert site.get("/results.csv?q=(低空").headers["content-type"].startswith("text/plain")


def test_static_files_are_kept_and_their_addresses_change_with_them(site: TestClient) -> None:
    (address,) = re.findall(r'href="(/style\.css\?[0-9a-f]{8})"', site.get("/").text)
    reply = site.get(address)
    assert "immutable" in reply.headers["Cache-Control"]
    assert reply.headers["content-type"].startswith("text/css")


def test_a_pasted_text_makes_no_page_heavy(site: TestClient) -> None:
    pasted = site.get("/results.json?q=山西低空经济产业联盟").json()["hits"][0]["text"] * 3
    page = site.get("/", params={"q": pasted})
    assert len(pasted) > 300
    assert "检索式较长，下列数目不带链接。" in page.text
    assert '<span class="count">' in page.text
    assert len(page.content) <= 150_000


def test_a_page_of_results_is_light(site: TestClient) -> None:
    for path in ("/?q=太原", "/?q=低空经济&limit=10", "/session/政协第十四届太原市委员会第四次会议"):
        assert len(site.get(path).content) <= 60_000
    shared = sum(len(site.get(f"/{name}").content) for name in ("style.css", "page.js", "icon.svg"))
    assert shared <= 30_000


def test_every_text_is_said_somewhere() -> None:
    room = ROOT / "query" / "page"
    sources = "".join(
        path.read_text("utf-8")
        for path in (*room.rglob("*.py"), *room.rglob("*.html"))
        if path.name != "texts.py"
    )
    composed = ("by_", "e4", "e5", "sort_", "un", "words_", "date_")
    unsaid = [
        key
        for key in TEXT_KEYS
        if not re.search(rf"['\"]{re.escape(key)}['\"]", sources)
        and key not in get_args(Rung)
        and not key.startswith(composed)
        and not key.endswith("_page")
    ]
    assert unsaid == []
