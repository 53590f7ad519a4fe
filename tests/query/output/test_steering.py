"""Whatever a text, a name or a question holds: nothing that is printed steers a terminal."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

import pytest

from query.cli.commands import cli
from query.cli.completion import completions
from tests.conftest import Command, MakeSeeds

STEERS = "\x1b[31m\x1b]0;x\x07\x9b1m\x00\x7f\x85\u2028\u202e\u2066\u200f"
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
ID = f"号{STEERS}"
RECORD = {
    "text": f"低空{STEERS}经济，“专精{STEERS}特新”。",
    **dict.fromkeys(("title", "section", "document_type"), f"题{STEERS}目"),
    "id": ID,
    "date": "2025-02-26",
    "speakers": [
        dict.fromkeys(("name", "role", "position", "organisation", "how", "evidence"), f"王{STEERS}明")
    ],
    "topics": [f"话{STEERS}题"],
    "sessions": [f"会{STEERS}议"],
}
FORMATS = ("text", "json", "jsonl", "csv", "md")
COMMANDS = (
    *(("search", "低空", "--format", each) for each in (*FORMATS, "cite")),
    *(("search", "低空", each) for each in ("--kwic", "--ids", "--count", "--explain", "--collapse")),
    *(
        (name, "--by", "topic", "--format", each)
        for name, each in product(("speakers", "sessions", "sources"), FORMATS)
    ),
    *((name, "--format", each) for name, each in product(("topics", "years"), FORMATS)),
    *(("search", "低空", "--kwic", "--format", each) for each in ("json", "jsonl", "csv")),
    *(("search", "低空", "--format", "csv", "--each", "speaker"), ("search", "低空", "--kind", STEERS[:9])),
    *(("words", "--why", "--format", each) for each in ("text", "json", "jsonl")),
    *(
        ("show", ID.replace("\0", ""), "--article"),
        ("show", ID.replace("\0", ""), "-C", "1"),
        ("export",),
        ("status",),
        ("verify",),
        ("index",),
    ),
    *(("search", f"{STEERS[:-9]}王("), ("search", f"“{STEERS[1:9]}", "--speaker", STEERS[:9])),
    *(("search", f"--{STEERS[:4]}"), ("search", "低空", "--sort", STEERS[:4]), (STEERS[:4],)),
    *(("show", STEERS[:9]), ("search", "低空", "--date", STEERS[:4]), ("words", STEERS[:9])),
    *(("serve", "--allow-host", f"*{STEERS[1:9]}"), ("serve", "--host", f"h{STEERS[1:9]}", "--port", "0")),
    ("serve", "--index", f"nowhere{STEERS[:9]}"),
    *(("index", f"nowhere{STEERS[:9]}"), ("search", "低空", "--index", f"nowhere{STEERS[:9]}")),
)


@pytest.fixture
def steered(lianghui: Command, make_seeds: MakeSeeds) -> Command:
    """Index texts that hold such things in every field, and in the names of their files."""
    name = STEERS.replace("\0", "").replace("/", "")
    make_seeds(
        {
            f"a{name}.jsonl": json.dumps(RECORD),
            f"b{name}.jsonl": '{"text": "甲", "date": "' + STEERS.encode("unicode_escape").decode() + '"}',
            f"c{name}.txt": f"题目\n\n王小明委员建议，低空{STEERS.replace(chr(0), '')}经济。\n",
            f"d{name}.txt": "",
            "words.txt": "低空经济\n",
        }
    )
    Path("seeds", f"e{name}.txt").symlink_to(Path.cwd())
    Path("seeds", f"f{name}").symlink_to(Path.cwd().parent)
    lianghui("index")
    return lianghui


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: " ".join(map(ascii, arguments)))
def test_nothing_that_is_printed_steers_the_terminal(steered: Command, arguments: tuple[str, ...]) -> None:
    run = steered(*arguments)
    assert run.out + run.err
    assert not STEERING.search(run.out + run.err)


def test_json_says_what_was_there(steered: Command) -> None:
    (hit, _) = json.loads(steered("search", "低空", "--format", "json", "--sort", "source").out)["hits"]
    assert {key: hit[key] for key in ("text", "title", "section", "id")} == {
        key: RECORD[key] for key in ("text", "title", "section", "id")
    }


def test_every_command_is_tried() -> None:
    assert {arguments[0] for arguments in COMMANDS} >= {*cli.commands} - {"completion"}


def test_what_a_shell_completes_steers_nothing(steered: Command) -> None:
    assert steered("search", "低空").code == 0
    for option in ("speaker", "role", "org", "topic", "session", "type"):
        assert not STEERING.search("".join(completions(Path("index"), option, "")))
