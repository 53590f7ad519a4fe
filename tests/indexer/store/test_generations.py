"""Generations: one of them is current, and a build replaces it as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import IndexDamagedError, IndexMissingError
from indexer.store.generations import (
    carry_over,
    current_generation,
    new_generation,
    remove_stale_generations,
    state_of_current,
    switch_to,
)


def make_current(index: Path) -> Path:
    """Make the next generation, with one file, the current one."""
    index.mkdir(exist_ok=True)
    with new_generation(index) as generation:
        (generation / "file").write_bytes(b"content")
        switch_to(generation)
    return generation


def fail(index: Path, *, switch: bool) -> None:
    """Make the next generation, and stop before or after it becomes current."""
    with new_generation(index) as generation:
        (generation / "file").write_bytes(b"")
        if switch:
            switch_to(generation)
        raise KeyboardInterrupt


def names(index: Path) -> list[str]:
    return sorted(path.name for path in index.iterdir())


def test_the_generation_that_was_switched_to_is_current_and_the_only_one(tmp_path: Path) -> None:
    for name in ("generation-000001", "generation-000002"):
        assert make_current(tmp_path) == current_generation(tmp_path) == tmp_path / name
        assert names(tmp_path) == ["current", name]


@pytest.mark.parametrize("name", ["nowhere", "file", "file/index", ""])
def test_where_no_generation_is_current_there_is_no_index(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(IndexMissingError, match=r"no index at .*; build one with: lianghui index"):
        current_generation(tmp_path / name)


@pytest.mark.parametrize(
    "content", [b"", b"generation-000001 00000000\n", b"generation-00000", b"../elsewhere\n"]
)
def test_a_damaged_pointer_is_told_and_nothing_is_removed(tmp_path: Path, content: bytes) -> None:
    make_current(tmp_path)
    (tmp_path / "current").write_bytes(content)
    with pytest.raises(IndexDamagedError, match="current is not as it was written"):
        current_generation(tmp_path)
    remove_stale_generations(tmp_path)
    assert names(tmp_path) == ["current", "generation-000001"]


def test_a_pointer_to_a_generation_that_is_gone_is_damage(tmp_path: Path) -> None:
    (make_current(tmp_path) / "file").unlink()
    (tmp_path / "generation-000001").rmdir()
    with pytest.raises(IndexDamagedError, match="generation-000001 is gone"):
        current_generation(tmp_path)


def test_the_pointer_of_an_old_version_has_no_checksum(tmp_path: Path) -> None:
    make_current(tmp_path)
    (tmp_path / "current").write_bytes(b"generation-000001\n")
    assert current_generation(tmp_path).name == "generation-000001"


def test_a_generation_that_fails_before_the_switch_is_removed(tmp_path: Path) -> None:
    make_current(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        fail(tmp_path, switch=False)
    assert names(tmp_path) == ["current", "generation-000001"]
    assert current_generation(tmp_path).name == "generation-000001"


def test_a_generation_that_fails_after_the_switch_stays(tmp_path: Path) -> None:
    make_current(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        fail(tmp_path, switch=True)
    assert names(tmp_path) == ["current", "generation-000002"]


def test_what_killed_builds_left_is_removed(tmp_path: Path) -> None:
    current = make_current(tmp_path)
    (tmp_path / "generation-000007").mkdir()
    for path in (tmp_path / "current.new", current / "manifest.json.new", tmp_path / "notes.txt"):
        path.write_bytes(b"")
    remove_stale_generations(tmp_path)
    assert names(tmp_path) == ["current", "generation-000001", "notes.txt"]
    assert names(current) == ["file"]


def test_a_file_that_is_carried_over_is_not_copied(tmp_path: Path) -> None:
    base = make_current(tmp_path)
    with new_generation(tmp_path) as generation:
        carry_over("file", base, generation)
        assert (generation / "file").samefile(base / "file")
        switch_to(generation)
    assert (generation / "file").read_bytes() == b"content"


def test_the_state_of_an_index_changes_with_every_generation_also_of_the_same_name(tmp_path: Path) -> None:
    states = [state_of_current(tmp_path / "index")]
    for _ in range(2):
        for _ in range(2):
            make_current(tmp_path / "index")
            states.append(state_of_current(tmp_path / "index"))
            assert states[-1] == state_of_current(tmp_path / "index")
        (tmp_path / "index").rename(tmp_path / f"gone{len(states)}")
    assert states[0] is None
    assert len(set(states)) == len(states) == 5
