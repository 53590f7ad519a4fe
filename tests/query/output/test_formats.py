"""JSON of hits, of whole answers and of every paragraph, with the promised keys."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import SEEDS, Command

HIT_KEYS = (
    "rank score id source lines text snippet highlights title section document_type kind date sessions"
    " speakers topics mentions reporters"
).split()
KEYS_OF_FEW = "date_end mentioned_sessions mentioned_dates chair attendees".split()
RESULT_KEYS = "format_version query rung words missing total facets facet_sizes hits near".split()
SEED = "000_53d84523222cba33.txt"


def test_json_has_the_promised_keys(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "低空经济", "--format", "json", "--index", page_index)
    answer = json.loads(run.out)
    assert list(answer) == RESULT_KEYS
    assert answer["format_version"] == 1
    assert answer["total"] == len(answer["hits"]) == 9
    assert all([key for key in hit if key not in KEYS_OF_FEW] == HIT_KEYS for hit in answer["hits"])
    hit = answer["hits"][0]
    assert hit["source"] == SEED
    assert [hit["text"][start:end] for start, end in hit["highlights"]] == ["低空经济"] * 4
    assert set(hit["speakers"][0]) == {"name", "role", "position", "organisation", "how", "evidence"}
    assert set(hit["topics"][0]) == {"label", "from"}
    assert set(answer["facets"]["speaker"][0]) == {"value", "count"}


def test_jsonl_has_one_hit_a_line(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "低空经济", "--format", "jsonl", "-n", "3", "--index", page_index)
    assert [json.loads(line)["rank"] for line in run.out.splitlines()] == [1, 2, 3]


def test_export_gives_every_piece_of_the_page_in_order(lianghui: Command, page_index: Path) -> None:
    run = lianghui("export", "--index", page_index)
    records = [json.loads(line) for line in run.out.splitlines()]
    kept = [[key for key in record if key not in KEYS_OF_FEW] for record in records]
    assert all(keys == HIT_KEYS[2:6] + HIT_KEYS[7:] for keys in kept)
    assert all(record["highlights"] == [] for record in records)
    exported = "".join("".join(record["text"] for record in records).split())
    assert exported == "".join((SEEDS / SEED).read_text("utf-8").split())
