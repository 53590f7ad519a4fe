"""Which seeds differ from what an index was built from."""

from __future__ import annotations

from pathlib import Path

from indexer.pipeline.changes import Changes, find_changes
from indexer.store.checksums import file_digest
from indexer.store.manifest import SourceState


def state_of(path: Path) -> SourceState:
    status = path.stat()
    return SourceState(file_digest(path), status.st_size, status.st_mtime_ns)


def test_seeds_are_added_changed_or_removed(tmp_path: Path) -> None:
    seeds = {name: tmp_path / name for name in ("added.txt", "changed.txt", "same.txt")}
    for path in seeds.values():
        path.write_text("经济", "utf-8")
    known = {name: state_of(seeds[name]) for name in ("changed.txt", "same.txt")}
    known["removed.txt"] = known["same.txt"]
    seeds["changed.txt"].write_text("教育和经济", "utf-8")
    changes = find_changes(seeds, known, thorough=False)
    assert changes == Changes(("added.txt",), ("changed.txt",), ("removed.txt",))


def test_a_file_with_another_time_and_the_same_content_has_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("经济", "utf-8")
    known = SourceState(file_digest(path), path.stat().st_size, 0)
    assert not find_changes({"a.txt": path}, {"a.txt": known}, thorough=False)


def test_a_file_that_cannot_be_read_has_changed_unless_it_could_not_be_read_before(tmp_path: Path) -> None:
    seeds = {"a.txt": tmp_path / "nowhere"}
    assert find_changes(seeds, {"a.txt": SourceState("1f", 1, 1)}, thorough=True).changed == ("a.txt",)
    assert not find_changes(seeds, {"a.txt": SourceState("", 0, 0)}, thorough=True)


def test_changes_are_summed_up_with_the_first_three_names() -> None:
    assert str(Changes(added=("a", "b"), removed=("c",))) == "2 added, 1 removed (a, b, c)"
    assert str(Changes(changed=("a", "b", "c", "d"))) == "4 changed (a, b, c, …)"
