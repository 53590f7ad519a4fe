"""How names sound is known without pypinyin, and is what pypinyin says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pypinyin import Style, pinyin

from indexer import build_index
from indexer.analysis.name_sounds import (
    NameSounds,
    load_readings,
    read_readings,
    write_name_sounds,
    write_readings,
)
from indexer.store.generations import READINGS_FILE, SOUNDS_FILE, current_generation
from query import open_index
from tests.conftest import MakeSeeds

SPEAKERS = "王小明 李大山 单于某 吕女士 赵某兰 阿·卜杜拉"


def test_the_readings_are_those_of_pypinyin() -> None:
    readings = load_readings()
    assert len(readings) > 20_000
    for char, own in readings.items():
        (theirs,) = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore") or [[]]
        assert own == theirs, char


def test_readings_are_read_as_they_were_written(tmp_path: Path) -> None:
    write_readings(tmp_path / "readings.arrays", load_readings())
    assert read_readings(tmp_path / "readings.arrays") == load_readings()


@pytest.fixture
def sounds(make_seeds: MakeSeeds, tmp_path: Path) -> NameSounds:
    """Build an index of speakers, and map how their names sound."""
    text = "\n".join(f'{{"text": "低空{name}", "speakers": ["{name}"]}}' for name in SPEAKERS.split())
    build_index(make_seeds({"a.jsonl": text}), tmp_path / "index")
    folder = current_generation(tmp_path / "index")
    return NameSounds(folder / SOUNDS_FILE, folder / READINGS_FILE)


def shown(tmp_path: Path, names: list[tuple[str, int]]) -> list[str]:
    with open_index(tmp_path / "index") as index:
        return [index.searcher.table(field).shown(value) for field, value in names]


@pytest.mark.parametrize(
    ("letters", "names"),
    [
        ("wangxiaoming", ["王小明"]),
        ("chanyumou", ["单于某"]),
        ("shanyumou", ["单于某"]),  # a character has several readings
        ("lvnvshi", ["吕女士"]),
        ("abudula", ["阿·卜杜拉"]),
        ("wangxiao", []),
        ("", []),
    ],
)
def test_names_are_found_by_their_letters(
    sounds: NameSounds, tmp_path: Path, letters: str, names: list[str]
) -> None:
    assert shown(tmp_path, sounds.with_sound(letters)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("王小明", ["王小明"]),
        ("汪晓名说", ["王小明"]),
        ("王小", []),
        ("山于谋", ["单于某"]),
        ("禅于谋", ["单于某"]),
        ("阿·卜杜拉", ["阿·卜杜拉"]),
        ("x", []),
        ("欸欸", []),  # read ê, too
    ],
)
def test_names_are_found_that_sound_as_a_text_begins(
    sounds: NameSounds, tmp_path: Path, text: str, names: list[str]
) -> None:
    assert shown(tmp_path, sounds.alike(text)) == names


def test_no_search_imports_pypinyin(page_index: Path) -> None:
    program = (
        "import sys; from query import open_index; index = open_index(sys.argv[1]);"
        "index.search('范照森'); index.search('fanzhaosen'); index.search('人才', speaker='张燕丽');"
        "print('pypinyin' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, page_index], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_sounds_are_the_same_step_by_step_and_all_at_once(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    for number, name in enumerate((*SPEAKERS.split(), "某", "王小明")):
        seeds = make_seeds({f"{number}.jsonl": f'{{"text": "低空{name}", "speakers": ["{name}"]}}'})
        build_index(seeds, tmp_path / "index")
    (seeds / "0.jsonl").unlink()
    build_index(seeds, tmp_path / "index")
    stored = current_generation(tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        write_name_sounds(tmp_path / "sounds.arrays", index.generation.values, load_readings())
    assert (tmp_path / "sounds.arrays").read_bytes() == (stored / SOUNDS_FILE).read_bytes()
