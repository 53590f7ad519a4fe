"""Progress is shown to people at a terminal, and to nobody else."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Command
from tests.query.cli.conftest import Terminal


def test_a_command_that_takes_long_shows_its_progress_on_a_terminal(terminal: Terminal) -> None:
    shown = terminal("verify", "--deep", "--probes", "5")
    assert "inspecting" in shown
    assert "verifying" in shown
    assert shown.count("100%") == 2


def test_progress_is_not_written_into_a_file(lianghui: Command, page_index: Path) -> None:
    assert lianghui("verify", "--deep", "--probes", "5", "--index", page_index).err == ""
