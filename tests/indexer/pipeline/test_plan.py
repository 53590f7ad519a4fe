"""What a build starts from, and what it has to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import SeedError, build_index
from indexer.pipeline.plan import BuildPlan, answering_base, plan_build
from indexer.seeds.folder import find_files
from indexer.store.generations import DICTIONARY_FILE, current_generation
from tests.conftest import MakeSeeds
from tests.indexer.talks import ONE, TWO


def plan(seeds: Path, index: Path, *, full: bool = False, force: bool = False) -> BuildPlan:
    return plan_build(
        seeds,
        index,
        find_files(seeds).seeds,
        answering_base(index),
        full=full,
        force=force,
        follow_links=False,
        progress=None,
    )


def test_without_an_index_everything_is_read_and_nothing_guarded(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    (tmp_path / "index").mkdir()
    planned = plan(make_seeds({"a.txt": ONE, "b.txt": TWO}), tmp_path / "index")
    assert planned.changed == {"a.txt", "b.txt"}
    assert (planned.base, planned.guarded, planned.known) == (None, None, {})


def test_an_index_is_brought_up_to_date_from_the_generation_that_answers(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds, index = make_seeds({"a.txt": ONE, "b.txt": TWO}), tmp_path / "index"
    build_index(seeds, index)
    make_seeds({"b.txt": ONE})
    planned = plan(seeds, index)
    assert planned.changed == {"b.txt"}
    assert planned.base
    assert planned.base.folder == current_generation(index)
    assert planned.guarded == planned.base.manifest
    assert planned.segmenter(quick=True).dictionary == current_generation(index) / DICTIONARY_FILE
    assert planned.segmenter(quick=False).dictionary is None


def test_a_full_build_has_no_base_and_still_guards_what_is_there(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds, index = make_seeds({"a.txt": ONE}), tmp_path / "index"
    build_index(seeds, index)
    planned = plan(seeds, index, full=True)
    assert planned.base is None
    assert planned.changed == {"a.txt"}
    assert planned.guarded
    assert plan(seeds, index, full=True, force=True).guarded is None


def test_words_of_the_user_that_changed_ask_for_a_full_build(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds, index = make_seeds({"a.txt": ONE}), tmp_path / "index"
    build_index(seeds, index)
    planned = plan(make_seeds({"words.txt": "低空经济\n"}), index)
    assert planned.base is None
    assert planned.user_words == ("低空经济",)


def test_an_index_whose_manifest_cannot_be_read_is_built_anew(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds, index = make_seeds({"a.txt": ONE}), tmp_path / "index"
    build_index(seeds, index)
    (current_generation(index) / "manifest.json").write_text("{", "utf-8")
    planned = plan(seeds, index)
    assert (planned.base, planned.guarded) == (None, None)


def test_a_list_of_the_users_that_cannot_be_read_stops_the_plan(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    with pytest.raises(SeedError, match=r"topics\.toml"):
        plan(make_seeds({"a.txt": ONE, "topics.toml": "="}), tmp_path / "index")
