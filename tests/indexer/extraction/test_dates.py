"""Days in any spelling."""

from __future__ import annotations

import pytest

from indexer.extraction.dates import days_mentioned, days_near, first_date, page_year, relative_date


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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("本报讯 昨日，会议召开。", "2024-02-29"),
        ("昨天下午", "2024-02-29"),
        ("今日闭幕", "2024-03-01"),
        ("会议召开。", None),
    ],
)
def test_yesterday_and_today_are_counted_from_the_day_of_printing(text: str, day: str | None) -> None:
    assert relative_date(text, "2024-03-01") == day


@pytest.mark.parametrize(
    ("text", "day", "days"),
    [
        ("27日视察", "2013-11-28", ["2013-11-27"]),
        ("31日深夜", "2013-09-01", ["2013-08-31"]),
        ("将于30日召开", "2013-11-28", ["2013-11-30"]),
        ("31日深夜", "2013-04-15", []),
        ("3日内完成，第5日，10月2日", "2013-11-28", []),
        ("昨天和本月5日", "2013-11-28", ["2013-11-27", "2013-11-05"]),
    ],
)
def test_a_day_without_a_month_is_counted_from_that_of_the_text(text: str, day: str, days: list[str]) -> None:
    assert days_near(text, day) == days


def test_the_days_of_a_text_itself_are_not_mentioned() -> None:
    assert days_mentioned("3月5日开幕，3月13日闭幕", 2015, "2015-03-05") == ["2015-03-13"]
    assert days_mentioned("3月5日开幕，3月13日闭幕", 2015, "2015-03-05", "2015-03-13") == []


def test_days_that_only_seem_to_be_some_are_none() -> None:
    assert days_near("托起美好的明天，明天的希望", "2015-03-05") == []
    assert days_near("明天上午举行", "2015-03-05") == ["2015-03-06"]


def test_years_of_the_republic_need_no_name_where_the_page_counts_them() -> None:
    assert days_mentioned("98年11月16日函", None, None, republic=True) == ["2009-11-16"]
    assert days_mentioned("98年11月16日函", None, None) == []
    assert days_mentioned("二○○九年十二月五日", None, None) == ["2009-12-05"]
