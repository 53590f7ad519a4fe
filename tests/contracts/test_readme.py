"""The README is executed: what it shows is what the program prints."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from query.results import EXPORT_KEYS
from tests.conftest import README as PATH
from tests.conftest import SEEDS, Command

README = PATH.read_text("utf-8")
SHOWN = re.findall(r"```console\n\$ lianghui (.*)\n((?s:.*?))```", README)
PROGRAM = re.findall(r"```python\n((?s:.*?))```", README)


def test_the_readme_shows_commands_and_a_program() -> None:
    assert len(SHOWN) >= 3
    assert len(PROGRAM) == 1


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_prints_what_the_readme_shows(
    lianghui: Command, tmp_path: Path, page_index: Path, command: str, output: str
) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    run = lianghui(*shlex.split(command), "--index", page_index)
    assert run.out + run.err == output


def test_the_program_runs_and_prints_hits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    exec(PROGRAM[0], {})  # noqa: S102 - our own words
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 4
    assert all("张艳丽" in line for line in printed)


def test_both_commands_of_the_first_screen_are_there_to_copy() -> None:
    first_screen = README.split("## ")[0]
    assert ".venv/bin/lianghui search 低空经济\n" in first_screen
    assert ".venv/bin/pytest\n" in first_screen


def test_every_key_of_a_hit_is_named() -> None:
    assert all(key in README for key in EXPORT_KEYS)
