"""A file that is written atomically is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.store.atomic import write_atomically


def test_a_file_is_written_or_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    for content in (b"one", b"another", b""):
        write_atomically(tmp_path / "x", content)
        assert (tmp_path / "x").read_bytes() == content
        assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_write_that_fails_changes_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()  # a folder cannot be replaced by a file
    with pytest.raises(OSError, match="x"):
        write_atomically(tmp_path / "x", b"content")
    assert [path.name for path in tmp_path.rglob("*")] == ["x"]
