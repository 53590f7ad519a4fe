"""Pages to paragraphs: made-up pages, each with one difficulty."""

from __future__ import annotations

import pytest

from indexer.pages.page import read_page
from tests.conftest import SEGMENTER


@pytest.mark.parametrize(
    ("page", "reporters"),
    [
        ("某处讯 (记者 王小明 李山)建真言促发展。", ("王小明", "李山")),
        ("本报讯（记者 王小明 通讯员 李大山）3月19日，会议召开。", ("王小明", "李大山")),
        ("■记者 王小明\n摄影 李大山\n本报讯 会议召开，代表报到。", ("王小明", "李大山")),
        ("会议召开，代表报到。\n□本报记者 王小明 高 雪", ("王小明", "高雪")),
        ("会议召开，代表报到。（王小明）", ("王小明",)),
        ("会议召开，（热烈鼓掌）代表报到。", ()),
    ],
)
def test_reporters_are_found_in_every_kind_of_byline(page: str, reporters: tuple[str, ...]) -> None:
    assert {paragraph.reporters for paragraph in read_page(page, "a.txt", SEGMENTER)} == {reporters}


@pytest.mark.parametrize(
    ("lead", "day"),
    [
        ("本报讯 昨日，会议召开。", "2012-03-19"),
        ("本报讯 3月18日，会议召开。", "2012-03-18"),
        ("本报讯 会议召开。", "2012-03-20"),
    ],
)
def test_the_day_of_printing_dates_a_report_of_yesterday(lead: str, day: str) -> None:
    page = f"市领导看望代表\n2012-03-20 A1版 要闻\n{lead}"
    assert {paragraph.date for paragraph in read_page(page, "a.txt", SEGMENTER)} == {day}


def test_yesterday_has_no_date_on_a_page_without_one() -> None:
    page = "市领导看望代表\n本报讯 昨日，会议召开。"
    assert {paragraph.date for paragraph in read_page(page, "a.txt", SEGMENTER)} == {None}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("政府工作报告", "报告"),
        ("在某某会议上的讲话", "讲话"),
        ("关于某项工作的决定", "决定"),
        ("代表分组讨论政府工作报告", None),
        ("某某出席会议并作重要讲话", None),
    ],
)
def test_a_headline_about_a_document_is_not_the_document(title: str, kind: str | None) -> None:
    page = f"{title}\n大家都很赞同，会议开得很好。"
    assert {paragraph.document_type for paragraph in read_page(page, "a.txt", SEGMENTER)} == {kind}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("某某報記者王小明、李大山", "byline"),
        ("某某報記者王小明攝", "credit"),
        ("某某报记者王小明摄影报道", "credit"),
        ("某某报记者专访人大代表", "section"),
    ],
)
def test_reporters_of_a_paper_that_is_named_sign_in_either_script(line: str, kind: str) -> None:
    page = f"推動產業發展\n會議聽取了工作報告，並進行了審議。\n{line}\n代表們認為，報告是好的。"
    assert [each.kind for each in read_page(page, "a.txt", SEGMENTER)][2] == kind


def test_an_official_notice_ends_with_the_body_that_signs_it_and_its_day() -> None:
    signed = "某市人民政府办公室\n2025年2月28日\n（此件公开发布）"
    page = f"关于推动产业发展的通知\n各区县要加快发展产业。\n各部门要做好服务。\n{signed}"
    found = [*read_page(page, "a.txt", SEGMENTER)]
    assert [each.kind for each in found] == ["headline", "body", "body", "byline", "dateline", "body"]
    assert {each.date for each in found} == {"2025-02-28"}
    assert {each.title for each in found} == {"关于推动产业发展的通知"}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("2025-01-20 15:00:00 来源：某网", "dateline"),
        ("来源：某某社 2025-01-20 15:00", "dateline"),
        ("2025年01月20日 15:00 | 来源：某网", "dateline"),
        ("日期：2025-01-20", "dateline"),
        ("稿件来源：某网 发布时间：2025-01-20", "dateline"),
        ("更新日期：2025-01-20 15:00 字体：大 中 小", "dateline"),
        ("責任編輯：王小明", "byline"),
        ("記者︰王小明", "byline"),
    ],
)
def test_lines_of_web_pages_that_say_when_and_by_whom_are_told(line: str, kind: str) -> None:
    page = f"推动产业发展\n{line}\n会议听取了工作报告，并进行了审议。"
    found = [*read_page(page, "a.txt", SEGMENTER)]
    assert found[1].kind == kind
    assert (found[1].date == "2025-01-20") == (kind == "dateline")
