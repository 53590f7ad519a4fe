"""Fingerprints: equal for what is indexed as it should be, different in the part that is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from indexer import build_index
from indexer.pipeline.documents import document
from indexer.segments.schema import SCORED_FIELDS, VALUE_FIELDS, Document
from query import Index, open_index
from query.verification.fingerprints import (
    FINGERPRINTED,
    expected_fingerprints,
    is_sorted,
    stored_fingerprints,
)
from query.verification.reread import build_segmenter, seed_paragraphs
from tests.conftest import MakeSeeds

RECORDS = [
    {"text": "发展低空经济。", "speakers": ["王小明"], "date": "2025-02-26", "title": "题目"},
    {"text": "低空经济，😀 与 AI。", "topics": ["甲", "乙"]},
    {"text": "教育" * 300},
]


@pytest.fixture
def index(make_seeds: MakeSeeds, tmp_path: Path) -> Index:
    build_index(make_seeds({"a.jsonl": "\n".join(map(json.dumps, RECORDS))}), tmp_path / "index")
    return open_index(tmp_path / "index")


def documents(index: Index) -> list[Document]:
    segmenter = build_segmenter(index)
    return [document(each, segmenter.search_words) for each in seed_paragraphs(index, segmenter)]


def test_what_is_stored_of_a_segment_is_what_its_seeds_give(index: Index) -> None:
    (segment,) = index.searcher.segments
    tables = {name: index.searcher.table(name) for name in VALUE_FIELDS}
    stored = stored_fingerprints(segment, tables)
    assert stored.shape == (len(RECORDS), len(FINGERPRINTED))
    assert (stored == expected_fingerprints(documents(index))).all()
    assert all(is_sorted(segment, name) for name in SCORED_FIELDS)


def test_another_value_changes_the_fingerprint_of_the_values_of_its_paragraph_alone(index: Index) -> None:
    first, *others = documents(index)
    changed = replace(first, values={**first.values, "speaker": ["王大明"]})
    differs = expected_fingerprints([first, *others]) != expected_fingerprints([changed, *others])
    assert [FINGERPRINTED[part] for part in differs[0].nonzero()[0]] == ["values"]
    assert not differs[1:].any()
