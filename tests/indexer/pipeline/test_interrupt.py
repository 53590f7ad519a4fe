"""Press Ctrl-C at any time: exit 130, one sentence, the index as it was, and nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer import build_index
from query import open_index
from tests.conftest import MakeSeeds

pytestmark = pytest.mark.slow

TALK = "某处的标题\n\n王小明委员建议，加快发展低空经济。\n"
SAID = "lianghui: stopped; an index that was being built is whole: as it was, or the new one\n"

# Heeds Ctrl-C, also where the shell started the tests without.
HEEDFUL = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from query.cli.commands import main
main()
"""

# Presses Ctrl-C when the build does something for the first time, as the audit events tell.
PROGRAM = """
import os, signal, sys
event, fragment = sys.argv.pop(), sys.argv.pop()
def press(name, args):
    global event
    if name == event and any(fragment in str(arg) for arg in args):
        event = None
        os.kill(os.getpid(), signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.addaudithook(press)
from query.cli.commands import main
main()
"""


def records(count: int) -> str:
    text = "第{}位代表建议，加快发展低空经济，支持第{}所学校，把数以千计的学生都送到田间地头去。"
    lines = [{"text": text.format(number, number % 7)} for number in range(count)]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def content(index: Path) -> tuple[list[str], list[str]]:
    """List the files of an index, and its texts."""
    files = sorted(path.relative_to(index).as_posix() for path in index.rglob("*") if path.is_file())
    with open_index(index) as opened:
        return files, [paragraph.text for paragraph in opened.paragraphs()]


@pytest.mark.parametrize(
    ("event", "fragment"),
    [
        ("os.mkdir", "generation-000002"),
        ("open", "b.txt"),
        ("open", "000000.arrays"),
        ("open", "segment-000002.arrays"),
        ("open", "values.arrays"),
        ("open", "_MAIN_"),
        ("open", "manifest.json.new"),
        ("os.rename", "manifest.json.new"),
        ("open", "current.new"),
    ],
)
def test_a_build_that_is_interrupted_leaves_the_index_as_it_was(
    make_seeds: MakeSeeds, tmp_path: Path, event: str, fragment: str
) -> None:
    build_index(make_seeds({"a.txt": TALK}), tmp_path / "index")
    before = content(tmp_path / "index")
    make_seeds({"b.txt": TALK})
    command = [sys.executable, "-c", PROGRAM, "index", fragment, event]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.lstrip()) == (130, "", SAID)
    assert content(tmp_path / "index") == before


@pytest.mark.parametrize("event", ["os.rename", "shutil.rmtree"])
def test_a_build_that_is_interrupted_while_it_switches_leaves_one_index_or_the_other(
    make_seeds: MakeSeeds, tmp_path: Path, event: str
) -> None:
    seeds = make_seeds({"a.txt": TALK})
    build_index(seeds, tmp_path / "index")
    make_seeds({"b.txt": TALK})
    fragment = "current.new" if event == "os.rename" else "generation-000001"
    command = [sys.executable, "-c", PROGRAM, "index", fragment, event]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert len(content(tmp_path / "index")[1]) in (2, 4)
    build_index(seeds, tmp_path / "index")
    assert len(content(tmp_path / "index")[1]) == 4
    assert len([*(tmp_path / "index").glob("generation-*")]) == 1


@pytest.mark.skipif(os.name == "nt", reason="needs the signals of a terminal")
@pytest.mark.parametrize("awaited", ["generation-000002", "generation-000002/000000.arrays"])
def test_workers_stop_with_the_build(make_seeds: MakeSeeds, tmp_path: Path, awaited: str) -> None:
    build_index(make_seeds({"a.txt": TALK}), tmp_path / "index")
    before = content(tmp_path / "index")
    make_seeds({"b.jsonl": records(6_000).replace("\n", " " * 1_000 + "\n")})  # enough for several workers
    command = [sys.executable, "-c", HEEDFUL, "index"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0
    ) as build:
        while not (tmp_path / "index" / awaited).exists():
            assert build.poll() is None
            time.sleep(0.01)
        os.killpg(build.pid, signal.SIGINT)
        out, err = build.communicate(timeout=120)  # not for ever
    assert (build.returncode, out, err.decode().lstrip()) == (130, b"", SAID)
    assert content(tmp_path / "index") == before
