"""Sessions and dates from any spelling."""

from __future__ import annotations

import pytest

from indexer.extraction.dates import first_date, page_year
from indexer.extraction.sessions import agrees, page_places, parse_session, sessions_in

CPPCC = "政协第十四届太原市委员会第四次会议"


@pytest.mark.parametrize(
    "spelling",
    [
        "市政协十四届四次会议",
        "市政协14届4次会议",
        "太原市政协十四届四次会议",
        "政协太原市第十四届委员会第四次会议",
        "政协第十四届山西省太原市委员会第四次会议",
        "中国人民政治协商会议第十四届山西省太原市委员会第四次会议",
        "中国人民政治协商会议 第十四届山西省太原市委员会第四次会议",
    ],
)
def test_every_spelling_of_a_session_has_one_name(spelling: str) -> None:
    assert [session.name for session in sessions_in(spelling, {"市": "太原市"})] == [CPPCC]


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("市十五届人大五次会议", "太原市第十五届人民代表大会第五次会议"),
        ("市人大十五届五次会议", "太原市第十五届人民代表大会第五次会议"),
        ("十四届全国人大三次会议", "第十四届全国人民代表大会第三次会议"),
        ("第十四届全国人民代表大会第三次会议", "第十四届全国人民代表大会第三次会议"),
        ("全国政协十二届一次会议", "政协第十二届全国委员会第一次会议"),
        ("海拉尔区第十三届人民代表大会第六次会议", "海拉尔区第十三届人民代表大会第六次会议"),
        ("立法院第7屆第6會期第13次會議議事錄", "立法院第七届第六会期第十三次会议"),
        ("宣讀本院第7屆第6會期第12次會議議事錄", "立法院第七届第六会期第十二次会议"),
        ("第六屆立法會的會議", "第六届立法会"),
        ("南投縣議會第二十屆第六次定期會", "南投县议会第二十届第六次会议"),
    ],
)
def test_both_bodies_are_read_at_every_level(spelling: str, name: str) -> None:
    assert [session.name for session in sessions_in(spelling, {"市": "太原市"})] == [name]


def test_a_session_in_a_sentence_loses_the_words_before_it() -> None:
    (session,) = sessions_in("2月26日，出席市十五届人大五次会议的代表们")
    assert (session.body, session.level, session.place, session.term, session.sitting) == (
        "人大",
        "市",
        None,
        15,
        5,
    )


@pytest.mark.parametrize("text", ["中共山西省委十二届九次全体会议", "市委经济工作会议", "十四届四次会议"])
def test_a_party_meeting_is_no_session(text: str) -> None:
    assert sessions_in(text) == ()


def test_the_page_tells_the_place_that_a_level_means() -> None:
    sessions = sessions_in("政协第十四届山西省太原市委员会第四次会议；市十五届人大五次会议")
    assert page_places(sessions) == {"市": "太原市"}


def test_spellings_agree_where_neither_contradicts_the_other() -> None:
    full = parse_session("政协第十四届太原市委员会第四次会议")
    short = parse_session("市政协十四届四次会议")
    other = parse_session("市政协十四届三次会议")
    assert full is not None
    assert short is not None
    assert other is not None
    assert agrees(short, full)
    assert not agrees(other, full)


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("（2025年2月26日政协某某会议通过）", None, "2025-02-26"),
        ("2月26日，在会议上", 2025, "2025-02-26"),
        ("2月26日，在会议上", None, None),
        ("2012-03-20 A1版", None, "2012-03-20"),
        ("2月30日和3月1日", 2025, "2025-03-01"),
        ("12时，共收到提案", 2025, None),
        ("昨日", 2025, None),
        ("中華民國 99 年12月24日（星期五）", None, "2010-12-24"),
        ("民國九十四年三月五日", None, "2005-03-05"),
        ("二〇二五年二月二十六日", None, "2025-02-26"),
        ("２０２５年２月２６日", None, "2025-02-26"),
    ],
)
def test_a_day_is_completed_with_the_year_of_the_page(text: str, year: int | None, day: str | None) -> None:
    assert first_date(text, year) == day


def test_the_year_of_a_page_is_the_one_it_names_most() -> None:
    assert page_year("2024年1月1日，2025年2月24日，2025年2月26日，3月1日") == 2025
    assert page_year("2月26日") is None
