"""The command that an error names as the remedy is one that a shell takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import build_command


@pytest.mark.parametrize(
    ("command", "written"),
    [
        (build_command(Path("index")), "lianghui index"),
        (build_command(Path("index"), Path("seeds")), "lianghui index"),
        (build_command(Path("index"), Path("texts"), full=True), "lianghui index texts --full"),
        (
            build_command(Path("my index"), Path("it's"), force=True, follow_links=True),
            "lianghui index 'it'\"'\"'s' --follow-links --force --index 'my index'",
        ),
    ],
)
def test_only_what_is_not_the_default_is_written(command: str, written: str) -> None:
    assert command == written
