"""The dates that people type, in any spelling, and what is none."""

from __future__ import annotations

from datetime import date

import pytest

from indexer import LianghuiError
from indexer.text.dates import parse_dates

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", "2025", "2025"),
        ("2025年", "2025", "2025"),
        ("2025.2", "2025-02", "2025-02"),
        ("２０２５年２月", "2025-02", "2025-02"),
        ("20250226", "2025-02-26", "2025-02-26"),
        ("2025 年 2 月 26 日", "2025-02-26", "2025-02-26"),
        ("二〇二五年二月二十六日", "2025-02-26", "2025-02-26"),
        ("106年12月29日", "2017-12-29", "2017-12-29"),
        ("民國94年", "2005", "2005"),
        ("民国元年", "1912", "1912"),
        ("2025Q1", "2025-01", "2025-03"),
        ("2025年第四季度", "2025-10", "2025-12"),
        ("2025年上半年", "2025-01", "2025-06"),
        ("去年", "2025", "2025"),
        ("前年12月", "2024-12", "2024-12"),
        ("今年一季度", "2026-01", "2026-03"),
        ("上个月", "2026-02", "2026-02"),
        ("上季度", "2025-10", "2025-12"),
        ("昨天", "2026-03-04", "2026-03-04"),
        ("上周", "2026-02-23", "2026-03-01"),
        ("近7天", "2026-02-26", "2026-03-05"),
        ("2025-02..2025-03", "2025-02", "2025-03"),
        ("2025-02..", "2025-02", None),
        ("..2025", None, "2025"),
        ("2025年以来", "2025", None),
        ("2025年2月为止", None, "2025-02"),
        ("2025年2月之前", None, "2025-01-31"),
        ("2005年以前", None, "2004-12-31"),
        ("2012年之后", "2013", None),
        ("2012年12月之后", "2013-01", None),
        ("2012年12月31日之后", "2013-01-01", None),
        ("2012年至今", "2012", None),
        ("2005年3月-5月", "2005-03", "2005-05"),
        ("2012-2013", "2012", "2013"),
        ("民國94年至95年", "2005", "2006"),
        ("90年代", "1990", "1999"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2025年2月26日至28日", "2025-02-26", "2025-02-28"),
        ("2025年2月到3月", "2025-02", "2025-03"),
        ("去年..今年", "2025", "2026"),
    ],
)
def test_a_date_is_understood_as_people_write_it(text: str, first: str | None, last: str | None) -> None:
    dates = parse_dates(text, TODAY)
    assert (dates.first, dates.last, dates.is_of_every_year) == (first, last, False)


@pytest.mark.parametrize(
    ("text", "day", "holds"),
    [
        ("2月26日", "2025-02-26", True),
        ("2月26日", "2019-02-26", True),
        ("2月26日", "2019-02-25", False),
        ("02-26", "2025-02-26", True),
        ("2月", "2025-02", True),
        ("第一季度", "2025-03-31", True),
        ("第一季度", "2025-04-01", False),
        ("2月25日..3月2日", "2020-02-29", True),
        ("12月..1月", "2020-12-31", True),
        ("2月15日..2月", "2020-02-20", True),
        ("2月15日..2月", "2020-03-01", False),
        ("2月15日..2月", "2020-01-01", False),
        ("2025年2月", "2025-02-26", True),
        ("2025", "2025-02", True),
        ("2025-02-26", "2025-02", True),
        ("2025-02-26", "2025", True),
        ("2025-02-26", "2025-03", False),
        ("12月..1月", "2021-01-05", True),
        ("12月..1月", "2021-02", False),
    ],
)
def test_a_date_covers_days_of_every_year_unless_it_names_one(text: str, day: str, holds: bool) -> None:  # noqa: FBT001
    assert parse_dates(text, TODAY).covers(day) == holds


NO_DATES = (
    "某天 2025-13 2025-02-32 .. 2025-02...2025-03 12 2025-02-29 2月30日 2月到2025年3月 2月.. "
    "2025年冬 2月止 2月以来 第一季度止 2025111 20251 2025.3-6 民国999年 民国0年 005年"
)


@pytest.mark.parametrize("text", [*NO_DATES.split(), ""])
def test_what_is_no_date_is_an_error_that_says_what_to_write(text: str) -> None:
    with pytest.raises(LianghuiError, match="write 2025-02-26"):
        parse_dates(text, TODAY)


@pytest.mark.parametrize("text", ["94年", "94年3月11日", "94/3/11"])
def test_a_year_of_two_digits_may_be_of_either_count(text: str) -> None:
    with pytest.raises(LianghuiError, match=f"may be 19{text} or 民国{text}"):
        parse_dates(text, TODAY)


def test_a_range_that_runs_backwards_is_an_error() -> None:
    with pytest.raises(LianghuiError, match="ends before it begins"):
        parse_dates("2013..2012", TODAY)
