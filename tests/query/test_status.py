"""The status of an index, and whether it is still the one that would be opened."""

from __future__ import annotations

import shutil
from pathlib import Path

from indexer import build_index
from query import open_index
from tests.conftest import SEEDS, MakeSeeds


def test_the_status_says_what_is_indexed(page_index: Path) -> None:
    with open_index(page_index) as index:
        status = index.status(thorough=True)
    assert (status.sources, status.version, sum(status.kinds.values())) == (1, 7, 60)
    assert status.seeds.resolve() == SEEDS
    assert status.size == sum(file.stat().st_size for file in page_index.glob("generation-*/*")) - _manifest(
        page_index
    )
    assert not status.is_stale
    assert (status.changes, status.analysis_changes, status.faults, status.others) == ("", "", (), ())


def _manifest(index: Path) -> int:
    (manifest,) = index.glob("generation-*/manifest.json")
    return manifest.stat().st_size


def test_the_status_says_why_an_index_is_stale(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": "教育。\n", "b.jsonl": "{}\n", "c.bin": "x"})
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert [fault.source for fault in index.status().faults] == ["b.jsonl"]
        assert index.status().others == ("c.bin",)
        make_seeds({"d.txt": "人才。\n", "words.txt": "低空经济\n"})
        status = index.status()
        assert status.is_stale
        assert status.changes == "1 added (d.txt)"
        assert status.analysis_changes.startswith("words.txt was ")
        assert status.update_command == f"lianghui index {seeds} --index {tmp_path / 'index'}"
        shutil.rmtree(seeds)
        assert f"there is no folder {seeds}" in index.status().changes


def test_an_index_is_current_until_another_is_built(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": "教育。\n"})
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert index.is_current()
        make_seeds({"b.txt": "人才。\n"})
        assert index.is_current()
        build_index(seeds, tmp_path / "index")
        assert not index.is_current()


def test_an_index_built_after_it_was_removed_is_another(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": "教育。\n"})
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        shutil.rmtree(tmp_path / "index")
        assert not index.is_current()
        build_index(seeds, tmp_path / "index")
        assert (tmp_path / "index" / "generation-000001").is_dir()  # the name alone tells nothing
        assert not index.is_current()
