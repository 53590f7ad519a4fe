"""Searcher: the segments of an index with what a query needs of them."""

from __future__ import annotations

from query import Index


def test_every_segment_is_scored_by_the_statistics_of_all(segmented: Index) -> None:
    searcher = segmented.searcher
    scorers = list(searcher.scorers())
    assert [scorer.segment for scorer in scorers] == [*searcher.segments]
    assert {id(scorer.statistics) for scorer in scorers} == {id(searcher.statistics)}


def test_the_values_of_a_field_are_read_once(page: Index) -> None:
    table = page.searcher.table("speaker")
    assert page.searcher.table("speaker") is table
    assert "张艳丽" in {table.shown(number) for number in range(len(table))}
