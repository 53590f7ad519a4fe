"""An index that is damaged, or of another version, is refused with the command that rebuilds it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.store.generations import current_generation
from indexer.store.manifest import INDEX_VERSION
from tests.conftest import Command, MakeSeeds, rewrite

TALK = "某处的标题\n\n王小明委员建议，加快发展低空经济。\n"


@pytest.mark.parametrize(("version", "remedy"), [(99, "upgrade the program, or rebuild"), (3, "rebuild")])
def test_an_index_of_another_version_is_refused_with_a_remedy(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path, version: int, remedy: str
) -> None:
    make_seeds({"a.txt": TALK})
    lianghui("index")
    manifest = current_generation(tmp_path / "index") / "manifest.json"
    rewrite(manifest, lambda record: record.update(version=version))
    run = lianghui("search", "低空经济")
    assert run.code == 2
    assert f"is of version {version} and this program reads {INDEX_VERSION}; {remedy}" in run.err
    assert "rebuild it with: lianghui index --full" in run.err
    assert lianghui("index").code == 0
    assert lianghui("search", "低空经济").code == 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda record: record.pop("sources"),
        lambda record: record.update(sources=[]),
        lambda record: record["sources"].update(x={}),
        lambda record: record.update(analysis=None),
        lambda record: record.update(seeds=5),
        lambda record: record.update(more=1),
        lambda record: record.update(files={"x": {}}),
        lambda record: record.update(version="3"),
        lambda record: record.pop("packages"),
    ],
)
def test_a_manifest_that_is_not_of_the_form_is_refused_with_a_remedy(
    lianghui: Command,
    make_seeds: MakeSeeds,
    tmp_path: Path,
    damage: Callable[[dict[str, Any]], object],
) -> None:
    make_seeds({"a.txt": TALK})
    lianghui("index")
    manifest = current_generation(tmp_path / "index") / "manifest.json"
    rewrite(manifest, damage)
    run = lianghui("search", "低空")
    assert run.code == 2
    assert "lianghui index --full" in run.err
    assert lianghui("index").code == 0


def test_an_index_with_something_missing_in_it_is_refused_with_a_remedy(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    make_seeds({"a.txt": TALK})
    lianghui("index")
    for path in current_generation(tmp_path / "index").glob("segment-*.arrays"):
        path.write_bytes(path.read_bytes().replace(b'"match.gaps_high"', b'"match.gaps_lost"'))
    run = lianghui("search", "低空")
    assert run.code == 2
    assert "damaged" in run.err
    assert "lianghui index --full" in run.err


def test_a_build_upon_a_damaged_index_says_how_to_start_over(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    make_seeds({"a.txt": TALK})
    lianghui("index")
    for path in current_generation(tmp_path / "index").glob("segment-*.arrays"):
        path.write_bytes(path.read_bytes()[:100])
    make_seeds({"b.txt": TALK})
    run = lianghui("index")
    assert run.code == 2
    assert "damaged" in run.err
    assert "lianghui index --full" in run.err
    assert lianghui("index", "--full").code == 0


def test_a_damaged_index_is_refused_with_a_remedy(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    make_seeds({"a.txt": TALK})
    lianghui("index")
    for path in current_generation(tmp_path / "index").glob("segment-*.arrays"):
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
    run = lianghui("search", "低空")
    assert run.code == 2
    assert "damaged" in run.err
    assert "lianghui index --full" in run.err
