"""The parts of a score: they add up to it, in the library and on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from query import Index
from tests.conftest import Command


def test_the_parts_of_a_score_add_up_to_it(page: Index) -> None:
    for query in (
        "低空经济",
        "张艳丽",
        "谁提出加快发展低空经济？",
        "低空 NEAR/5 人才",
        "专*新 OR 教育",
        "范照森",
        "-低空",
    ):
        results = page.search(query, explain=True)
        assert results.total
        for hit in results:
            assert sum(part.score for part in hit.explanation) == pytest.approx(hit.score, abs=1e-5)
            assert all(part.field for part in hit.explanation)


def test_a_score_is_explained_on_the_command_line(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "文体旅商", "--explain", "--index", page_index)
    assert "评分" in run.out
    answer = json.loads(
        lianghui("search", "文体旅商", "--explain", "--format", "json", "--index", page_index).out
    )
    (hit,) = answer["hits"]
    assert sum(part["score"] for part in hit["explanation"]) == pytest.approx(hit["score"], abs=1e-5)
