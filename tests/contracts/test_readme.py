"""Every README is executed: what it shows is what the program prints."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from indexer import build_index
from query import open_index
from query.results import EXPORT_KEYS
from tests.conftest import README, ROOT, SEEDS, Command

ROOMS = ("indexer", "query", "query/page", "tests/benchmarks", "tests/faults")
TEXTS = {
    str(path.relative_to(ROOT)): path.read_text("utf-8")
    for path in (README, *(ROOT / room / "README.md" for room in ROOMS))
}
SHOWN = [
    (name, *shown)
    for name, text in TEXTS.items()
    for shown in re.findall(r"```console\n\$ lianghui (.*)\n((?s:.*?))```", text)
]
PROGRAMS = [program for text in TEXTS.values() for program in re.findall(r"```python\n((?s:.*?))```", text)]
RECORDS = [record for text in TEXTS.values() for record in re.findall(r"```json\n(.*)\n```", text)]


def test_the_readmes_show_commands_a_program_and_a_record() -> None:
    assert len(SHOWN) >= 7
    assert len(PROGRAMS) == 1
    assert len(RECORDS) == 1


@pytest.mark.parametrize(("name", "command", "output"), SHOWN, ids=[" ".join(shown[:2]) for shown in SHOWN])
def test_a_command_prints_what_a_readme_shows(
    lianghui: Command, tmp_path: Path, page_index: Path, name: str, command: str, output: str
) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    run = lianghui(*shlex.split(command), "--index", page_index)
    assert run.out + run.err == output, name


def test_the_program_runs_and_prints_hits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    exec(PROGRAMS[0], {})  # noqa: S102 - our own words
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 4
    assert all("张艳丽" in line for line in printed)


def test_the_record_shown_is_a_seed(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.jsonl").write_text(RECORDS[0], "utf-8")
    assert not build_index(tmp_path / "seeds", tmp_path / "index").faults
    with open_index(tmp_path / "index") as index:
        (paragraph,) = index.paragraphs()
    assert paragraph.date == json.loads(RECORDS[0])["date"]


def test_both_commands_of_the_first_screen_are_there_to_copy() -> None:
    first_screen = TEXTS["README.md"].split("## ")[0]
    assert ".venv/bin/lianghui search 低空经济\n" in first_screen
    assert ".venv/bin/pytest\n" in first_screen


def test_the_first_readme_is_short() -> None:
    assert README.stat().st_size <= 10_000


def test_every_key_of_a_hit_is_named() -> None:
    assert all(key in TEXTS["query/README.md"] for key in EXPORT_KEYS)


@pytest.mark.parametrize("name", TEXTS)
def test_every_file_that_a_readme_names_is_there(name: str) -> None:
    folder = (ROOT / name).parent
    linked = re.findall(r"\]\(([^)#]+\.md)", TEXTS[name])
    named = re.findall(r"`((?:indexer|query|tests)/[\w/.]+)`", TEXTS[name])
    assert all((folder / path).is_file() for path in linked)
    assert all((ROOT / path).exists() for path in named)


@pytest.mark.parametrize("package", ["indexer", "query"])
def test_every_room_and_file_of_a_package_is_in_its_readme(package: str) -> None:
    rooms = {f"{path.name}/" for path in (ROOT / package).iterdir() if (path / "__init__.py").is_file()}
    files = {path.stem for path in (ROOT / package).glob("*.py")} - {"__init__"}
    table = TEXTS[f"{package}/README.md"].split("\n\n")[1]
    assert set(re.findall(r"`([\w/]+)`", table)) >= rooms | files
