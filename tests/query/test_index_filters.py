"""Filters and facets, through the library."""

from __future__ import annotations

from typing import Any

import pytest

from query import Index, QueryError


def found(index: Index, query: str, **filters: Any) -> list[int]:
    return [hit.lines[0] for hit in index.search(query, limit=100, **filters)]


@pytest.mark.parametrize(
    ("filters", "lines"),
    [
        ({"speaker": "张艳丽"}, {87, 89, 91, 95}),
        ({"speaker": "張艷麗"}, {87, 89, 91, 95}),
        ({"role": "委员"}, {19, 23, 29, 33, 69, 71, 75, 77, 81}),
        ({"role": "市人大代表"}, {87, 89, 91, 95}),
        ({"org": "职业技术学校"}, {69, 71, 75, 77, 81}),
        ({"org": "总裁"}, {87, 89, 91, 95}),
        ({"topic": "赋能高质量发展"}, {87, 89, 91, 95}),
        ({"speaker": "张艳丽", "topic": "专精特新"}, {91}),
        ({"type": "报告"}, {113, 115, 117, 119, 123}),
        ({"kind": "caption"}, {53, 57}),
        ({"mentions": "范兆森"}, {131}),
        ({"mentions": "张守耀"}, {101, 109, 131}),
        ({"reporter": "陈嘉欣", "kind": "headline"}, {5, 7, 85}),
        ({"source": "000_53d8"}, None),
        ({"date": "2025-02-25"}, {67, 69, 71, 75, 77, 81, 83}),
        ({"date": "2025年2月25日"}, {67, 69, 71, 75, 77, 81, 83}),
        ({"date": "..2025-02-25"}, {67, 69, 71, 75, 77, 81, 83}),
        ({"date": "2025-03.."}, set()),
        ({"speaker": "王大锤"}, set()),
    ],
)
def test_a_filter_passes_what_its_text_occurs_in(
    page: Index, filters: dict[str, str], lines: set[int] | None
) -> None:
    everything = {paragraph.lines[0] for paragraph in page.paragraphs()}
    assert set(found(page, "", **filters)) == (everything if lines is None else lines)


@pytest.mark.parametrize(
    "spelling",
    [
        "市政协十四届四次会议",
        "政协第十四届太原市委员会第四次会议",
        "中国人民政治协商会议第十四届山西省太原市委员会第四次会议",
        "太原市政协14届4次会议",
    ],
)
def test_a_session_is_found_by_any_of_its_spellings(page: Index, spelling: str) -> None:
    conference = set(found(page, "", session="政协第十四届太原市委员会第四次会议"))
    assert {57, 69, 75, 101, 117, 145} <= conference
    assert set(found(page, "", session=spelling)) == conference
    assert set(found(page, "", session="人民代表大会")).isdisjoint(conference)


def test_a_filter_and_a_query_are_both_asked_for(page: Index) -> None:
    assert found(page, "人才", speaker="张艳丽") == [95, 91]


def test_of_several_texts_of_a_filter_one_is_enough(page: Index) -> None:
    hits = page.search("", speaker=["薛宁", "田云"])
    assert {hit.lines[0] for hit in hits} == {19, 29}


def test_a_filter_does_not_change_the_scores(page: Index) -> None:
    free = {hit.id: hit.score for hit in page.search("人才", limit=100)}
    assert all(free[hit.id] == hit.score for hit in page.search("人才", speaker="张艳丽"))


def test_how_a_speaker_is_known_is_a_filter(page: Index) -> None:
    assert set(found(page, "", how="inherited")) == {75, 77, 91, 95}
    assert set(found(page, "", how=["quoted", "organisation"])) == {29, 43, 71}


def test_a_field_in_the_query_is_the_filter_of_the_same_name(page: Index) -> None:
    assert found(page, "发言人：张艳丽 低空经济") == found(page, "低空经济", speaker="张艳丽")
    assert found(page, "date:2025-02 低空经济") == found(page, "低空经济", date="2025-02")
    spelt = "会议：市政协十四届四次会议 经济"
    assert found(page, spelt) == found(page, "经济", session="市政协十四届四次会议") != []


def test_what_a_field_excludes_is_not_found(page: Index) -> None:
    rest = found(page, "低空经济 -speaker:张艳丽")
    assert set(rest) == set(found(page, "低空经济")) - set(found(page, "低空经济", speaker="张艳丽"))


def test_a_field_that_cannot_be_understood_is_shown_in_the_query(page: Index) -> None:
    with pytest.raises(QueryError, match="cannot be read") as caught:
        page.search("低空 date:某日")
    assert caught.value.position == 3


def test_facets_count_all_that_was_found(page: Index) -> None:
    results = page.search("低空经济", limit=1)
    assert {facet.value: facet.count for facet in results.facets["speaker"]} == {"张艳丽": 4, "刘文浩": 1}
    assert [(f.value, f.count) for f in results.facets["month"]] == [("2025-02", 6)]
    assert set(results.facets) == {"speaker", "role", "topic", "session", "document_type", "month"}


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


def test_values_come_with_the_whole_answer(page: Index) -> None:
    results = page.count_values("speaker", "低空经济")
    assert results.facets == {"speaker": page.values("speaker", "低空经济")}
    assert (results.total, results.hits, results.rung) == (9, (), "exact")
