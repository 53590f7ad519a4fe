"""Facets: how many of the paragraphs found have each value of a field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer import build_index
from query import Index, open_index
from tests.conftest import MakeSeeds


def test_facets_count_all_that_was_found(page: Index) -> None:
    results = page.search("低空经济", limit=1)
    assert {facet.value: facet.count for facet in results.facets["speaker"]} == {"张艳丽": 4, "刘文浩": 1}
    assert [(f.value, f.count) for f in results.facets["month"]] == [("2025-02", 9)]
    mentioned = {"mentioned_session", "mentioned_date"}
    assert {*results.facets} - mentioned == {
        *("speaker", "role", "how", "topic", "session", "document_type", "source", "month", "year")
    }


def test_values_are_counted_over_everything_or_over_a_query(page: Index) -> None:
    speakers = [(facet.value, facet.count) for facet in page.values("speaker")]
    assert speakers[:3] == [("会议", 6), ("张毅敏", 5), ("张艳丽", 4)]
    assert [facet.value for facet in page.values("speaker", "低空经济")] == ["张艳丽", "刘文浩"]
    assert [facet.value for facet in page.values("session", speaker="张艳丽")] == [
        "太原市第十五届人民代表大会第五次会议"
    ]


def test_values_are_counted_within_each_other(page: Index) -> None:
    (facet,) = page.values("speaker", speaker="张毅敏", by="role")
    assert [(inner.value, inner.count) for inner in facet.by] == [("市政协委员", 5)]


@pytest.fixture
def sessions(make_seeds: MakeSeeds, tmp_path: Path) -> Path:
    """Build an index of 100 paragraphs, each of one of 50 speakers and of one of 2 topics."""
    records = [
        {"text": f"第{number}段。", "speakers": [f"赵某{number % 50:02}"], "topics": [f"话题{number % 2}"]}
        for number in range(100)
    ]
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    build_index(make_seeds({"a.jsonl": lines}), tmp_path / "index")
    return tmp_path / "index"


def test_of_many_equal_values_the_first_by_their_text_are_listed(sessions: Path) -> None:
    with open_index(sessions) as index:
        facets = index.search("段").facets["speaker"]
        assert [(facet.value, facet.count) for facet in facets] == [(f"赵某{at:02}", 2) for at in range(20)]


def test_few_paragraphs_and_many_are_counted_alike(sessions: Path) -> None:
    with open_index(sessions) as index:
        assert {facet.value: facet.count for facet in index.values("topic", "段")} == {
            "话题0": 50,
            "话题1": 50,
        }
        assert [(facet.value, facet.count) for facet in index.values("topic", "第7段")] == [("话题1", 1)]
