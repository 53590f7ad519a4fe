"""What several tests of searches need: small indexes, and the hits of a query."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer import build_index
from query import Index, open_index
from tests.conftest import MakeSeeds

PAGE = "甲处的标题\n\n鲁滨孙委员建议，加快發展低空经济，办好「一老一小驛站」。\n\n加快发展低空经济。\n"
WORDS = "低空經濟\n无人机配送\n"


def lines_found(index: Index, query: str, **filters: Any) -> list[int]:
    """List the first lines of the hits of a query, in their order."""
    return [hit.lines[0] for hit in index.search(query, limit=100, **filters)]


def ids_found(index: Index, query: str) -> set[str]:
    """Collect the ids of the paragraphs that match a query exactly."""
    return {hit.id for hit in index.search(query, limit=1_000, strict=True)}


def texts_found(index: Index, query: str) -> set[str]:
    """Collect the texts of the hits of a query."""
    return {hit.text for hit in index.search(query, limit=100)}


@pytest.fixture
def small(make_seeds: MakeSeeds, tmp_path: Path) -> Iterator[Index]:
    """Open an index of a few records with made-up people."""
    records = [
        {"text": "关于低空经济，企业需要人才。", "speakers": ["赵某兰"], "date": "2025-02-01"},
        {"text": "人才要培养，教育是根本。", "speakers": ["钱某梅"], "date": "2025-03-01"},
        {"text": "赵某兰关心教育。", "date": "2025-01-01"},
        {"text": "环境保护不能放松。"},
    ]
    seeds = make_seeds({"a.jsonl": "\n".join(json.dumps(record, ensure_ascii=False) for record in records)})
    (seeds / "synonyms.txt").write_text("# 同义\n低空经济 = 无人机产业\n环保 ＝ 环境保护 = 生态\n", "utf-8")
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        yield index


@pytest.fixture
def words_index(make_seeds: MakeSeeds, tmp_path: Path) -> Path:
    """Build an index with two words of the user's, one of them nowhere in the texts, and a learned one."""
    seeds = make_seeds({"b.txt": PAGE, "a.txt": "发展低空经济。\n", "words.txt": WORDS})
    build_index(seeds, tmp_path / "index")
    return tmp_path / "index"
