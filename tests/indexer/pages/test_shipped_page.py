"""The shipped page, read whole: what a careful reader of the page sees on it."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest

from indexer.models import Kind, Paragraph
from indexer.pages.page import read_page
from tests.conftest import SEEDS, SEGMENTER

(SEED,) = SEEDS.glob("*.txt")
TEXT = SEED.read_text("utf-8")
LINES = TEXT.split("\n")

EMPLOYMENT = "统筹教育培训和就业 培养高素质技能人才"
LOW_ALTITUDE = "加快发展低空经济 塑造发展新优势"
INDUSTRY = "挺起产业硬脊梁 澎湃发展新动能"

SPEAKERS = {
    (17, 17): ("赵建雯", "代表", INDUSTRY),
    (19, 21): ("田云", "委员", INDUSTRY),
    (23, 23): ("高三生", "委员", INDUSTRY),
    (29, 29): ("薛宁", "委员", INDUSTRY),
    (31, 31): ("柴卫国", "代表", INDUSTRY),
    (33, 35): ("刘文浩", "委员", INDUSTRY),
    (41, 41): ("张青贵", "代表", INDUSTRY),
    (43, 43): ("民盟太原市委", None, INDUSTRY),
    (69, 69): ("张毅敏", "市政协委员", EMPLOYMENT),
    (71, 73): ("张毅敏", "市政协委员", EMPLOYMENT),
    (75, 75): ("张毅敏", "市政协委员", EMPLOYMENT),
    (77, 79): ("张毅敏", "市政协委员", EMPLOYMENT),
    (81, 81): ("张毅敏", "市政协委员", EMPLOYMENT),
    (87, 87): ("张艳丽", "市人大代表", LOW_ALTITUDE),
    (89, 89): ("张艳丽", "市人大代表", LOW_ALTITUDE),
    (91, 93): ("张艳丽", "市人大代表", LOW_ALTITUDE),
    (95, 95): ("张艳丽", "市人大代表", LOW_ALTITUDE),
}


@pytest.fixture(scope="module")
def paragraphs() -> list[Paragraph]:
    return list(read_page(TEXT, SEED.name, SEGMENTER))


@pytest.fixture(scope="module")
def at(paragraphs: list[Paragraph]) -> dict[int, Paragraph]:
    return {paragraph.lines[0]: paragraph for paragraph in paragraphs}


def of_kind(paragraphs: list[Paragraph], *kinds: str) -> list[Paragraph]:
    return [paragraph for paragraph in paragraphs if paragraph.kind in kinds]


def test_the_page_has_36_paragraphs_in_7_articles_and_2_captions(paragraphs: list[Paragraph]) -> None:
    text = of_kind(paragraphs, "body", "fragment")
    assert len(text) == 36
    assert len({paragraph.title for paragraph in text}) == 7
    assert [paragraph.lines for paragraph in of_kind(paragraphs, "caption")] == [(53, 53), (57, 57)]


def test_eight_column_breaks_are_joined(paragraphs: list[Paragraph]) -> None:
    joined = [paragraph for paragraph in paragraphs if paragraph.lines[0] != paragraph.lines[1]]
    assert [paragraph.lines for paragraph in joined] == [
        (19, 21),
        (33, 35),
        (71, 73),
        (77, 79),
        (91, 93),
        (101, 103),
        (109, 111),
        (119, 121),
    ]
    for paragraph in joined:
        first, last = paragraph.lines
        assert paragraph.text == LINES[first - 1].strip() + LINES[last - 1].strip()


def test_the_one_fragment_is_marked(paragraphs: list[Paragraph]) -> None:
    assert [paragraph.lines for paragraph in of_kind(paragraphs, "fragment")] == [(137, 137)]


def test_nothing_of_the_page_is_lost(paragraphs: list[Paragraph]) -> None:
    assert "".join("".join(paragraph.text for paragraph in paragraphs).split()) == "".join(TEXT.split())


def test_what_stands_around_the_text_is_known_for_what_it_is(at: dict[int, Paragraph]) -> None:
    around = {number: piece.kind for number, piece in at.items() if piece.kind not in ("body", "fragment")}
    assert around == {
        5: "headline",
        7: "subheadline",
        9: "label",
        13: "section",
        25: "section",
        37: "section",
        47: "byline",
        49: "label",
        53: "caption",
        57: "caption",
        61: "credit",
        65: "credit",
        67: "headline",
        83: "byline",
        85: "headline",
        97: "headline",
        99: "formula",
        105: "headline",
        107: "formula",
        113: "headline",
        115: "formula",
        125: "headline",
        127: "formula",
        147: "label",
    }
    assert set(around.values()) < set(get_args(Kind))


def test_title_and_section_are_the_lines_as_printed(at: dict[int, Paragraph]) -> None:
    assert (at[29].title, at[29].section) == (LINES[4], LINES[24])
    assert (at[11].title, at[11].section) == (LINES[4], None)
    assert at[101].title == LINES[96]
    assert (at[53].title, at[53].section) == (None, None)


def test_every_speaker_is_right(paragraphs: list[Paragraph]) -> None:
    people = {
        paragraph.lines: (speaker.name, speaker.role, paragraph.title)
        for paragraph in paragraphs
        for speaker in paragraph.speakers
        if speaker.how != "collective"
    }
    assert people == SPEAKERS
    assert all(len(paragraph.speakers) < 2 for paragraph in paragraphs)


def test_the_meeting_speaks_where_the_page_says_so(paragraphs: list[Paragraph]) -> None:
    collective = [p.lines[0] for p in paragraphs if [s.how for s in p.speakers] == ["collective"]]
    assert collective == [133, 135, 139, 141, 143, 145]


def test_titles_of_the_two_who_are_introduced_in_full(at: dict[int, Paragraph]) -> None:
    for number in (69, 71, 75, 77, 81):
        (speaker,) = at[number].speakers
        assert (speaker.organisation, speaker.position) == ("太原慈善职业技术学校", "校长")
    for number in (87, 89, 91, 95):
        (speaker,) = at[number].speakers
        assert (speaker.organisation, speaker.position) == ("太平洋建设", "大区总裁")


def test_how_each_speaker_is_known(at: dict[int, Paragraph]) -> None:
    how = {number: at[number].speakers[0].how for number, _ in SPEAKERS}
    assert {number for number, word in how.items() if word == "inherited"} == {75, 77, 91, 95}
    assert {number for number, word in how.items() if word == "quoted"} == {29, 71}
    assert {number for number, word in how.items() if word == "organisation"} == {43}
    assert set(how.values()) == {"explicit", "quoted", "inherited", "organisation"}


def test_every_speaker_has_evidence(paragraphs: list[Paragraph], at: dict[int, Paragraph]) -> None:
    ids = {paragraph.id for paragraph in paragraphs}
    for paragraph in paragraphs:
        for speaker in paragraph.speakers:
            if isinstance(speaker.evidence, tuple):
                assert speaker.name in paragraph.text[slice(*speaker.evidence)]
            else:
                assert speaker.evidence in ids
    assert at[91].speakers[0].evidence == at[95].speakers[0].evidence == at[89].id


def test_no_reporter_official_or_approved_person_speaks(paragraphs: list[Paragraph]) -> None:
    speaking = {speaker.name for paragraph in paragraphs for speaker in paragraph.speakers}
    silent = {name for paragraph in paragraphs for name in (*paragraph.reporters, *paragraph.mentions)}
    assert not speaking & silent


def test_people_who_are_only_named_are_mentions(at: dict[int, Paragraph]) -> None:
    officials = "韦韬 范兆森 杨继承 胡建林 李颖 李卫平 郜宏涛 宋毅方 张守耀".split()
    assert list(at[131].mentions) == officials
    assert at[101].mentions == at[109].mentions == ("张守耀",)


def test_reporters_are_those_of_the_article(at: dict[int, Paragraph]) -> None:
    assert at[11].reporters == ("胡引平", "陈嘉欣", "弓凤飞", "赵静茹")
    assert at[53].reporters == at[57].reporters == ("牛利敏", "邓寅明", "弓凤飞")
    assert at[75].reporters == ("弓凤飞",)
    assert at[89].reporters == ("陈嘉欣",)
    assert at[101].reporters == ()


def test_dates_are_days_said_or_adopted(at: dict[int, Paragraph]) -> None:
    assert {number: at[number].date for number in (11, 53, 57, 75, 89, 101, 119, 145)} == {
        11: "2025-02-26",  # the day that most articles of the page have
        53: "2025-02-26",
        57: "2025-02-26",
        75: "2025-02-25",
        89: "2025-02-26",
        101: "2025-02-26",
        119: "2025-02-26",
        145: "2025-02-26",
    }


def test_document_types(at: dict[int, Paragraph]) -> None:
    types = {number: at[number].document_type for number in (11, 53, 69, 87, 101, 109, 117, 129)}
    assert types == {
        **dict.fromkeys((11, 53, 69, 87), "报道"),
        **dict.fromkeys((101, 109, 129), "决议"),
        117: "报告",
    }


def test_sessions_have_one_name_each(at: dict[int, Paragraph]) -> None:
    congress = "太原市第十五届人民代表大会第五次会议"
    conference = "政协第十四届太原市委员会第四次会议"
    sessions = {n: [s.name for s in at[n].sessions] for n in (11, 53, 57, 75, 91, 103 - 2, 143)}
    assert sessions == {
        11: [],
        53: [congress],
        57: [conference],
        75: [conference],
        91: [congress],
        101: [conference],
        143: [conference],
    }


def topics(paragraph: Paragraph, from_: str) -> list[str]:
    return [topic.label for topic in paragraph.topics if topic.from_ == from_]


def test_topics_are_where_the_page_has_them(at: dict[int, Paragraph]) -> None:
    for number in (87, 89, 91, 95):
        assert topics(at[number], "proposal") == ["关于加快发展低空经济赋能高质量发展"]
    for number in (69, 71, 75, 77, 81):
        assert topics(at[number], "proposal") == ["统筹安排好大学生职业技能培训与就业 助力培养高素质技能人才"]
    assert topics(at[29], "section") == ["深挖产业赛道“增长极”"]
    assert topics(at[29], "title") == [INDUSTRY]
    assert topics(at[129], "title") == ["政治决议"]
    assert topics(at[119], "category") == [
        "经济建设",
        "政治建设",
        "文化建设",
        "社会建设",
        "生态文明建设",
    ]


def test_labels_and_bylines_have_no_topics_and_give_none(paragraphs: list[Paragraph]) -> None:
    labels = {paragraph.text for paragraph in of_kind(paragraphs, "label")}
    assert labels == {"两会新闻眼", "两会剪影", "两会同期声"}
    assert not labels & {topic.label for paragraph in paragraphs for topic in paragraph.topics}
    assert not any(piece.topics for piece in of_kind(paragraphs, "label", "byline", "headline", "credit"))


def test_ids_are_unique_and_outlive_what_comes_and_goes_around(paragraphs: list[Paragraph]) -> None:
    ids = [paragraph.id for paragraph in paragraphs]
    assert len(set(ids)) == len(ids)
    later = {
        p.text: p.id for p in read_page("新的标题\n\n新的一段话，在最前面。\n\n" + TEXT, SEED.name, SEGMENTER)
    }
    unique = [
        text for text, same in itertools.groupby(sorted(p.text for p in paragraphs)) if len([*same]) == 1
    ]
    kinds_kept = {p.text: p.id for p in paragraphs if p.text in unique and p.kind in ("body", "fragment")}
    assert kinds_kept.items() <= later.items()


def test_a_paragraph_survives_the_journey_through_a_record(paragraphs: list[Paragraph]) -> None:
    assert [Paragraph.from_dict(paragraph.to_dict()) for paragraph in paragraphs] == paragraphs
