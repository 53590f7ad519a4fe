"""The pager: for people at a terminal, when there is more than the screen holds, and never else."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.query.cli.conftest import COMMAND, Terminal

SEARCH = ("search", "发展")


def test_what_is_longer_than_the_screen_is_paged_in_colour(terminal: Terminal) -> None:
    shown = terminal(*SEARCH)
    assert shown.startswith("<-R utf-8>\n1   \x1b[1m张艳丽")
    assert "\x1b[1;33m发展\x1b[0m" in shown
    assert shown.endswith("\n</>\n")
    assert "\n\n</>" not in shown


def test_what_fits_on_the_screen_is_not_paged(terminal: Terminal) -> None:
    shown = terminal("search", "文体旅商")
    assert "薛宁" in shown
    assert "<" not in shown
    lines = shown.count("\n")
    assert "<" not in terminal("search", "文体旅商", rows=lines + 1)
    assert "<" in terminal("search", "文体旅商", rows=lines)


def test_a_line_longer_than_the_screen_is_wide_counts_as_several(terminal: Terminal) -> None:
    arguments = ("search", "文体旅商", "--format", "jsonl")
    assert "</>" not in terminal(*arguments, rows=60)
    assert "</>" in terminal(*arguments, rows=60, columns=20)


@pytest.mark.parametrize(
    "arguments", [("speakers",), ("show", "041303d71152", "-C", "9"), (*SEARCH, "--kwic")]
)
def test_lists_paragraphs_and_concordances_are_paged_too(
    terminal: Terminal, arguments: tuple[str, ...]
) -> None:
    assert terminal(*arguments, rows=8).startswith("<-R utf-8>\n")


def test_the_pager_is_the_users_with_their_own_settings(terminal: Terminal) -> None:
    shown = terminal(*SEARCH, PAGER="mine -x", LESS="-S")
    assert shown.startswith("<-S utf-8>\n1   \x1b[1m张艳丽")


def test_less_without_colours_is_given_none(terminal: Terminal) -> None:
    assert "\x1b" not in terminal(*SEARCH, LESS="-S")
    assert "\x1b" not in terminal(*SEARCH, NO_COLOR="1")


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        ((*SEARCH, "--no-pager"), {}),
        (SEARCH, {"PAGER": ""}),
        (SEARCH, {"PAGER": "no-such-pager"}),
        (SEARCH, {"PAGER": "'"}),
    ],
)
def test_who_wants_no_pager_gets_none_and_the_colours_stay(
    terminal: Terminal, arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    shown = terminal(*arguments, **environment)
    assert "</>" not in shown
    assert "\x1b[1;33m发展\x1b[0m" in shown


def test_the_exit_code_is_that_of_the_search(terminal: Terminal) -> None:
    assert "lianghui: nothing found" in terminal("search", "量子计算", rows=1, code=1)


def test_a_pager_that_is_left_early_is_no_error(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("#!/bin/sh\nhead -n 1\n")
    shown = terminal(*SEARCH, "-n", "60", "--format", "json", PAGER="mine")
    assert shown == "{\n"


def test_what_is_no_terminal_is_never_paged(page_index: Path) -> None:
    done = subprocess.run(
        [COMMAND, *SEARCH, "--index", page_index],
        env=os.environ | {"PAGER": "sed s/^/paged/", "LINES": "5"},
        capture_output=True,
        check=True,
    )
    assert b"paged" not in done.stdout
    assert b"\x1b" not in done.stdout
