"""Timelines: bars as high as their counts or shares, gaps, ticks, and what is on no bar."""

from __future__ import annotations

from query import Period
from query.page.asked import Asked
from query.page.texts import Texts
from query.page.timeline import Timeline, is_too_long, timeline


def draw(periods: list[Period], by: str = "month", total: int = 0, asked: Asked | None = None) -> Timeline:
    return timeline(periods, by, total, "exact", asked or Asked(query="教育"), "/", Texts("zh"))


def test_a_bar_is_as_high_as_its_count_or_its_share() -> None:
    periods = [Period("2025-01", 10, 1000), Period("2025-02", 5, 10), Period("2025-04", 1, 1000)]
    assert [bar.height for bar in draw(periods).bars] == [50, 25, 0, 5]
    shares = draw(periods, asked=Asked(query="教育", share=True)).bars
    assert [bar.height for bar in shares] == [1, 50, 0, 1]  # the least is seen, too
    assert [bool(bar.url) for bar in shares] == [True, True, False, True]
    assert draw(periods).bars[1].label == "2025-02：5 段，占当期 50.0%"


def test_what_is_on_no_bar_is_counted() -> None:
    drawn = draw([Period("2025", 3, 3), Period("2025-02", 5, 10)], total=10)
    assert ([bar.period for bar in drawn.bars], drawn.vague, drawn.undated) == (["2025-02"], 3, 2)


def test_a_year_that_ends_is_a_month_after_which_the_next_begins() -> None:
    bars = draw([Period("2024-11", 1, 1), Period("2025-02", 1, 1)]).bars
    assert [bar.period for bar in bars] == ["2024-11", "2024-12", "2025-01", "2025-02"]


def test_of_many_bars_the_years_are_named_and_of_many_years_some() -> None:
    months = draw([Period("2023-03", 1, 1), Period("2025-02", 1, 1)]).bars
    assert [bar.tick for bar in months if bar.tick] == ["2023", "2024", "2025"]
    years = draw([Period("1950", 1, 1), Period("2025", 1, 1)], by="year").bars
    assert len(years) == 76
    assert 5 < len([bar.tick for bar in years if bar.tick]) <= 12


def test_centuries_without_a_paragraph_are_no_gap() -> None:
    periods = [Period("0001", 1, 1), *(Period(f"{year}", 1, 1) for year in range(1000, 2000))]
    assert len(draw(periods, by="year").bars) == 240


def test_many_months_are_shown_by_year() -> None:
    assert not is_too_long([Period("2021-01", 1, 1), Period("2025-12", 1, 1)])
    assert is_too_long([Period("2021-01", 1, 1), Period("2026-01", 1, 1)])
    assert not is_too_long([Period("2025", 1, 1)])


def test_the_month_that_is_asked_for_is_marked() -> None:
    asked = Asked(query="教育", filters={"date": ("=2025-02",)})
    bars = draw([Period("2025-01", 1, 1), Period("2025-02", 1, 1)], asked=asked).bars
    assert [bar.chosen for bar in bars] == [False, True]
    assert "date=%3D2025-01" in bars[0].url
    assert bars[0].url.count("date=") == 1
