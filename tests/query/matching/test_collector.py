"""Collector: hits in their order, page by page, and equal texts as one."""

from __future__ import annotations

import json
from pathlib import Path

from indexer import build_index
from indexer.text.folding import fold
from query import Index, open_index
from query.matching.collector import collect
from query.matching.filters import compile_filters
from query.matching.matchers import TextMatcher
from tests.conftest import MakeSeeds


def test_pages_continue_each_other(page: Index) -> None:
    whole = [(hit.rank, hit.id) for hit in page.search("发展", limit=100)]
    pages = [(hit.rank, hit.id) for n in (1, 2, 3, 4, 5, 6) for hit in page.search("发展", limit=5, page=n)]
    assert pages == whole[:30]
    assert [rank for rank, _ in whole] == list(range(1, len(whole) + 1))
    assert page.search("发展", page=1000).hits == ()
    assert page.search("发展", limit=0).total == len(whole)


def test_equal_scores_stand_in_reading_order(page: Index) -> None:
    formulas = [hit.lines[0] for hit in page.search("第四次会议通过")]
    assert formulas == [99, 107, 115, 127]


def test_scores_fall(page: Index) -> None:
    scores = [hit.score for hit in page.search("发展", limit=100)]
    assert scores == sorted(scores, reverse=True)


def test_hits_are_sorted_as_asked(small: Index) -> None:
    dates = [hit.date for hit in small.search("人才 OR 教育", sort="date")]
    assert dates == ["2025-03-01", "2025-02-01", "2025-01-01"]
    lines = [hit.lines[0] for hit in small.search("人才 OR 教育 OR 环境", sort="source")]
    assert lines == sorted(lines)


def test_equal_texts_collapse_into_one_with_a_count(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    lines = ["（某会议通过）", "（某会议 通过）", "（另一会议通过）", "某会议开幕。"]
    records = "\n".join(json.dumps({"text": line}, ensure_ascii=False) for line in lines)
    build_index(make_seeds({"a.jsonl": records, "b.jsonl": records}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        results = index.search("会议", collapse=True)
        assert results.total == 3
        assert {fold(hit.text): hit.repeats for hit in results} == {
            "(某会议通过)": 4,
            "(另一会议通过)": 2,
            "某会议开幕。": 2,
        }
        assert index.search("会议").total == 8
        assert [hit.rank for hit in index.search("会议", collapse=True, limit=2, page=2)] == [3]


def test_a_filter_leaves_out_what_was_found_and_counts_it(small: Index) -> None:
    matcher = TextMatcher("教育")
    passes = compile_filters(small.searcher, {"speaker": "钱某梅"})
    everything, filtered = collect(small.searcher, matcher), collect(small.searcher, matcher, passes)
    assert (everything.total, everything.unfiltered) == (2, 2)
    assert (filtered.total, filtered.unfiltered) == (1, 2)
    assert filtered.scores[0][0] == everything.scores[0][0]
