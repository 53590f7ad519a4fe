"""Suggestions for what is being typed: in characters, in pinyin, by initials; most frequent first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import build_index
from query import Index, Suggestion, open_index
from tests.conftest import MakeSeeds


@pytest.fixture
def index(make_seeds: MakeSeeds, tmp_path: Path) -> Iterator[Index]:
    """Open an index of some names, of which one is read in two ways, and some topics."""
    records = [
        {"text": "一。", "speakers": ["单某雄", "王某"], "topics": ["教育公平"], "title": "教育强市"},
        {"text": "二。", "speakers": ["王某"], "topics": ["AI教育", "教育"]},
        {"text": "三。", "speakers": ["欧阳某"], "mentions": ["王某某"], "sessions": ["某市教育会议"]},
    ]
    seeds = make_seeds({"a.jsonl": "\n".join(json.dumps(record, ensure_ascii=False) for record in records)})
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as opened:
        yield opened


def values(index: Index, text: str, limit: int = 4) -> list[str]:
    return [each.value for each in index.suggest(text, limit=limit)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王", ["王某", "王某某"]),
        ("wang", ["王某", "王某某"]),
        ("wm", ["王某", "王某某"]),
        ("shan", ["单某雄"]),
        ("dan", ["单某雄"]),
        ("smx", ["单某雄"]),
        ("ouyang", ["欧阳某"]),
        ("oym", ["欧阳某"]),
        ("jiaoyu", ["教育", "教育公平", "教育强市"]),
        ("AI", ["AI教育"]),
        ("aijy", ["AI教育"]),
        ("教育", ["教育", "教育公平", "AI教育", "某市教育会议", "教育强市"]),
        ("歐陽", ["欧阳某"]),
        ("", []),
        ("无此名", []),
        ("教" * 61, []),
    ],
)
def test_what_may_be_meant_is_suggested(index: Index, text: str, found: list[str]) -> None:
    assert sorted(values(index, text)) == sorted(found)


def test_what_begins_so_comes_first_then_what_is_frequent(index: Index) -> None:
    assert values(index, "教育")[:2] == ["教育", "教育公平"]
    assert index.suggest("王")[0] == Suggestion("speaker", "王某", 2)
    assert index.suggest("王")[0].to_dict() == {"field": "speaker", "value": "王某", "count": 2}


def test_there_are_at_most_so_many_of_each_kind(index: Index) -> None:
    assert [each.field for each in index.suggest("教育", limit=1)] == ["topic", "session", "title"]


@pytest.mark.usefixtures("index")
def test_nobody_is_suggested_who_is_gone(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.jsonl": json.dumps({"text": "一。", "speakers": ["王某"]}, ensure_ascii=False)})
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as opened:
        assert values(opened, "oym") == values(opened, "欧阳") == []
        assert opened.suggest("wm") == (Suggestion("speaker", "王某", 1),)
