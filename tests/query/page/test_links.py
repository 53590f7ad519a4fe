"""Every count on a page is the number of paragraphs that its link leads to."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

from tests.query.page.conftest import MakeSite, Records, counted, total

ASKED = {
    "a word": "/?q=教育",
    "two words": "/?q=教育 人才",
    "a word in the context of others": "/?q=赵某 教育",
    "a field in the query": "/?q=教育 OR 话题：人才",
    "an exact filter": "/?q=教育&speaker==赵某",
    "a filter that holds": "/?q=教育&speaker=赵",
    "a filter alone": "/?session==某市第一次会议",
    "a day": "/?q=教育&date==2025-02",
    "a range": "/?q=教育&date=2025-01..2025-03",
    "equal texts once": "/?q=教育&collapse=1",
    "only as asked": "/?q=教育&strict=1",
    "by year": "/?q=教育&by=year",
    "by share": "/?q=人才&share=1",
    "most of a question's words": "/?q=学校怎样培养教育人才和低空宇宙飞船",
    "a speaker": "/speaker/赵某",
    "a topic": "/topic/教育",
    "a session": "/session/某市第一次会议",
}


@pytest.mark.parametrize("url", ASKED.values(), ids=ASKED)
def test_every_facet_bar_and_cell_leads_to_the_count_it_shows(council: TestClient, url: str) -> None:
    page = council.get(url)
    assert page.status_code == 200
    links = counted(page.text)
    assert len(links) >= 8
    for link in links:
        found = total(council.get(link.url).text)
        assert found >= link.count if link.at_least else found == link.count, link


def test_what_is_listed_leads_to_the_count_it_shows(council: TestClient) -> None:
    for path in ("/", "/speakers", "/topics", "/sessions", "/topics?q=人才"):
        links = counted(council.get(path).text)
        assert len(links) >= 2
        if "q=" not in path:
            assert all(total(council.get(link.url).text) == link.count for link in links)


@pytest.mark.parametrize(
    "url", ["/?q=人才", "/speaker/赵某", "/session/某市第一次会议?q=学校", "/?q=赵某 教育"]
)
def test_the_list_of_all_values_is_as_long_as_is_said(
    make_site: MakeSite, records: Records, url: str
) -> None:
    site = make_site(
        [record | {"topics": [*record["topics"], f"题{at % 9}"]} for at, record in enumerate(records)]
    )
    found = re.findall(r'<p class="all"><a href="([^"]*)">全部 (\d+) 个', site.get(url).text)
    assert found
    for address, size in found:
        assert f"共 {size} 个" in site.get(html.unescape(address)).text


def test_a_lower_rung_is_in_the_table_above(council: TestClient) -> None:
    page = council.get(ASKED["most of a question's words"])
    assert any(link.at_least for link in counted(page.text))
    assert "含有其中一些词" in page.text
    assert "含有每个词" in council.get(ASKED["a word in the context of others"]).text
