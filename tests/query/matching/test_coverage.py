"""Coverage: paragraphs with some of the words, by the weight of those they have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import log
from pathlib import Path

import pytest

from indexer import build_index
from query import Index, open_index
from query.matching.coverage import MinimumCoverage, measure_coverage, ranking_terms
from tests.conftest import MakeSeeds

BONUS = 1.2  # for a paragraph that has all of the words
COMMON, RARE = log(1 + 1.5 / 2.5) ** 1.25, log(1 + 2.5 / 1.5) ** 1.25
"""The steep idf of what two, and what one of three paragraphs have."""


@pytest.fixture
def index(make_seeds: MakeSeeds, tmp_path: Path) -> Iterator[Index]:
    """Open an index of three paragraphs."""
    records = (json.dumps({"text": text}, ensure_ascii=False) for text in ("甲和乙", "甲和丙", "丁"))
    build_index(make_seeds({"a.jsonl": "\n".join(records)}), tmp_path / "index")
    with open_index(tmp_path / "index") as opened:
        yield opened


def test_a_paragraph_weighs_what_the_words_weigh_that_it_has(index: Index) -> None:
    coverage = measure_coverage(index.searcher, [("甲",), ("乙",), ("戊",)])
    (weights,) = coverage.weights.values()
    assert weights.tolist() == pytest.approx([COMMON + RARE, COMMON, 0])
    assert coverage.total == pytest.approx(COMMON + RARE + log(1 + 3.5 / 0.5) ** 1.25)


def test_a_word_is_had_by_any_of_its_synonyms_and_counts_once(index: Index) -> None:
    coverage = measure_coverage(index.searcher, [("乙", "丙", "甲")])
    (weights,) = coverage.weights.values()
    assert weights.tolist() == pytest.approx([COMMON, COMMON, 0])


def test_paragraphs_match_that_have_enough_and_never_those_that_have_nothing(index: Index) -> None:
    coverage = measure_coverage(index.searcher, [("甲",), ("乙",)])
    (scorer,) = index.searcher.scorers()
    found = [MinimumCoverage(coverage, {}, least).match(scorer).docs.tolist() for least in (0, COMMON * 1.01)]
    assert found == [[0, 1], [0]]


def test_what_is_found_is_scored_by_the_steep_idf_of_its_terms(index: Index) -> None:
    coverage = measure_coverage(index.searcher, [("甲",), ("乙",)])
    (scorer,) = index.searcher.scorers()
    matches = MinimumCoverage(coverage, {("match", "甲"): 1.0, ("match", "乙"): 1.0}).match(scorer)
    common, both = sorted(matches.scores(matches.docs).tolist())
    assert both / common == pytest.approx(BONUS * (COMMON + RARE) / COMMON)  # the texts are equally long


def test_texts_rank_by_their_words_units_and_pairs() -> None:
    assert ranking_terms(["甲，乙丙"], ["乙丙"]) == (
        ("words", "乙丙"),
        ("heading", "乙丙"),
        ("match", "甲"),
        ("match", "乙"),
        ("match", "丙"),
        ("match", "乙丙"),
    )
