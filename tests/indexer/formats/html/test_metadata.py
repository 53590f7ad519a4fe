"""Titles and days from the head of a page, and days that are none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

pytest.importorskip("lxml")

from indexer.formats.html.metadata import read_metadata
from indexer.formats.html.tree import parse

TOMORROW_WEEK = (datetime.now(tz=UTC) + timedelta(days=8)).date().isoformat()


def linked_data(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def day_of(head: str) -> str | None:
    return read_metadata(parse(f"<html><head>{head}</head><body><p>正文</p></body></html>")).date


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="PubDate" content="2025-03-05 10:20">',
        '<meta property="article:published_time" content="2025-03-05T10:20:00+08:00">',
        '<meta name="livetime" content="202503051020">',
        '<meta itemprop="datePublished" content="2025年3月5日">',
        linked_data('{"@graph":[{"@type":"NewsArticle","datePublished":"2025-03-05"}]}'),
        linked_data('[{"@type":"Article","datePublished":"Wed Mar 05 14:36:32 HKT 2025"}]'),
        linked_data('{"@type":"Article","datePublished":"2025-03-05",,}'),
        '<meta name="date_published" content="Wed, 05 Mar 2025 10:20:00 GMT">',
        '<time datetime="2025-03-05T10:20">今天</time>',
        '<time datetime="2024-01-02"></time><time pubdate datetime="2025-03-05"></time>',
    ],
)
def test_the_day_is_read(head: str) -> None:
    assert day_of(head) == "2025-03-05"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="copyright" content="2025-03-05">',
        '<meta name="PubDate" content="2025">',
        '<meta name="PubDate" content="2025-13-41">',
        '<meta name="PubDate" content="1970-01-01 00:00">',
        f'<meta name="PubDate" content="{TOMORROW_WEEK}">',
        '<meta name="PubDate" content="{{ date }}">',
        linked_data('{"@type":"Organization","datePublished":"2025-03-05"}'),
        '<time datetime="2025-03-04"></time><time datetime="2025-03-05"></time>',
        "<p>版权所有 2001-2025</p>",
    ],
)
def test_what_is_no_day_of_the_article_is_none(head: str) -> None:
    assert day_of(head) is None


def test_the_titles_of_the_article_stand_first() -> None:
    tree = parse(
        '<head><title>标题_某网</title><meta property="og:title" content="标题">'
        + linked_data('{"@type":"Article","headline":"长标题"}')
        + "</head><p>正文</p>"
    )
    assert read_metadata(tree).titles == ["长标题", "标题", "标题_某网"]
