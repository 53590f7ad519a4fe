"""Opening a generation: all of it, or one sentence that says what is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indexer import IndexDamagedError, IndexMissingError
from indexer.errors import DamageError
from indexer.reader import open_generation, read_generation, report_damage


def test_the_current_generation_is_opened(page_index: Path) -> None:
    generation = open_generation(page_index)
    assert (generation.index, generation.folder.name) == (page_index, "generation-000001")
    assert sum(segment.live_count for segment in generation.segments) == sum(
        generation.manifest.kinds().values()
    )


def test_without_an_index_the_error_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="build one with: lianghui index"):
        open_generation(tmp_path)


@pytest.mark.parametrize(
    "name", ["segments.json", "segment-000001.arrays", "values.arrays", "dictionary.trie", "learned.arrays"]
)
def test_a_file_that_is_gone_is_named_with_the_remedy(page_index: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(page_index, tmp_path / "index")
    folder = tmp_path / "index" / "generation-000001"
    (folder / name).unlink()
    sentence = rf"is damaged \({name}: No such file or directory\); rebuild it with: lianghui index --full"
    with pytest.raises(IndexDamagedError, match=sentence):
        read_generation(folder)


def test_damage_is_reported_with_the_index_and_a_fault_of_ours_is_not() -> None:
    with (
        pytest.raises(IndexDamagedError, match=r"the index at x is damaged \(why\)"),
        report_damage(Path("x")),
    ):
        raise DamageError("why")
    with pytest.raises(ValueError, match="why") as raised, report_damage(Path("x")):
        raise ValueError("why")
    assert type(raised.value) is ValueError
