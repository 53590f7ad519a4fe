"""The dates that people type, in any spelling, and what is none."""

from __future__ import annotations

from datetime import date

import pytest

from indexer import LianghuiError
from query.language.dates import parse_dates

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
        ("2025年2月以前", None, "2025-02"),
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
        ("2025年2月", "2025-02-26", True),
        ("2025", "2025-02", True),
        ("2025-02-26", "2025-02", False),
    ],
)
def test_a_date_covers_days_of_every_year_unless_it_names_one(text: str, day: str, holds: bool) -> None:  # noqa: FBT001
    assert parse_dates(text, TODAY).covers(day) == holds


NO_DATES = "某天 2025-13 2025-02-32 .. 2025-02...2025-03 12 99年 2月到2025年3月 2月.. 2025年冬 低空经济"


@pytest.mark.parametrize("text", [*NO_DATES.split(), ""])
def test_what_is_no_date_is_an_error_that_says_what_to_write(text: str) -> None:
    with pytest.raises(LianghuiError, match="write 2025-02-26"):
        parse_dates(text, TODAY)
