"""A build stops and asks when most of the seeds are gone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from indexer import LossError, build_index
from query import open_index
from tests.conftest import Command, MakeSeeds

TALK = "第{}处的标题\n\n王小明委员建议，加快发展低空经济。\n\n李大山代表认为，教育是根本。\n"


def talks(count: int) -> dict[str, str | bytes]:
    return {f"{number}.txt": TALK.format(number) for number in range(count)}


def lines(count: int) -> str:
    return "".join(json.dumps({"text": f"第{number}句话。"}) + "\n" for number in range(count))


def sources(index: Path) -> set[str]:
    with open_index(index) as opened:
        return {paragraph.source for paragraph in opened.paragraphs()}


@pytest.mark.parametrize("full", [[], ["--full"]])
def test_a_build_without_most_of_the_seeds_stops_and_asks(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path, full: list[str]
) -> None:
    seeds = make_seeds(talks(10))
    lianghui("index")
    for number in range(8):
        (seeds / f"{number}.txt").unlink()
    run = lianghui("index", *full)
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "lianghui: 8 of 10 seeds are gone, with 24 of 30 paragraphs, and the index would hold 6; "
        "bring them back, or build without them with: lianghui index --force\n"
    )
    assert sources(tmp_path / "index") == {*talks(10)}
    assert len([*(tmp_path / "index").glob("generation-*")]) == 1
    assert lianghui("index", "--force", *full).code == 0
    assert sources(tmp_path / "index") == {"8.txt", "9.txt"}


def test_seeds_that_cannot_be_read_are_gone_for_a_build_that_starts_over(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds = make_seeds(talks(4))
    build_index(seeds, tmp_path / "index")
    make_seeds(dict.fromkeys([*talks(3)], b"\0\1"))
    assert build_index(seeds, tmp_path / "index").paragraphs == 12  # they keep what they had
    with pytest.raises(LossError, match="3 of 4 seeds are gone"):
        build_index(seeds, tmp_path / "index", full=True)
    assert build_index(seeds, tmp_path / "index", full=True, force=True).paragraphs == 3


def test_seeds_that_are_empty_now_are_gone(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds(talks(4))
    build_index(seeds, tmp_path / "index")
    make_seeds(dict.fromkeys([*talks(3)], ""))
    with pytest.raises(LossError, match="with 9 of 12 paragraphs"):
        build_index(seeds, tmp_path / "index")


def test_one_large_seed_among_many_small_ones_is_most_of_them(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds(talks(5) | {"large.jsonl": lines(500)})
    build_index(seeds, tmp_path / "index")
    (seeds / "large.jsonl").unlink()
    with pytest.raises(LossError, match="1 of 6 seeds are gone, with 500 of 515 paragraphs"):
        build_index(seeds, tmp_path / "index")


@pytest.mark.parametrize(("before", "gone"), [(2, 1), (1, 1), (10, 5), (3, 1)])
def test_half_of_the_seeds_or_a_small_one_may_go_without_a_word(
    make_seeds: MakeSeeds, tmp_path: Path, before: int, gone: int
) -> None:
    seeds = make_seeds(talks(before))
    build_index(seeds, tmp_path / "index")
    for number in range(gone):
        (seeds / f"{number}.txt").unlink()
    make_seeds({"new.txt": "一句话。"})
    assert len(build_index(seeds, tmp_path / "index").changes.removed) == gone


def test_seeds_may_all_be_renamed_exchanged_or_put_into_one(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds(talks(10))
    build_index(seeds, tmp_path / "index")
    for new in ({f"new{name}": text for name, text in talks(10).items()}, {"all.jsonl": lines(30)}):
        shutil.rmtree(seeds)
        build_index(make_seeds(new), tmp_path / "index")
        assert sources(tmp_path / "index") == {*new}


def test_another_folder_does_not_take_the_place_of_a_larger_one(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    build_index(make_seeds(talks(10)), tmp_path / "index")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text("一句话。", "utf-8")
    with pytest.raises(LossError, match="10 of 10 seeds are gone"):
        build_index(tmp_path / "other", tmp_path / "index")


@pytest.mark.parametrize("folder", [True, False])
def test_an_empty_or_missing_folder_leaves_the_index_even_by_force(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path, *, folder: bool
) -> None:
    seeds = make_seeds(talks(3))
    lianghui("index")
    shutil.rmtree(seeds)
    if folder:
        seeds.mkdir()
    run = lianghui("index", "--force")
    assert (run.code, run.out) == (2, "")
    assert "no seeds" in run.err
    assert sources(tmp_path / "index") == {*talks(3)}
