"""A new generation: written whole and switched to, or not at all, with nothing left behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from indexer import SeedError, build_index
from indexer.store.generations import current_generation
from indexer.store.manifest import read_manifest
from query import open_index
from tests.conftest import MakeSeeds
from tests.indexer.talks import ONE, TWO, texts


def test_the_manifest_knows_what_the_index_was_built_from(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    build_index(make_seeds({"a.txt": ONE}), tmp_path / "index")
    manifest = read_manifest(current_generation(tmp_path / "index"))
    assert manifest.sources["a.txt"].size == len(ONE.encode())
    assert manifest.seeds == "../seeds"
    assert set(manifest.analysis) >= {"jieba", "opencc"}


def test_a_failed_build_leaves_the_index_that_was_there(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE})
    build_index(seeds, tmp_path / "index")
    before = texts(tmp_path / "index")
    make_seeds({"a.txt": ""})
    with pytest.raises(SeedError):
        build_index(seeds, tmp_path / "index")
    with pytest.raises(SeedError):
        build_index(tmp_path / "nowhere", tmp_path / "index")
    assert texts(tmp_path / "index") == before
    assert len([*(tmp_path / "index").glob("generation-*")]) == 1


def test_a_file_that_cannot_be_read_any_more_keeps_its_paragraphs(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds = make_seeds({"a.txt": ONE, "b.txt": TWO})
    build_index(seeds, tmp_path / "index")
    before = texts(tmp_path / "index")
    make_seeds({"b.txt": b"\0\1\2"})
    report = build_index(seeds, tmp_path / "index")
    assert [fault.source for fault in report.faults] == ["b.txt"]
    assert texts(tmp_path / "index") == before
    make_seeds({"b.txt": ONE})
    assert build_index(seeds, tmp_path / "index").faults == ()


def test_a_file_that_became_a_broken_link_keeps_its_paragraphs(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE, "b.txt": TWO})
    build_index(seeds, tmp_path / "index")
    before = texts(tmp_path / "index")
    (seeds / "b.txt").unlink()
    (seeds / "b.txt").symlink_to(seeds / "nowhere")
    assert len(build_index(seeds, tmp_path / "index").faults) == 1
    assert texts(tmp_path / "index") == before


def test_a_reader_goes_on_with_what_it_opened(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE})
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as reader:
        make_seeds({"a.txt": TWO})
        build_index(seeds, tmp_path / "index")
        assert reader.search("低空经济").total == 1
        assert reader.search("教育").total == 0
    with open_index(tmp_path / "index") as reader:
        assert reader.search("低空经济").total == 0


def test_what_a_killed_build_left_is_cleared_away(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE})
    build_index(seeds, tmp_path / "index")
    (tmp_path / "index" / "generation-000007").mkdir()
    make_seeds({"a.txt": TWO})
    build_index(seeds, tmp_path / "index")
    assert len([*(tmp_path / "index").glob("generation-*")]) == 1
    assert not (tmp_path / "index" / "generation-000007").exists()


# Is killed just before the new index becomes the current one, as the audit events tell.
KILLED = """
import os, signal, sys
from indexer import build_index
def kill(event, args):
    if event == "open" and "current.new" in str(args[0]):
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(kill)
build_index(*sys.argv[1:])
"""


def test_what_a_killed_build_left_is_gone_after_the_next(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE})
    build_index(seeds, tmp_path / "index")
    make_seeds({"b.txt": ONE})
    done = subprocess.run([sys.executable, "-c", KILLED, seeds, tmp_path / "index"], check=False)
    assert done.returncode == -signal.SIGKILL
    (seeds / "b.txt").unlink()
    assert len([*(tmp_path / "index").glob("generation-*")]) == 2
    with open_index(tmp_path / "index") as index:
        assert index.search("低空经济").total
    build_index(seeds, tmp_path / "index")
    assert len([*(tmp_path / "index").glob("generation-*")]) == 1
