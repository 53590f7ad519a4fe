"""Who presides, attends and takes the minutes; and who only looks like it. The people are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.models import Paragraph
from indexer.pages.page import read_page
from query import open_index
from tests.conftest import SEGMENTER, Command, MakeSeeds

NEWS = "某市政协召开座谈会\n\n"
HEAD = (
    "议事录\n某议会第一届第二次会议议事录\n\n{}\n报告事项\n"
    "一、宣读第一次会议的议事录，并请各位委员审阅。\n决定：确定。\n"
)


def read(text: str) -> list[Paragraph]:
    return [*read_page(text, "a.txt", SEGMENTER)]


@pytest.mark.parametrize(
    ("text", "chair"),
    [
        ("座谈会由市政协主席王小明主持。", ("王小明",)),
        ("市政协主席王小明主持会议并讲话。", ("王小明",)),
        ("市政协副主席王小明、李大山分别主持第一次、第二次全体会议。", ("王小明", "李大山")),
        ("在市长王小明的主持下，会议通过了日程。", ("王小明",)),
        ("会后举行了专题讲座，市长王小明主持。", ("王小明",)),
        ("主持会议的是市政协主席王小明。", ("王小明",)),
        ("市长王小明主持政府日常工作。", ()),
        ("市长王小明说，要主持正义。", ()),
        ("王小明是一位节目主持人，多次出席活动。", ()),
    ],
)
def test_who_presides_is_known_in_every_paragraph_of_the_article(text: str, chair: tuple[str, ...]) -> None:
    paragraphs = read(f"{NEWS}市长王小明来了，副主席李大山也来了。\n\n{text}\n")
    assert {paragraph.chair for paragraph in paragraphs} == {chair}


@pytest.mark.parametrize(
    ("text", "attendees"),
    [
        ("市领导王小明、李大山，市政协主席赵文英出席会议。", ("王小明", "李大山", "赵文英")),
        ("王小明、李大山等参加座谈会，赵文英缺席。", ("王小明", "李大山")),
        ("出席会议的还有王小明、李大山。赵文英没有来。", ("王小明", "李大山")),
        ("市长王小明表示，李大山应当出席会议。", ()),
        ("王小明说，他关注参加保险的人。", ()),
    ],
)
def test_who_takes_part_is_known_where_the_paragraph_says_so(text: str, attendees: tuple[str, ...]) -> None:
    seen = "市长王小明来了，副主席李大山也来了，委员赵文英最后到。"
    found = {paragraph.text: paragraph.attendees for paragraph in read(f"{NEWS}{seen}\n\n{text}\n")}
    assert (found[seen], found[text]) == ((), attendees)


@pytest.mark.parametrize(
    ("lines", "chair", "attendees", "recorders"),
    [
        (
            (
                "出席委員　曹爾大　　林明小　　邱　毅　　高金素小　瓦歷斯‧貝大\n"
                "主　　席　王小明\n紀　　錄　李大山"
            ),
            ("王小明",),
            ("曹爾大", "林明小", "邱毅", "高金素小", "瓦歷斯‧貝大"),
            ("李大山",),
        ),
        (
            (
                "请假委员　曹爾大　林明小　李大山\n"
                "主　　席\n院長\n王小明（上午9時2分至下午6時）\n列　　席\n秘書長\n林明大"
            ),
            ("王小明",),
            ("林明大",),
            (),
        ),
        ("主席：王議長小明\n出席議員：李大山　林明小", ("王小明",), ("李大山", "林明小"), ()),
        ("出席議員：\n主席王小明議員\n李大山議員", ("王小明",), ("王小明", "李大山"), ()),
    ],
)
def test_the_head_of_a_record_says_who_took_part(
    lines: str, chair: tuple[str, ...], attendees: tuple[str, ...], recorders: tuple[str, ...]
) -> None:
    paragraphs = read(HEAD.format(lines))
    assert paragraphs[-1].chair == chair
    assert paragraphs[-1].reporters == recorders
    assert tuple(name for paragraph in paragraphs for name in paragraph.attendees) == attendees


def test_the_chair_speaks_until_another_takes_it() -> None:
    turns = "主席：现在开会。请各位委员发言。\n李委員大山：我没有意见，请主席处理。\n主席：好，现在休息。\n"
    text = f"某议会会议记录\n主席：王議長小明\n{turns}主席：林副議長文英\n{turns}"
    spoken = [
        [speaker.name for speaker in paragraph.speakers]
        for paragraph in read(text)
        if paragraph.kind == "body" and paragraph.text.startswith("主席：") and "。" in paragraph.text
    ]
    assert spoken == [["王小明"], ["王小明"], ["林文英"], ["林文英"]]


def test_of_two_in_the_chair_it_is_not_said_which_speaks() -> None:
    text = "某议会会议记录\n主席　王小明　李大山\n主席：现在开会。请各位委员发言。\n"
    last = read(text)[-1]
    assert (last.chair, [speaker.name for speaker in last.speakers]) == (("王小明", "李大山"), ["主席"])


def test_who_presides_and_who_takes_part_is_searched_and_printed(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    make_seeds({"a.txt": f"{NEWS}座谈会由市政协主席王小明主持。\n\n市长李大山出席会议。\n"})
    lianghui("index")
    assert "主持  王小明" in lianghui("search", "出席:李大山", "--chair", "王小明").out
    with open_index(tmp_path / "index") as index:
        assert [hit.attendees for hit in index.search("", attendee="李大山")] == [("李大山",)]
