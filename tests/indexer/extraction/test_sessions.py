"""Sessions in any spelling."""

from __future__ import annotations

import pytest

from indexer.extraction.sessions import (
    find_sessions,
    is_compatible,
    parse_partial_session,
    parse_session,
    places_by_level,
    sessions_in,
)

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
def test_every_body_is_read_at_every_level(spelling: str, name: str) -> None:
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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("贵州省十三届人大常委会第二十一次会议", "贵州省第十三届人民代表大会常务委员会第二十一次会议"),
        ("第十三届全国人大常委会第三十二次会议", "第十三届全国人民代表大会常务委员会第三十二次会议"),
        ("全国人大常委会第七十九次会议", "全国人民代表大会常务委员会第七十九次会议"),
        ("全国政协十四届常委会第五次会议", "政协第十四届全国委员会常务委员会第五次会议"),
    ],
)
def test_a_standing_committee_has_sessions_of_its_own(text: str, name: str) -> None:
    assert [session.name for session in sessions_in(text)] == [name]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("杭州市", "杭州市"),
        ("浙江省杭州市", "杭州市"),
        ("和平区", "和平区"),
        ("本溪市", "本溪市"),
        ("自治区", None),
        ("我市", None),
        ("将台州市", "台州市"),
        ("自东台市", "东台市"),
        ("超额完成区", None),
    ],
)
def test_words_before_a_place_are_none_of_it(text: str, place: str | None) -> None:
    (session,) = sessions_in(f"{text}第十三届人大一次会议")
    assert session.place == place


@pytest.mark.parametrize("text", ["十二届人大三次会议", "全国人大三次会议", "第十二届全国人大第三次会议"])
def test_a_session_is_understood_without_its_place_or_its_term(text: str) -> None:
    asked, full = parse_partial_session(text), parse_session("第十二届全国人民代表大会第三次会议")
    assert asked is not None
    assert full is not None
    assert is_compatible(asked, full)


@pytest.mark.parametrize("text", ["人大", "政协委员", "第三次会议"])
def test_what_tells_nothing_of_a_session_names_none(text: str) -> None:
    assert parse_partial_session(text) is None


def test_a_page_gives_a_level_its_place() -> None:
    sessions = sessions_in("政协第十四届山西省太原市委员会第四次会议；市十五届人大五次会议")
    assert places_by_level(sessions) == {"市": "太原市"}


def test_spellings_are_compatible_where_neither_contradicts_the_other() -> None:
    full = parse_session("政协第十四届太原市委员会第四次会议")
    short = parse_session("市政协十四届四次会议")
    other = parse_session("市政协十四届三次会议")
    assert full is not None
    assert short is not None
    assert other is not None
    assert is_compatible(short, full)
    assert not is_compatible(other, full)


def test_a_session_is_found_with_its_place_and_without_the_words_before_it() -> None:
    ((start, end, session),) = find_sessions("出席太原市政协十四届四次会议的委员")
    assert (start, end, session.name) == (2, 14, CPPCC)
