"""The page of an answer: hits with who, when and where, what is said of them, filters, order, pages."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from query import open_index
from tests.query.page.conftest import MakeSite, links, total


def ids(page: str) -> list[str]:
    """List the ids of the hits of a page, in order."""
    return re.findall(r'<a class="id" href="/p/([^"?]*)', page)


def test_a_hit_says_who_when_what_and_where(site: TestClient) -> None:
    page = site.get("/?q=文体旅商").text
    hit = page[page.index('<article class="hit">') : page.index("</article>")]
    for shown in (
        '<a href="/speaker/%E8%96%9B%E5%AE%81">薛宁</a><span class="details">（委员）</span>',
        '<time datetime="2025-02-26">2025-02-26</time>',
        "挺起产业硬脊梁 澎湃发展新动能 › 深挖产业赛道“增长极”",
        "<mark>文体旅商</mark>",
        "000_53d84523222cba33.txt:29",
        '<u class="evidence">薛宁委员认为</u>',
    ):
        assert shown in hit


def test_evidence_outside_of_a_snippet_is_quoted_below_it(make_site: MakeSite) -> None:
    text = f"赵某兰委员建议，{'这里很长；' * 60}最后说到教育。"
    page = make_site([{"text": text}]).get("/?q=最后说到教育").text
    assert '<q class="evidence" lang="zh">赵某兰委员建议</q>' in page
    assert '<u class="evidence">' not in page


def test_evidence_inside_a_snippet_is_marked_there(site: TestClient) -> None:
    page = site.get("/?q=打造具有太原特色的通航产业").text
    assert (
        '<u class="evidence">张艳丽建议</u>，一是加强顶层设计，<mark>打造具有太原特色的通航产业</mark>'
        in page
    )


def test_a_speaker_carried_over_is_marked_and_leads_to_the_evidence(site: TestClient) -> None:
    page = site.get("/?q=山西低空经济产业联盟").text
    assert '<span class="tag">承前段</span>' in page
    evidence, *_ = re.findall(r'<a class="evidence-link" href="([^"]*)"', page)
    assert '<u class="evidence">市人大代表、太平洋建设大区总裁张艳丽提出</u>' in site.get(evidence).text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("范照森", ("含有读音相同的名字：范兆森", "索引中没有：范照森")),
        ("张艳丽 产业联盟", ("含有每个词：张艳丽、产业联盟", '<span lang="zh">张艳丽（发言人）</span>')),
        ("“低空经济", ("引号不成对，按此检索：低空经济",)),
        ("市政协十四届四次会议", ("另查：市政协十四届四次会议 → 政协第十四届太原市委员会第四次会议",)),
        ("低空 量子计算", ("索引中没有：量子计算",)),
        ("经济 -张艳丽", ("另查：-张艳丽 → 发言人：张艳丽",)),
    ],
)
def test_an_answer_says_how_it_was_found(site: TestClient, query: str, said: tuple[str, ...]) -> None:
    page = site.get("/", params={"q": query}).text
    assert all(each in page for each in said)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/?q=量子计算&strict=1", ("没有找到", "索引中没有：量子计算", "可以减少词语")),
        ("/?q=低空经济 宋毅方&strict=1", ("各词都有，但不在同一段：低空经济（9 段）、宋毅方（1 段）",)),
        ("/?q=低空经济&role=记者", ("没有段落的身份是“记者”；有：",)),
        ("/?q=低空经济&date=2019", ("没有段落的日期是“2019”；日期从 2025-02-25 到 2025-02-26",)),
        ("/?q=低空经济&speaker=陈嘉欣", ("没有段落的发言人是“陈嘉欣”；可以按此查找：记者",)),
        ("/?q=专精特新&speaker==薛宁&strict=1", ("有 4 段与所查一致，但不符合条件。",)),
    ],
)
def test_an_empty_answer_says_why(site: TestClient, url: str, said: tuple[str, ...]) -> None:
    page = site.get(url)
    assert page.status_code == 200
    assert all(each in page.text for each in said)


def test_what_may_be_meant_is_a_link(site: TestClient) -> None:
    page = site.get("/?q=范照森&strict=1").text
    (meant,) = re.findall(r'是否要查：<a href="([^"]*)" lang="zh">范兆森</a>', page)
    assert total(site.get(meant).text) == 1


def test_what_is_close_stands_apart_and_is_not_counted(site: TestClient, page_index: object) -> None:
    page = site.get("/?q=高质量发展 教育").text
    above, below = page.split('<section class="near"')
    with open_index(str(page_index)) as index:
        results = index.search("高质量发展 教育")
    assert results.near
    assert (ids(above), ids(below)) == ([hit.id for hit in results.hits], [hit.id for hit in results.near])
    assert total(page) == results.total


@pytest.mark.parametrize("sort", ["score", "date", "oldest", "source"])
def test_the_orders_are_those_of_the_library(council: TestClient, sort: str) -> None:
    page = council.get(f"/?q=教育&sort={sort}&limit=30").text
    assert ids(page) == [
        hit["id"] for hit in council.get(f"/results.json?q=教育&sort={sort}&limit=30").json()["hits"]
    ]
    assert (
        f"<b>{ {'score': '相关', 'date': '最新', 'oldest': '最早', 'source': '原文顺序'}[sort] }</b>" in page
    )


def test_the_pages_turn_through_all_hits_once(council: TestClient) -> None:
    page, seen = council.get("/?q=教育").text, []
    while True:
        seen += ids(page)
        following = re.findall(r'<a rel="next" href="([^"]*)"', page)
        if not following:
            break
        page = council.get(following[0].replace("&amp;", "&")).text
    assert len(seen) == len(set(seen)) == 36


def test_equal_texts_can_be_shown_once(make_site: MakeSite) -> None:
    site = make_site(
        [{"text": "一致通过教育决议。", "speakers": [name]} for name in ("赵某", "钱某", "孙某")]
    )
    page = site.get("/?q=教育").text
    (once,) = [url for url in links(page) if "collapse=1" in url and url.startswith("/?")]
    collapsed = site.get(once).text
    assert (total(page), len(ids(page)), total(collapsed), len(ids(collapsed))) == (3, 3, 3, 1)
    assert "相同文字合并为 1 条" in collapsed
    assert "相同文字共 3 段" in collapsed


def test_a_filter_in_force_can_be_removed(council: TestClient) -> None:
    page = council.get("/?q=教育&speaker==赵某&topic=教育").text
    removals = re.findall(r'<a href="([^"]*)" aria-label="去掉条件 (\S+)：(\S+)"', page)
    assert [(label, value) for _, label, value in removals] == [("发言人", "赵某"), ("话题", "教育")]
    assert total(council.get(removals[0][0].replace("&amp;", "&")).text) > total(page)


def test_a_new_query_keeps_the_filters(council: TestClient) -> None:
    page = council.get("/?q=教育&speaker==赵某&lang=en").text
    assert '<input type="hidden" name="speaker" value="=赵某">' in page
    assert '<input type="hidden" name="lang" value="en">' in page


def test_a_timeline_is_absolute_or_relative(council: TestClient) -> None:
    def heights(url: str) -> dict[str, int]:
        found = re.findall(r'title="(\S+?)：[^"]*"[^>]*><i class="h(\d+)">', council.get(url).text)
        return {period: int(height) for period, height in found}

    absolute, relative = heights("/?q=学校"), heights("/?q=学校&share=1")
    assert list(absolute) == ["2024-11", "2025-01", "2025-02", "2025-04"]
    assert set(absolute) == set(relative)
    assert absolute != relative
    assert max(absolute.values()) == max(relative.values()) == 50
    page = council.get("/?q=学校").text
    assert "只知年份" in page
    assert "无日期" in page
    assert list(heights("/?q=学校&by=year")) == ["2024", "2025"]


def test_a_month_without_a_paragraph_is_a_gap(council: TestClient) -> None:
    page = council.get("/?q=教育").text
    bars = page[page.index('<ol class="bars') : page.index("</ol>", page.index('<ol class="bars'))]
    assert bars.count("<li>") == 6  # November to April
    assert bars.count("<a ") == 4


def test_the_names_are_offered_without_scripts(council: TestClient) -> None:
    page = council.get("/").text
    assert 'list="names"' in page
    assert "<option>赵某兰</option>" in page
