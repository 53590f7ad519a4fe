"""The command as a process: its folder, its pipes, and the modules that it loads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def test_the_installed_command_answers_from_any_folder(page_index: Path, tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("lianghui")
    done = subprocess.run(
        [command, "search", "低空经济", "--index", page_index, "--format", "json"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["total"] == 9
    assert done.stderr == b""


def test_a_reader_that_stops_reading_is_no_error(page_index: Path) -> None:
    command = Path(sys.executable).with_name("lianghui")
    done = subprocess.run(
        ["sh", "-c", f'"{command}" export --index "{page_index}" | head -n 1'],  # noqa: S607
        capture_output=True,
        check=True,
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_cannot_be_written_is_one_sentence(page_index: Path) -> None:
    command = Path(sys.executable).with_name("lianghui")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [command, "export", "--index", page_index], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "lianghui: the output cannot be written (No space left on device); send it elsewhere\n"
    )


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["search", "低空经济"], {"whoosh", "rjieba", "indexer.extraction.speakers.reader", "indexer.build"}),
        (["speakers"], {"whoosh", "rjieba", "jieba", "indexer.extraction.speakers.reader", "indexer.build"}),
        (
            ["topics", "--by", "speaker"],
            {"whoosh", "rjieba", "jieba", "indexer.extraction.speakers.reader", "indexer.build"},
        ),
        (
            ["show", "a22b72896fb3"],
            {"whoosh", "rjieba", "jieba", "indexer.extraction.speakers.reader", "indexer.build"},
        ),
        (["status"], {"whoosh", "rjieba", "jieba", "indexer.extraction.speakers.reader", "indexer.build"}),
    ],
)
def test_a_command_imports_nothing_that_it_does_not_need(
    page_index: Path, arguments: list[str], absent: set[str]
) -> None:
    program = (
        "import sys\nfrom query.cli.commands import main\ntry: main()\nexcept SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, *arguments, "--index", str(page_index)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert done.stdout
    assert not absent & set(done.stderr.split())


LOADED = """
import sys
from query.cli.commands import cli
cli.main(["search", "低空经济", "--index", sys.argv[1]], standalone_mode=False)
needless = {"rjieba", "indexer.extraction.speakers.reader"}
needless |= {"query.output.spreadsheet", "query.verification.integrity", "query.verification.recall"}
print("loaded", *sorted(needless & {*sys.modules}))
import query
from query import verify
print("called", callable(verify), verify is query.verification.recall.verify, query.Proof.__name__)
"""


def test_a_search_loads_nothing_that_it_does_not_need(page_index: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", LOADED, page_index], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-2:] == ["loaded", "called True True Proof"]


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-"])
@pytest.mark.parametrize("arguments", ["search 低空经济", "--version", "search --nonsense"])
def test_a_stream_that_is_closed_is_no_fault(page_index: Path, closed: str, arguments: str) -> None:
    command = Path(sys.executable).with_name("lianghui")
    line = f'LIANGHUI_INDEX="{page_index}" "{command}" {arguments} {closed}'
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)  # noqa: S607
    assert done.returncode == (2 if "nonsense" in arguments else 0)
    assert "Traceback" not in done.stderr + done.stdout


@pytest.mark.parametrize("arguments", ["export", "search 发展 -n 200", "speakers"])
def test_a_pipe_that_was_read_as_far_as_wanted_ends_well(page_index: Path, arguments: str) -> None:
    command = Path(sys.executable).with_name("lianghui")
    line = f'{{ "{command}" {arguments} --index "{page_index}"; echo $? >&2; }} | true'
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True)  # noqa: S607
    assert done.stderr == "0\n"
