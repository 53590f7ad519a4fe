"""Counts: values that hold a text, the most frequent of them, and the periods of a timeline."""

from __future__ import annotations

import pytest

from indexer import LianghuiError
from query import Index, Period


def test_values_may_be_limited_and_filtered(page: Index) -> None:
    everything = page.values("topic")
    assert page.values("topic", limit=3) == everything[:3]
    held = page.values("topic", containing="低空經濟")
    assert held == tuple(each for each in everything if "低空经济" in each.value)
    assert 0 < len(held) < len(everything)
    assert page.values("topic", containing="无此话题") == ()


def test_values_within_values_may_be_limited_and_filtered(page: Index) -> None:
    everything = page.values("speaker", by="topic")
    assert page.values("speaker", by="topic", limit=2) == everything[:2]
    assert page.values("speaker", by="topic", containing="张") == tuple(
        each for each in everything if "张" in each.value
    )


def test_a_timeline_counts_what_matches_and_all_there_is(small: Index) -> None:
    assert small.timeline() == (Period("2025-01", 1, 1), Period("2025-02", 1, 1), Period("2025-03", 1, 1))
    assert small.timeline("人才") == (Period("2025-02", 1, 1), Period("2025-03", 1, 1))
    (year,) = small.timeline("教育", by="year")
    assert (year, year.share) == (Period("2025", 2, 3), 2 / 3)
    assert year.to_dict() == {"value": "2025", "count": 2, "total": 3}
    assert small.timeline("教育", speaker="钱") == (Period("2025-03", 1, 1),)


def test_there_are_no_other_timelines(small: Index) -> None:
    with pytest.raises(LianghuiError, match="there is no timeline by 'day'; there are month and year"):
        small.timeline("教育", by="day")
