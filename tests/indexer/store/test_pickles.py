"""An index is data: a pickle in place of any of its files is never unpickled, by any command."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from indexer import build_index
from indexer.store.generations import current_generation
from tests.conftest import SEEDS, Run

COMMANDS = (
    ("search", "低空经济"),
    ("speakers",),
    ("topics", "--by", "speaker"),
    ("words", "--why"),
    ("show", "a22b72896fb3"),
    ("export",),
    ("status",),
    ("verify", "--deep", "--probes", "20"),
    ("index",),
)
NOT_READ = ("_MAIN_1.toc", "lock")  # by anything but a look at their checksums

NAMES = (
    *("current", "lock", "manifest.json", "segments.json", "values.arrays", "dictionary.arrays"),
    *("dictionary.trie", "learned.arrays", "learned.trie", "segment-000001.arrays", "_MAIN_1.toc"),
    *("sounds.arrays", "readings.arrays"),
)

# Runs the commands on its stdin in each folder that it is given, and fails when anything is unpickled.
PROGRAM = """
import os, sys
unpickled = []
sys.addaudithook(lambda event, args: unpickled.append(args) if event == "pickle.find_class" else None)
from query.cli.commands import main
folders, lines = sys.argv[1:], sys.stdin.read().splitlines()
for folder in folders:
    os.chdir(folder)
    for line in lines:
        sys.argv = ["lianghui", *line.split("\\t")]
        try:
            main()
        except SystemExit as stopped:
            sys.stdout.flush()
            print("exit", stopped.code, file=sys.stderr, flush=True)
    print("end of folder", flush=True)
    print("end of folder", file=sys.stderr, flush=True)
assert not unpickled, unpickled
"""


class Evil:
    """Makes the folder `trace` when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        """Set the folder to make."""
        self.trace = trace

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        """Return the call that unpickling makes."""
        return os.mkdir, (str(self.trace),)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder for each file of an index, with an index in which that file is poisoned."""
    folder = tmp_path_factory.mktemp("pickles")
    shutil.copytree(SEEDS, folder / "sound" / "seeds")
    build_index(folder / "sound" / "seeds", folder / "sound" / "index")
    for name in NAMES:
        shutil.copytree(folder / "sound", folder / name)
        index = folder / name / "index"
        path = (index if name in ("current", "lock") else current_generation(index)) / name
        path.write_bytes(pickle.dumps(Evil(folder / f"trace of {name}")))
    return folder


@pytest.fixture(scope="module")
def runs(folder: Path) -> dict[str, Run]:
    """Run all commands in each of these folders, by one process, since most of its time is its start."""
    lines = "\n".join("\t".join(command) for command in COMMANDS)
    command = [sys.executable, "-c", PROGRAM, *(str(folder / name) for name in NAMES)]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    outputs = zip(done.stdout.split("end of folder\n"), done.stderr.split("end of folder\n"), strict=True)
    return {name: Run(done.returncode, out, err) for name, (out, err) in zip(NAMES, outputs, strict=False)}


@pytest.mark.parametrize("name", NAMES)
def test_a_poisoned_file_runs_nothing_and_is_refused_or_not_read(
    folder: Path, runs: dict[str, Run], name: str
) -> None:
    run = runs[name]
    assert run.code == 0
    assert not (folder / f"trace of {name}").exists()
    codes = [line for line in run.err.splitlines() if line.startswith("exit ")]
    assert len(codes) == len(COMMANDS)
    if name in NOT_READ:
        deep = "exit 2" if name == "_MAIN_1.toc" else "exit 0"
        assert [code for code in codes if code != deep] == ["exit 0"] * (len(codes) - codes.count(deep))
        assert "a22b72896fb3" in run.out
    else:
        assert codes[:-1] == ["exit 2"] * (len(COMMANDS) - 1)
        assert run.err.count("lianghui index --full") >= len(COMMANDS) - 1
        assert "a22b72896fb3" not in run.out
