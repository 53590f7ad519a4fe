"""The proof of recall, and that it can fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer import LianghuiError, build_index
from indexer.store.generations import current_generation
from query import Index, open_index, verify
from tests.conftest import MakeSeeds, rewrite

NASTY = """标题：ＡＩ与㎡ ①2025年

New York 的 ﬁne 场地，100㎡的e\u0301，太\u200b原⽔利，臺灣、𠮷野家和䶮。

“1+10”占78.10%，12月2日、2月12日，５Ａ级——５Ａ级，‧·・。

哈哈哈哈哈哈哈，MAIN AI main.
"""


def test_the_contract_holds_on_the_page(page: Index) -> None:
    proof = verify(page, probes=500)
    assert (proof.missed, proof.extra, proof.altered, proof.probes) == (0, 0, (), 500)
    assert proof.holds
    assert proof.hits > 500


def test_the_contract_holds_on_nasty_text_of_both_formats(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    records = "\n".join(json.dumps({"text": line}, ensure_ascii=False) for line in NASTY.split("\n\n"))
    build_index(make_seeds({"a.txt": NASTY, "b.jsonl": records}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        for seed in range(5):
            assert verify(index, probes=400, seed=seed).misses == ()


def test_a_paragraph_missing_from_the_index_is_found_out(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    build_index(make_seeds({"a.txt": "第一段话。\n\n第二段话。"}), tmp_path / "index")
    segments = current_generation(tmp_path / "index") / "segments.json"
    rewrite(
        segments,
        lambda record: record.update(segments={name: [[1, 2]] for name in record["segments"]}),
    )
    with open_index(tmp_path / "index") as index:
        proof = verify(index, probes=50)
    assert proof.missed > 0
    assert len(proof.altered) == 1
    assert not proof.holds


def test_a_paragraph_that_is_found_without_being_there_is_found_out(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds = make_seeds({"a.txt": "第一段话。\n\n第二段话。", "b.txt": "第一段话又来了。"})
    build_index(seeds, tmp_path / "index")
    (seeds / "b.txt").unlink()
    manifest = current_generation(tmp_path / "index") / "manifest.json"
    rewrite(manifest, lambda record: record["sources"].pop("b.txt"))
    with open_index(tmp_path / "index") as index:
        proof = verify(index, probes=50)
    assert proof.extra > 0
    assert not proof.holds


def test_text_with_nothing_to_search_for_needs_no_proof(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    build_index(make_seeds({"a.txt": "。。。"}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        proof = verify(index)
    assert (proof.probes, proof.holds) == (0, True)


def test_seeds_that_changed_prove_nothing(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": "第一段话。"})
    build_index(seeds, tmp_path / "index")
    make_seeds({"a.txt": "第一段话变了。"})
    with open_index(tmp_path / "index") as index, pytest.raises(LianghuiError, match="1 changed"):
        verify(index)
