"""The manifest of a generation: read as it was written, or refused with a reason."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from indexer import IndexDamagedError, IndexVersionError, build_index
from indexer.models import Fault
from indexer.store.generations import current_generation
from indexer.store.manifest import (
    INDEX_VERSION,
    FileState,
    Manifest,
    SourceState,
    content_files,
    read_manifest,
    write_manifest,
)
from tests.conftest import MakeSeeds, flipped, rewrite

MANIFEST = Manifest(
    seeds="../seeds",
    built="2025-02-26T10:00:00+00:00",
    seconds=1.5,
    analysis={"jieba": "0.42.1"},
    packages={"numpy": "2.0"},
    sources={
        "甲.txt": SourceState("a" * 64, 10, 20, {"body": 2, "headline": 1}),
        "b.jsonl": SourceState("b" * 64, 30, 40, {"body": 3}, (Fault("b.jsonl", 2, "x"),), {"1": "甲.txt"}),
    },
    files={"values.arrays": FileState("c" * 64, 50)},
    cut_by="dictionary.trie",
)


@pytest.fixture
def generation(tmp_path: Path) -> Path:
    """Write the manifest into a generation."""
    folder = tmp_path / "index" / "generation-000001"
    folder.mkdir(parents=True)
    write_manifest(folder, MANIFEST)
    return folder


def test_a_manifest_is_read_as_it_was_written(generation: Path) -> None:
    assert read_manifest(generation) == MANIFEST


def test_it_sums_up_what_the_sources_gave() -> None:
    assert MANIFEST.kinds() == {"body": 5, "headline": 1}
    assert MANIFEST.faults() == (Fault("b.jsonl", 2, "x"),)


def test_the_seeds_folder_is_relative_to_the_index(tmp_path: Path) -> None:
    assert MANIFEST.seeds_folder(tmp_path / "index") == tmp_path / "seeds"
    assert replace(MANIFEST, seeds="/elsewhere").seeds_folder(tmp_path / "index") == Path("/elsewhere")


def test_it_knows_what_the_index_was_built_from(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    text = "甲处的标题\n\n王小明委员建议，加快发展低空经济。\n"
    build_index(make_seeds({"a.txt": text}), tmp_path / "index")
    generation = current_generation(tmp_path / "index")
    manifest = read_manifest(generation)
    assert manifest.sources["a.txt"].size == len(text.encode())
    assert manifest.seeds == "../seeds"
    assert {*manifest.analysis} >= {"jieba", "opencc"}
    assert {path.name: path.stat().st_size for path in content_files(generation)} == {
        name: state.size for name, state in manifest.files.items()
    }


def test_the_files_it_describes_are_all_but_itself(generation: Path) -> None:
    for name in ("b", "a"):
        (generation / name).write_bytes(b"")
    assert content_files(generation) == [generation / "a", generation / "b"]


def test_a_flipped_bit_is_told_or_is_one_of_the_version(generation: Path, draw: random.Random) -> None:
    path = generation / "manifest.json"
    for at in draw.sample(range(path.stat().st_size), 100):
        with (
            flipped(path, at, draw.randrange(8)),
            pytest.raises((IndexDamagedError, IndexVersionError), match="lianghui index --full"),
        ):
            read_manifest(generation)


@pytest.mark.parametrize(
    ("version", "remedy"), [(1, "rebuild"), (INDEX_VERSION + 1, "upgrade the program, or rebuild")]
)
def test_a_manifest_of_another_version_is_refused(generation: Path, version: int, remedy: str) -> None:
    rewrite(generation / "manifest.json", lambda record: record.update(version=version))
    sentence = (
        f"is of version {version} and this program reads {INDEX_VERSION}; {remedy} it with: lianghui index"
    )
    with pytest.raises(IndexVersionError, match=re.escape(sentence)):
        read_manifest(generation)


def test_a_manifest_under_its_former_name_is_of_another_version(generation: Path) -> None:
    manifest = generation / "manifest.json"
    rewrite(manifest, lambda record: record.update(version=3))
    manifest.rename(generation / "passport.json")
    with pytest.raises(IndexVersionError, match=f"is of version 3 and this program reads {INDEX_VERSION}"):
        read_manifest(generation)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"version": "4"}', b"[" * 100_000, b"\xff"])
def test_what_is_no_manifest_is_damage(generation: Path, content: bytes) -> None:
    (generation / "manifest.json").write_bytes(content)
    with pytest.raises(
        IndexDamagedError, match=r"cannot be read \(manifest\.json is not as it was written\)"
    ):
        read_manifest(generation)


def test_a_manifest_that_is_gone_is_named(generation: Path) -> None:
    (generation / "manifest.json").unlink()
    with pytest.raises(IndexDamagedError, match=r"\(manifest\.json: No such file or directory\)"):
        read_manifest(generation)


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.pop("seeds"),
        lambda record: record.update(seeds=3),
        lambda record: record.update(cut_by=None),
        lambda record: record.update(seconds="soon"),
        lambda record: record.update(unknown=1),
        lambda record: record.update(files=[]),
        lambda record: record["files"].update(a={"size": 1}),
        lambda record: record["sources"]["b.jsonl"].update(faults=[1]),
        lambda record: record["sources"]["b.jsonl"].update(kinds={"body": "many"}),
    ],
)
def test_a_record_of_another_form_is_damage_though_its_checksum_is_right(
    generation: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    rewrite(generation / "manifest.json", change)
    with pytest.raises(IndexDamagedError, match=r"manifest\.json is not of the form"):
        read_manifest(generation)
