"""The pages of a paragraph, a speaker, a topic, a session; lists, status, the advanced form, suggestions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from query import open_index
from query.page.texts import Texts
from query.page.views.advanced import write_query
from tests.query.page.conftest import links, total


def test_a_paragraph_stands_in_its_page(site: TestClient, page_index: Path) -> None:
    page = site.get("/p/041303d71152").text
    with open_index(page_index) as index:
        near = index.around("041303d71152", 12)
    assert re.findall(r'<a class="line" href="/p/([^"]*)"', page) == [each.id for each in near]
    assert page.count('class="par body this"') == 1
    assert all(each.text in re.sub("<[^>]*>", "", page) for each in near)
    assert (
        '<code class="copy">《加快发展低空经济 塑造发展新优势》，张艳丽（市人大代表）发言，2025-02-26，'
        in page
    )


def test_a_page_can_be_walked_through_to_both_ends(site: TestClient, page_index: Path) -> None:
    with open_index(page_index) as index:
        everything = {each.id for each in index.paragraphs()}
    seen: set[str] = set()
    asked = ["/p/041303d71152"]
    while asked:
        page = site.get(asked.pop()).text
        found = set(re.findall(r'<a class="line" href="/p/([^"]*)"', page))
        asked += re.findall(r'<a href="([^"]*)">[↑↓]', page) if found - seen else []
        seen |= found
    assert seen == everything


def test_a_speaker_has_a_page(site: TestClient) -> None:
    page = site.get("/speaker/张艳丽").text
    assert total(page) == 4
    assert "<h1" in page
    assert "太原市第十五届人民代表大会第五次会议" in page
    assert "/results.atom?speaker=%3D" in page


def test_who_speaks_beside_a_speaker_is_named(council: TestClient) -> None:
    page = council.get("/speaker/赵某").text
    beside = re.findall(r'<p class="beside"><span class="label">(\S+)</span>(.*?)</p>', page)
    assert [label for label, _ in beside] == ["同段发言", "同会议发言"]
    assert ">钱某</a>" in beside[0][1]
    assert ">赵某</a>" not in beside[1][1]


@pytest.mark.parametrize("path", ["/speaker/赵某", "/topic/教育", "/session/某市第一次会议"])
def test_a_thing_is_not_what_its_name_is_a_part_of(council: TestClient, path: str) -> None:
    kind, name = path.strip("/").split("/")
    answer = council.get(f"/results.json?{kind}=={name}&limit=100").json()
    field = {"speaker": "speakers", "topic": "topics", "session": "sessions"}[kind]
    key = "label" if kind == "topic" else "name"
    assert answer["total"] == total(council.get(path).text)
    assert all(name in [each[key] for each in hit[field]] for hit in answer["hits"])
    assert answer["total"] < council.get(f"/results.json?{kind}={name}").json()["total"]


def test_a_thing_that_a_filter_leaves_nothing_of_is_no_error(council: TestClient) -> None:
    reply = council.get("/speaker/赵某?date=1999")
    assert reply.status_code == 200
    assert "没有找到" in reply.text


def test_a_list_is_filtered_sorted_and_narrowed_by_a_query(council: TestClient) -> None:
    def names(url: str) -> list[str]:
        page = council.get(url).text
        return re.findall(r'<li><a href="[^"]*">([^<]*)</a> <span class="count">', page)

    assert set(names("/speakers")) == {"赵某", "赵某兰", "钱某", "孙某梅", "李某"}
    assert names("/speakers?sort=value") == sorted(names("/speakers"))
    assert set(names("/speakers?name=趙")) == {"赵某", "赵某兰"}
    assert names("/speakers?name=无此人") == []
    assert names("/topics?q=话题：交通&sort=value") == ["交通", "人才"]
    assert names("/speakers?limit=2&page=3") == names("/speakers")[4:]


def test_the_status_is_shown(site: TestClient) -> None:
    page = site.get("/status").text
    for shown in ("最新", "正文 35", "1 个文件", "lianghui index 7"):
        assert shown in page


@pytest.mark.parametrize(
    ("given", "query"),
    [
        ({"words_all": "低空 经济"}, "低空 经济"),
        ({"words_all": "a:b OR (x"}, 'a:b "OR" "(x"'.replace("a:b", '"a:b"')),
        ({"words_phrase": '他说"好"'}, '"他说""好"""'),
        ({"words_any": "低空 教育"}, "(低空 OR 教育)"),
        ({"words_none": "低空 教育"}, "-低空 -教育"),
        ({"speaker": "张艳丽", "session": "政协 第十四届"}, '发言人：张艳丽 会议："政协 第十四届"'),
        ({"date_from": "2025-02", "date_to": "2025-03"}, "日期：2025-02..2025-03"),
        ({"date_from": "2025年2月"}, "日期：2025年2月.."),
        ({"words_all": "张?丽", "type": "决议"}, "张?丽 文体：决议"),
        ({}, ""),
    ],
)
def test_the_form_writes_the_query_language(given: dict[str, str], query: str) -> None:
    assert write_query(given, Texts("zh")) == query


def test_what_the_form_writes_is_a_query_that_answers(site: TestClient) -> None:
    given = {
        "words_all": "低空",
        "words_none": "教育",
        "speaker": "张艳丽",
        "date_from": "2025-01",
        "date_to": "2025-12",
    }
    reply = site.get("/advanced", params=given, follow_redirects=False)
    assert (reply.status_code, reply.content) == (303, b"")
    assert reply.headers["location"].startswith("/?q=")
    found = site.get(reply.headers["location"])
    assert total(found.text) == site.get("/results.json?q=低空 -教育&speaker=张艳丽").json()["total"] > 0


def test_what_is_typed_is_suggested(site: TestClient) -> None:
    def suggested(text: str) -> list[tuple[str, str, int]]:
        return [tuple(each.values()) for each in site.get("/suggest", params={"q": text}).json()]

    assert ("发言人", "张艳丽", 4) in suggested("张")
    assert suggested("zhangyanli") == suggested("zyl") == [("发言人", "张艳丽", 4)]
    assert ("话题", "低空经济", 4) in suggested("dikong")
    assert any(label == "标题" for label, _, _ in suggested("低空"))
    assert suggested("") == suggested("量子") == suggested("低" * 100) == []


def test_every_link_of_every_page_leads_somewhere(site: TestClient) -> None:
    seen: set[str] = set()
    asked = ["/"]
    while asked and len(seen) < 150:
        url = asked.pop(0)
        if url in seen:
            continue
        seen.add(url)
        reply = site.get(url)
        assert reply.status_code == 200, url
        if reply.headers["content-type"].startswith("text/html"):
            asked += [link for link in links(reply.text) if link.startswith("/")]
    assert len(seen) == 150
