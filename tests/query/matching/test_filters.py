"""Filters: texts and dates that pass the paragraphs with such values, and no others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer import LianghuiError, build_index
from query import Index, open_index
from tests.conftest import MakeSeeds
from tests.query.conftest import lines_found


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
        ({"date": "2月25日"}, {67, 69, 71, 75, 77, 81, 83}),
        ({"date": "114年2月25日"}, {67, 69, 71, 75, 77, 81, 83}),
        ({"date": "2025年2月24日至25日"}, {67, 69, 71, 75, 77, 81, 83}),
        ({"date": "3月"}, set()),
        ({"speaker": "王大锤"}, set()),
    ],
)
def test_a_filter_passes_what_its_text_occurs_in(
    page: Index, filters: dict[str, str], lines: set[int] | None
) -> None:
    everything = {paragraph.lines[0] for paragraph in page.paragraphs()}
    assert set(lines_found(page, "", **filters)) == (everything if lines is None else lines)


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
    conference = set(lines_found(page, "", session="政协第十四届太原市委员会第四次会议"))
    assert {57, 69, 75, 101, 117, 145} <= conference
    assert set(lines_found(page, "", session=spelling)) == conference
    assert set(lines_found(page, "", session="人民代表大会")).isdisjoint(conference)


def test_a_filter_and_a_query_are_both_asked_for(page: Index) -> None:
    assert lines_found(page, "人才", speaker="张艳丽") == [95, 91]


def test_of_several_texts_of_a_filter_one_is_enough(page: Index) -> None:
    hits = page.search("", speaker=["薛宁", "田云"])
    assert {hit.lines[0] for hit in hits} == {19, 29}


def test_a_filter_does_not_change_the_scores(page: Index) -> None:
    free = {hit.id: hit.score for hit in page.search("人才", limit=100)}
    assert all(free[hit.id] == hit.score for hit in page.search("人才", speaker="张艳丽"))


def test_how_a_speaker_is_known_is_a_filter(page: Index) -> None:
    assert set(lines_found(page, "", how="inherited")) == {75, 77, 91, 95}
    assert set(lines_found(page, "", how=["quoted", "organisation"])) == {29, 43, 71}


def test_a_field_in_the_query_is_the_filter_of_the_same_name(page: Index) -> None:
    assert lines_found(page, "发言人：张艳丽 低空经济") == lines_found(page, "低空经济", speaker="张艳丽")
    assert lines_found(page, "date:2025-02 低空经济") == lines_found(page, "低空经济", date="2025-02")
    spelt = "会议：市政协十四届四次会议 经济"
    assert lines_found(page, spelt) == lines_found(page, "经济", session="市政协十四届四次会议") != []


@pytest.mark.parametrize("date", ["某天", "2025-13", "2025-02-32", "..", "", "2025-02...2025-03"])
def test_a_date_that_cannot_be_read_is_an_error(page: Index, date: str) -> None:
    with pytest.raises(LianghuiError, match="date"):
        page.search("人才", date=date)


def test_an_empty_filter_is_an_error(page: Index) -> None:
    with pytest.raises(LianghuiError, match="--speaker"):
        page.search("人才", speaker=" ")


def test_a_kind_and_a_way_of_knowing_are_asked_for_as_they_are_shown(page: Index) -> None:
    assert page.ids("", kind="小标题") == page.ids("", kind="section") != set()
    assert page.ids("", how="承前段") == page.ids("", how="inherited") != set()


def test_days_that_are_mentioned_are_dates_too(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    build_index(make_seeds({"a.jsonl": '{"text": "1999年10月1日和2005年3月5日。"}'}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        for date in ("1999-10", "1999年10月", "10月1日", "民國94年3月", "1999..2001"):
            assert len(index.ids("", mentioned_date=date)) == 1, date
        assert index.ids("", mentioned_date="2000") == set()


def test_what_is_of_a_year_may_be_of_each_of_its_days(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    records = [{"text": f"低空{day}", "date": day} for day in ("2024", "2024-12", "2024-12-30", "2025-01")]
    build_index(make_seeds({"a.jsonl": "\n".join(map(json.dumps, records))}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        for date, days in (
            ("2024", {"2024", "2024-12", "2024-12-30"}),
            ("2024-01-01..2024-12-31", {"2024", "2024-12", "2024-12-30"}),
            ("2024-12-31..2025-01-01", {"2024", "2024-12", "2025-01"}),
            ("2024-03", {"2024"}),
            ("12月..1月", {"2024", "2024-12", "2024-12-30", "2025-01"}),
            ("2月", {"2024"}),
        ):
            assert {hit.date for hit in index.search("", date=date)} == days, date


def test_behind_an_equals_sign_stands_a_whole_value(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    names = ("赵某", "赵某兰", "趙某", "=赵某", "")
    sessions = ("某市第一次会议", "某市第一次会议预备会")
    records = [
        {"text": f"第{number}段。", "speakers": [name] if name else [], "sessions": [sessions[number % 2]]}
        for number, name in enumerate(names)
    ]
    build_index(make_seeds({"a.jsonl": "\n".join(map(json.dumps, records))}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert lines_found(index, "", speaker="赵某") == [1, 2, 3, 4]
        assert lines_found(index, "", speaker="=赵某") == [1]  # written so
        assert lines_found(index, "", speaker="=趙某") == [3]
        assert lines_found(index, "", speaker="＝趙某蘭") == [2]  # nobody is, and this is the same, folded
        assert lines_found(index, "", speaker="==赵某") == [4]
        assert lines_found(index, "", speaker="=某") == []
        assert lines_found(index, "", session="=某市第一次会议") == [1, 3, 5]
        assert lines_found(index, "发言人：=赵某") == lines_found(index, '发言人："=赵某"') == [1]
        assert set(lines_found(index, "-发言人：=赵某 段")) == {2, 3, 4, 5}
        assert index.search("", how="=录入").total == 4
        results = index.search("", speaker="=赵梅")  # like nobody, and not taken for anybody
        assert (results.total, results.meant, results.unmet[0].text) == (0, {}, "=赵梅")
        with pytest.raises(LianghuiError, match="the filter --speaker is empty"):
            index.search("", speaker="=")


def test_behind_an_equals_sign_a_date_is_known_and_not_only_possible(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    days = ("2024", "2024-12", "2024-12-30", "2025-01", "2024-11-30..2024-12-02")
    records = [{"text": f"低空{day}", "date": day} for day in days]
    build_index(make_seeds({"a.jsonl": "\n".join(map(json.dumps, records))}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        for field in ("month", "year"):
            for value in index.values(field):
                found = index.search("", date=f"={value.value}").total
                assert found == value.count or value.value == "2024", value
        assert {hit.date for hit in index.search("", date="=2024-12")} == {"2024-12", "2024-12-30"}
        assert index.search("", date="2024-12").total == 4
        assert index.search("", date="=2024").total == 4
        assert index.search("日期：=2024-11").total == 1
        assert index.search("", date="=12月").total == index.search("", date="12月").total


@pytest.mark.parametrize(
    "spelling", ["第9屆第4會期第15次會議", "立法院第九届第四会期", "第9屆", "立法院第9屆第4會期第15次會議"]
)
def test_a_session_of_the_yuan_is_asked_for_by_a_part_of_its_name(
    make_seeds: MakeSeeds, tmp_path: Path, spelling: str
) -> None:
    names = ["立法院第九届第四会期第十五次会议", "立法院第八届第四会期第十五次会议"]
    records = [{"text": f"低空{name}", "sessions": [name]} for name in names]
    build_index(make_seeds({"a.jsonl": "\n".join(map(json.dumps, records))}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert [hit.sessions[0].term for hit in index.search("低空", session=spelling)] == [9]
