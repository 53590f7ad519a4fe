"""An answer at a prompt and in a notebook: short, and never markup of a seed's making."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer import LianghuiError, build_index
from indexer.text.folding import fold
from query import Index, open_index
from query.concordance import LINE_COLUMNS
from query.rows import COLUMNS
from tests.conftest import MakeSeeds


def test_an_answer_is_three_lines_at_a_prompt(page: Index) -> None:
    first, *hits = repr(page.search("低空经济")).splitlines()
    assert first == "<Results of '低空经济': 9 found (exact), 9 here>"
    assert [hit.split()[0] for hit in hits] == ["1", "2"]
    assert repr(page.search("量子计算")) == "<Results of '量子计算': 0 found (exact), 0 here>"


def test_the_hits_of_an_answer_are_a_sequence(page: Index) -> None:
    results = page.search("低空经济")
    assert results[0] is results.hits[0]
    assert results[-1] is results.hits[-1]
    assert results[1:3].hits == results.hits[1:3]
    assert (len(results), [*results]) == (9, [*results.hits])
    assert [row["rank"] for row in results[1:3].to_rows()] == [2, 3]
    with pytest.raises(IndexError):
        results[9]


def test_a_notebook_shows_hits_with_their_matches_marked(page: Index) -> None:
    shown = page.search("低空经济", limit=2)._repr_html_()
    assert shown.count("<dt>") == 2
    assert "<mark>低空经济</mark>" in shown
    assert "张艳丽（市人大代表" in shown


def test_nothing_of_a_seed_is_markup(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    evil = '<script>低空&"</script>'
    record = {"text": evil, "title": evil, "speakers": [evil]}
    build_index(make_seeds({"<a>.jsonl": json.dumps(record)}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        shown = index.search("低空")._repr_html_()
    assert "<script" not in shown
    assert "<a>" not in shown
    assert "&lt;script&gt;<mark>低空</mark>&amp;&quot;" in shown


def test_hits_are_rows_of_a_table(page: Index) -> None:
    results = page.search("低空经济")
    rows = results.to_rows()
    assert [tuple(row) for row in rows] == [COLUMNS] * 9
    assert [row["id"] for row in rows] == [hit.id for hit in results]
    assert len(results.to_rows("speaker")) >= len(rows)
    with pytest.raises(LianghuiError, match="there are hit, speaker"):
        results.to_rows("word")  # type: ignore[arg-type]


def test_a_concordance_is_sorted_by_what_stands_beside_the_matches(page: Index) -> None:
    results = page.search("发展", limit=40)
    lines = results.concordance()
    assert [(line.left + line.match + line.right) in line.hit.text for line in lines] == [True] * len(lines)
    assert {line.match for line in lines} == {"发展"}
    assert tuple(lines[0].to_dict()) == LINE_COLUMNS
    right, left = results.concordance("right"), results.concordance("left")
    assert [fold(line.right[:1]) for line in right] == sorted(fold(line.right[:1]) for line in lines)
    assert [fold(line.left[-1:]) for line in left] == sorted(fold(line.left[-1:]) for line in lines)
    with pytest.raises(LianghuiError, match="there are left, right"):
        results.concordance("top")  # type: ignore[arg-type]
