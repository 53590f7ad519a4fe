"""Progress is shown to people at a terminal, and to nobody else."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conftest import Command, MakeSeeds
from tests.query.cli.conftest import Terminal


def test_a_command_that_takes_long_shows_its_progress_on_a_terminal(terminal: Terminal) -> None:
    shown = terminal("verify", "--deep", "--probes", "5")
    assert "inspecting" in shown
    assert "verifying" in shown
    assert shown.count("100%") == 2


def test_a_build_shows_each_of_its_phases(terminal: Terminal, make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": "标题\n\n王小明委员建议，加快发展。\n"})
    shown = terminal("index", str(seeds), "--index", str(tmp_path / "index"))
    labels = re.findall(r"(reading|merging|words) *\[#+\] *100%", shown)
    assert [*dict.fromkeys(labels)] == ["reading", "merging", "words"]
    assert "added 1, changed 0, removed 0" in shown
    assert re.search(r"reading *\[-+\] *0% +a\.txt", shown)
    assert re.search(r"reading *\[#+\] *100% +a\.txt", shown)


def test_progress_is_not_written_into_a_file(lianghui: Command, page_index: Path) -> None:
    assert lianghui("verify", "--deep", "--probes", "5", "--index", page_index).err == ""
