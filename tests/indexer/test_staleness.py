"""Whether an index still is what its seeds say, and how it is brought up to date."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from indexer import build_index
from indexer.staleness import Staleness
from indexer.store.generations import current_generation
from indexer.store.manifest import read_manifest
from query import open_index
from tests.conftest import MakeSeeds, rewrite
from tests.indexer.talks import ONE, TWO


def test_an_index_cut_by_another_jieba_is_built_anew(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE})
    build_index(seeds, tmp_path / "index")
    manifest = current_generation(tmp_path / "index") / "manifest.json"
    rewrite(manifest, lambda record: record["analysis"].update(jieba="0.1"))
    with open_index(tmp_path / "index") as index:
        assert "jieba" in index.staleness.analysis_changes(thorough=True)
    assert build_index(seeds, tmp_path / "index").full


def test_seeds_and_index_can_move_together(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    build_index(make_seeds({"a.txt": ONE}), tmp_path / "index")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "seeds").rename(tmp_path / "elsewhere" / "seeds")
    (tmp_path / "index").rename(tmp_path / "elsewhere" / "index")
    with open_index(tmp_path / "elsewhere" / "index") as index:
        assert not index.staleness.changes()


def staleness_of(index: Path) -> Staleness:
    return Staleness(index, read_manifest(current_generation(index)))


def test_another_jieba_does_not_make_a_search_stale(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    build_index(make_seeds({"a.txt": ONE}), tmp_path / "index")
    manifest = current_generation(tmp_path / "index") / "manifest.json"
    rewrite(manifest, lambda record: record["analysis"].update(jieba="0.1"))
    assert staleness_of(tmp_path / "index").analysis_changes() == ""


def test_words_of_the_user_that_came_later_are_a_change_of_analysis(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    build_index(make_seeds({"a.txt": ONE}), tmp_path / "index")
    make_seeds({"words.txt": "低空经济\n"})
    assert staleness_of(tmp_path / "index").analysis_changes().startswith("words.txt was absent and is ")


def test_every_seed_counts_as_removed_when_the_folder_is_gone(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE, "b.txt": TWO})
    build_index(seeds, tmp_path / "index")
    shutil.rmtree(seeds)
    assert staleness_of(tmp_path / "index").changes().removed == ("a.txt", "b.txt")


def test_a_change_that_keeps_size_and_time_is_seen_by_a_thorough_look(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds = make_seeds({"a.txt": ONE})
    before = (seeds / "a.txt").stat()
    build_index(seeds, tmp_path / "index")
    make_seeds({"a.txt": ONE.replace("王小明", "李小明")})
    os.utime(seeds / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not staleness_of(tmp_path / "index").changes()
    assert staleness_of(tmp_path / "index").changes(thorough=True).changed == ("a.txt",)


def test_the_command_names_the_seeds_and_how_links_were_treated(
    make_seeds: MakeSeeds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    seeds = make_seeds({"a.txt": ONE}).rename(tmp_path / "my seeds")
    build_index(seeds, "index", follow_links=True)
    assert staleness_of(Path("index")).update_command() == "lianghui index 'my seeds' --follow-links"
