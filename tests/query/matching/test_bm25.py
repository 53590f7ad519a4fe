"""BM25: scores of terms, worked out by hand from its formula."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import log
from pathlib import Path

import numpy as np
import pytest

from indexer import build_index
from indexer.segments.schema import MATCH
from query import Index, open_index
from query.matching.bm25 import SegmentScorer
from tests.conftest import MakeSeeds


def score(index: Index, term: str, docs: Sequence[int]) -> list[float]:
    """Score all paragraphs with a term, given by their numbers."""
    (scorer,) = index.searcher.scorers()
    return scorer.score_term(MATCH, term, np.array(docs, "u4"), None).tolist()  # type: ignore[no-any-return]


def build(make_seeds: MakeSeeds, path: Path, texts: Sequence[str]) -> Path:
    records = (json.dumps({"text": text}, ensure_ascii=False) for text in texts)
    build_index(make_seeds({"a.jsonl": "\n".join(records)}), path / "index")
    return path / "index"


def test_a_term_scores_its_idf_times_its_term_frequency_part(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    path = build(make_seeds, tmp_path, ["甲乙丙丁", "甲戊甲己", "庚辛壬癸"])
    with open_index(path) as index:
        # All texts are of the average length, so that k1 · (1 − b + b · dl / avgdl) is k1 = 1.2.
        idf = log(3 / (2 + 1)) + 1
        assert score(index, "甲", [0, 1]) == pytest.approx(
            [idf * 1 * 2.2 / (1 + 1.2), idf * 2 * 2.2 / (2 + 1.2)]
        )
        assert score(index, "癸", [2]) == pytest.approx([log(3 / (1 + 1)) + 1])


def test_a_term_scores_less_in_a_longer_text(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    # A text of n units has n − 1 pairs beside them: the lengths are 3, 3 and 9, and 5 on average.
    path = build(make_seeds, tmp_path, ["甲乙", "丙丁", "甲丙丁戊己"])
    with open_index(path) as index:
        idf = log(3 / (2 + 1)) + 1
        parts = [2.2 / (1 + 1.2 * (0.25 + 0.75 * length / 5)) for length in (3, 9)]
        assert score(index, "甲", [0, 2]) == pytest.approx([idf * part for part in parts])


def test_a_term_that_stands_hundreds_of_times_is_scored_by_the_same_formula(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    with open_index(build(make_seeds, tmp_path, ["甲" * 300])) as index:
        idf = log(1 / (1 + 1)) + 1
        assert score(index, "甲", [0]) == pytest.approx([idf * 300 * 2.2 / (300 + 1.2)])


def test_a_common_word_weighs_next_to_nothing_by_its_steep_idf(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    path = build(make_seeds, tmp_path, ["甲乙", "甲丙", "甲丁", "甲戊"])
    with open_index(path) as index:
        statistics = index.searcher.statistics
        assert statistics.steep_idf(MATCH, "甲") == pytest.approx(log(1 + 0.5 / 4.5) ** 1.25)
        assert statistics.steep_idf(MATCH, "乙") == pytest.approx(log(1 + 3.5 / 1.5) ** 1.25)
        assert statistics.steep_idf(MATCH, "己") == statistics.steep_idf_of(0)


def test_only_live_documents_are_counted_and_those_of_all_segments(segmented: Index) -> None:
    statistics = segmented.searcher.statistics
    frequencies = [statistics.document_frequency(MATCH, term) for term in ("甲", "个", "种", "寅")]
    assert frequencies == [1_201, 0, 1, 0]
    assert statistics.idf(MATCH, "种") == pytest.approx(log(1_201 / 2) + 1)


def test_a_term_that_a_segment_does_not_have_cannot_be_scored(page: Index) -> None:
    (scorer,) = page.searcher.scorers()
    assert scorer.term_number(MATCH, "兲") is None
    with pytest.raises(KeyError, match="兲"):
        scorer.score_term(MATCH, "兲", np.array([0], "u4"), None)


def test_a_paragraph_scores_the_same_alone_and_among_others(segmented: Index) -> None:
    scorer, _ = segmented.searcher.scorers()
    terms = [(MATCH, "甲"), (MATCH, "某"), (MATCH, "7"), (MATCH, "兲")]
    everything = np.arange(scorer.segment.size, dtype="u4")
    together, alone = np.zeros(len(everything)), np.zeros(1)
    scorer.add_terms(together, terms, everything)
    scorer.add_terms(alone, terms, everything[7:8])
    assert alone[0] == together[7] > together[8]


def test_an_explanation_is_written_only_where_it_is_asked_for(page: Index) -> None:
    (scorer,) = page.searcher.scorers()
    scorer.explain(MATCH, "甲", np.array([1.5]))
    assert scorer.parts is None
    explaining = SegmentScorer(scorer.segment, page.searcher.statistics, parts=[])
    explaining.explain(MATCH, "甲", np.array([1.5, 2.5]))
    explaining.explain(MATCH, "乙", np.array([]))
    assert [(part.field, part.term, part.score) for part in explaining.parts or ()] == [(MATCH, "甲", 1.5)]
