"""Beside every list the very same list as a file, byte for byte as the command line prints it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from indexer import build_index
from tests.conftest import Command, MakeSeeds
from tests.query.page.conftest import client_of, links

ATOM = {"a": "http://www.w3.org/2005/Atom"}
TYPES = {"json": "application/json", "csv": "text/csv", "md": "text/markdown"}
LISTS = {
    "/results.{}?q=低空经济": ("search", "低空经济"),
    "/results.{}?q=低空经济&page=2&limit=4": ("search", "低空经济", "--page", "2", "-n", "4"),
    "/results.{}?q=低空经济&sort=source&collapse=1": ("search", "低空经济", "--sort", "source", "--collapse"),
    "/results.{}?q=范照森": ("search", "范照森"),
    "/results.{}?speaker==张艳丽&type=报道": ("search", "--speaker", "=张艳丽", "--type", "报道"),
    "/results.{}?q=量子计算&strict=1": ("search", "量子计算", "--strict"),
    "/speakers.{}": ("speakers",),
    "/topics.{}?q=低空&sort=value": ("topics", "低空", "--sort", "value"),
    "/sessions.{}?limit=1": ("sessions", "-n", "1"),
}


@pytest.mark.parametrize("end", TYPES)
@pytest.mark.parametrize("url", LISTS)
def test_a_file_is_what_the_command_line_prints(
    site: TestClient, lianghui: Command, page_index: Path, url: str, end: str
) -> None:
    file = site.get(url.format(end))
    run = lianghui(*LISTS[url], "--format", end, "--index", page_index)
    assert file.status_code == 200
    assert file.headers["content-type"].partition(";")[0] == TYPES[end]
    assert file.content.decode("utf-8") == run.out


@pytest.mark.parametrize(
    "url", ["/?q=低空经济&limit=4&page=2&sort=oldest", "/speaker/张艳丽?limit=3", "/topic/低空经济"]
)
def test_a_page_links_to_the_list_that_it_shows(site: TestClient, url: str) -> None:
    page = site.get(url).text
    shown = re.findall(r'<a class="id" href="/p/([^"]*)"', page)
    (address,) = [link for link in links(page) if link.startswith("/results.json")]
    assert [hit["id"] for hit in site.get(address).json()["hits"]] == shown
    rows = site.get(address.replace(".json", ".csv")).text.splitlines()[1:]
    assert len(rows) == len(shown) > 0


def feed(client: TestClient, url: str) -> ET.Element:
    answer = client.get(url)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    return ET.fromstring(answer.content)  # noqa: S314 - our own


def test_a_feed_has_the_newest_first(council: TestClient) -> None:
    root = feed(council, "/results.atom?q=教育&sort=oldest&limit=100")
    days = [str(each.findtext("a:updated", namespaces=ATOM)) for each in root.findall("a:entry", ATOM)]
    assert len(days) == 36
    assert days == sorted(days, reverse=True)
    assert days[0] == root.findtext("a:updated", namespaces=ATOM) == "2025-04-01T00:00:00Z"


def test_a_feed_says_where_it_and_its_entries_are(council: TestClient) -> None:
    root = feed(council, "/results.atom?q=教育&topic==交通")
    assert "教育" in str(root.findtext("a:title", namespaces=ATOM))
    entries = root.findall("a:entry", ATOM)
    addresses = [str(link.get("href")) for each in (root, *entries) for link in each.findall("a:link", ATOM)]
    assert all(address.startswith("http://127.0.0.1:8420/") for address in addresses)
    assert all(council.get(address).status_code == 200 for address in addresses)
    assert all(each.findtext("a:author/a:name", namespaces=ATOM) for each in entries)


def test_the_ids_of_a_feed_outlive_a_rebuild(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": "关于教育的报告\n\n赵某兰委员建议，办好教育。\n"})
    build_index(seeds, tmp_path / "index")
    client = client_of(tmp_path / "index")

    def ids() -> set[str]:
        root = feed(client, "/results.atom?q=教育")
        return {
            str(each.findtext("a:id", namespaces=ATOM)) for each in (root, *root.findall("a:entry", ATOM))
        }

    before = ids()
    assert len(before) == 3
    make_seeds({"b.txt": "钱某梅代表认为，教育是根本。\n"})
    build_index(seeds, tmp_path / "index", full=True)
    assert len(ids()) == 4
    assert ids() > before


def test_a_page_names_its_feed(site: TestClient) -> None:
    head = site.get("/?q=低空经济").text
    (address,) = re.findall(r'<link rel="alternate" type="application/atom\+xml" href="([^"]*)"', head)
    assert site.get(address.replace("&amp;", "&")).status_code == 200


def test_files_may_be_larger_than_pages_and_are_bounded(site: TestClient) -> None:
    assert site.get("/results.json?q=太原&limit=1000").json()["total"] == 30
    for url in (
        "/results.json?q=太原&limit=1001",
        "/?q=太原&limit=101",
        "/?q=太原&page=0",
        "/?q=太原&page=x",
    ):
        assert site.get(url).status_code == 400
