"""An answer that is remembered is the answer of the same question, and of no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from query import Index

QUESTIONS: dict[str, Callable[[Index], Any]] = {
    "plain": lambda index: index.values("speaker", "教育"),
    "another query": lambda index: index.values("speaker", "人才"),
    "filtered": lambda index: index.values("speaker", "教育", speaker="钱"),
    "filtered by a list": lambda index: index.values("speaker", "教育", speaker=["赵", "钱"]),
    "filtered otherwise": lambda index: index.values("speaker", "教育", date="2025-01"),
    "strict": lambda index: index.values("speaker", "教育 低空经济 无此词", strict=True),
    "not strict": lambda index: index.values("speaker", "教育 低空经济 无此词"),
}


@pytest.mark.parametrize("asked", QUESTIONS)
@pytest.mark.parametrize("before", QUESTIONS)
def test_what_was_asked_before_changes_no_answer(small: Index, page: Index, asked: str, before: str) -> None:
    for index in (small, page):
        expected = QUESTIONS[asked](index)
        QUESTIONS[before](index)
        assert QUESTIONS[asked](index) == expected


def test_counts_are_those_of_the_search_before(small: Index) -> None:
    results = small.search("教育", limit=1, page=2)
    assert small.count_values("speaker", "教育").total == results.total == 2
    assert small.search("教育", limit=1).hits[0].rank == 1
