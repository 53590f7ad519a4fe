"""What the head of a document says holds for all of it; what its text speaks of is kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.models import Paragraph
from indexer.pages.page import read_page
from query import open_index
from tests.conftest import SEGMENTER, Command, MakeSeeds

REPORT = (
    "政 府 工 作 报 告\n\n——2015年3月5日在某某市第十二届人民代表大会第三次会议上\n\n某某市市长　王小明\n\n"
    "各位代表！\n\n现在，我代表市人民政府，向大会报告政府工作，请予审议。\n\n一、2014年工作回顾\n\n"
    "去年3月8日召开的市十二届人大二次会议以来，各项工作都有进展。\n"
)
MINUTES = (
    "議事錄\n立法院第9屆第4會期第15次會議議事錄\n時　　間　中華民國106年12月29日（星期五）上午9時\n"
    "107年1月2日（星期二）上午9時\n地　　點　本院議場\n出席委員　曹爾大　林明小　邱　毅\n委員出席　3人\n"
    "主　　席\n院長\n王小明（上午9時至10時）\n列　　席\n某某委員會主任委員\n李大山\n\n（經濟組）\n報告事項\n"
    "一、宣讀本院第9屆第4會期第14次會議議事錄。\n決定：確定。\n"
)


def read(text: str) -> list[Paragraph]:
    return [*read_page(text, "a.txt", SEGMENTER)]


def test_a_report_was_delivered_on_the_day_and_in_the_session_of_its_head() -> None:
    paragraphs = read(REPORT)
    assert {each.date for each in paragraphs} == {"2015-03-05"}
    names = {session.name for each in paragraphs for session in each.sessions}
    assert names == {"某某市第十二届人民代表大会第三次会议"}
    assert {each.document_type for each in paragraphs} == {"报告"}


def test_what_a_report_speaks_of_is_only_mentioned() -> None:
    last = read(REPORT)[-1]
    assert [session.name for session in last.mentioned_sessions] == ["某某市第十二届人民代表大会第二次会议"]
    assert last.mentioned_dates == ("2014-03-08",)


def test_neither_a_salutation_nor_who_delivers_is_a_heading() -> None:
    kinds = {each.text: each.kind for each in read(REPORT)}
    assert (kinds["各位代表！"], kinds["某某市市长　王小明"], kinds["一、2014年工作回顾"]) == (
        "body",
        "head",
        "section",
    )


def test_a_minute_spans_the_days_of_its_head_and_is_of_its_own_session() -> None:
    paragraphs = read(MINUTES)
    assert {(each.date, each.date_end) for each in paragraphs} == {("2017-12-29", "2018-01-02")}
    names = {session.name for each in paragraphs for session in each.sessions}
    assert names == {"立法院第九届第四会期第十五次会议"}
    confirmed = next(each for each in paragraphs if each.text.startswith("一、宣讀"))
    assert [session.name for session in confirmed.mentioned_sessions] == ["立法院第九届第四会期第十四次会议"]


def test_nobody_in_the_head_of_a_minute_is_a_title() -> None:
    paragraphs = read(MINUTES)
    assert {each.title for each in paragraphs} == {"立法院第9屆第4會期第15次會議議事錄"}
    assert {each.document_type for each in paragraphs} == {"议事录"}
    assert [each.text for each in paragraphs if each.kind == "section"] == ["報告事項"]


@pytest.mark.parametrize(
    ("line", "session"),
    [
        ("立法院第6屆第5會期第1次臨時會第2次會議議事錄", "立法院第六届第五会期第一次临时会第二次会议"),
        ("立法院第6屆第5會期第2次會議議事錄", "立法院第六届第五会期第二次会议"),
    ],
)
def test_an_extraordinary_session_is_another(line: str, session: str) -> None:
    text = MINUTES.replace("立法院第9屆第4會期第15次會議議事錄", line)
    assert {each.name for paragraph in read(text) for each in paragraph.sessions} == {session}


@pytest.mark.parametrize(
    "days", ["2017-12-29", "2018-01-02", "2018-01-01", "2017-12", "2017-12-30..2017-12-31"]
)
def test_a_day_finds_what_spans_it(
    make_seeds: MakeSeeds, lianghui: Command, tmp_path: Path, days: str
) -> None:
    make_seeds({"a.txt": MINUTES})
    lianghui("index")
    with open_index(tmp_path / "index") as index:
        assert index.search("確定", date=days).total == 1
        assert index.search("確定", date="2018-01-03..").total == 0


def test_a_report_is_found_by_session_date_and_what_it_mentions(
    make_seeds: MakeSeeds, lianghui: Command
) -> None:
    make_seeds({"a.txt": REPORT})
    lianghui("index")
    for asked in (
        ["--session", "市十二届人大三次会议"],
        ["--date", "2015"],
        ["--mentioned-session", "市十二届人大二次会议"],
        ["--mentioned-date", "2014-03"],
    ):
        assert "各项工作都有[进展]" in lianghui("search", "进展", *asked).out
    assert lianghui("search", "进展", "--session", "市十二届人大二次会议").code == 1


def test_a_sitting_past_midnight_ends_on_the_next_day() -> None:
    record = MINUTES.replace("107年1月2日（星期二）上午9時", "106年12月30日（星期六）上午9時至31日0時6分")
    assert {(each.date, each.date_end) for each in read(record)} == {("2017-12-29", "2017-12-31")}


def test_minutes_of_a_standing_committee_have_a_head_with_colons() -> None:
    head = (
        "某某县第十七届人民代表大会常务委员会\n第二十三次会议纪要\n时间：2024年12月26日至27日\n主持：王小明\n"
    )
    items = "一、听取县人民政府的报告\n李大山副县长：现将有关情况报告如下。\n王小明主任：请问，用了多少？\n"
    paragraphs = read(head + items)
    assert {(each.date, each.date_end) for each in paragraphs} == {("2024-12-26", "2024-12-27")}
    names = {session.name for each in paragraphs for session in each.sessions}
    assert names == {"某某县第十七届人民代表大会常务委员会第二十三次会议"}
    assert [each.kind for each in paragraphs] == [
        *("headline", "subheadline", "head", "head"),
        *("section", "body", "body"),
    ]


def test_what_a_style_sheet_leaves_above_a_head_does_not_end_it() -> None:
    debris = "p.a1, li.a1\n{mso-style-name:某某體;}\nallans=0\n"
    paragraphs = [each for each in read(debris + MINUTES) if each.lines[0] > 3]
    assert {(each.date, each.date_end) for each in paragraphs} == {("2017-12-29", "2018-01-02")}


@pytest.mark.parametrize(
    ("line", "who"),
    [
        (
            "——2015年3月5日某某市市长王小明在某某市第二届人民代表大会第三次会议上的讲话",
            "王小明（某某市市长）",
        ),
        ("2015年3月5日王小明市长在某某市第十二届人民代表大会第三次会议的政府工作报告", "王小明（市长）"),
        ("2015年3月5日在某某市第十二届人民代表大会第三次会议上市长 王小明作政府工作报告", "王小明（市长）"),
        (
            "2015年3月5日在某某市第十二届人民代表大会第三次会议上某某市代市长王小明同志作报告。",
            "王小明（某某市代市长）",
        ),
    ],
)
def test_one_sentence_may_say_when_where_and_by_whom_a_text_was_delivered(line: str, who: str) -> None:
    paragraphs = read(f"政府工作报告\n\n{line}\n\n各位代表！\n\n现在，我代表市政府报告工作。\n")
    assert [each.kind for each in paragraphs] == ["headline", "head", "body", "body"]
    assert {each.date for each in paragraphs} == {"2015-03-05"}
    assert [str(speaker) for speaker in paragraphs[-1].speakers] == [who]
    assert [speaker.how for speaker in paragraphs[-1].speakers] == ["delivered"]


def test_news_of_a_report_is_not_delivered_by_who_made_it() -> None:
    lead = "2015年3月5日，市长王小明在某某市第十二届人民代表大会第三次会议上作政府工作报告。"
    paragraphs = read(f"市长作报告\n\n{lead}\n\n报告分三个部分，代表们进行了审议，会议气氛热烈。\n")
    assert [each.kind for each in paragraphs] == ["headline", "body", "body"]
    assert paragraphs[-1].speakers == ()
