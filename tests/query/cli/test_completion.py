"""Completion in a shell: what the index holds, harmless on any command line, and silent without one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import build_index
from indexer.store.generations import current_generation
from indexer.text.folding import fold
from query import open_index
from query.cli.completion import completions, shell_safe
from tests.conftest import Command, MakeSeeds

COMMAND = Path(sys.executable).with_name("lianghui")

Complete = Callable[..., list[str]]


@pytest.fixture
def complete(tmp_path: Path) -> Complete:
    """Return a function that asks, as bash does, what can follow some words in an empty folder."""

    def ask(*words: str, **environment: str) -> list[str]:
        asked = {
            "COMP_WORDS": "\n".join(("lianghui", *words)),
            "COMP_CWORD": str(len(words)),
            "_LIANGHUI_COMPLETE": "bash_complete",
        }
        done = subprocess.run(
            [COMMAND], cwd=tmp_path, env=os.environ | asked | environment, capture_output=True, check=True
        )
        assert done.stderr == b""
        return [line.removeprefix("plain,") for line in done.stdout.decode().splitlines() if line]

    return ask


@pytest.mark.parametrize(
    ("option", "start", "values"),
    [
        ("--speaker", "张", ["张毅敏", "张艳丽", "张青贵"]),
        ("--speaker", "張", ["张毅敏", "张艳丽", "张青贵"]),
        ("--speaker", "毅", []),
        ("--role", "", ["市政协委员", "委员", "市人大代表", "代表"]),
        ("--org", "太平洋", ["太平洋建设"]),
        (
            "--topic",
            "統籌",
            [
                "统筹安排好大学生职业技能培训与就业　助力培养高素质技能人才",
                "统筹教育培训和就业　培养高素质技能人才",
            ],
        ),
        ("--session", "政协", ["政协第十四届太原市委员会第四次会议"]),
        ("--type", "", ["报道", "决议", "报告"]),
        ("--mentions", "張", ["张守耀"]),
        ("--reporter", "陈", ["陈嘉欣"]),
        ("--how", "exp", ["explicit"]),
        ("--source", "000", ["000_53d84523222cba33.txt"]),
        ("--kind", "h", ["headline"]),
        ("--section", "深挖", ["深挖产业赛道“增长极”"]),
    ],
)
@pytest.mark.parametrize("command", ["search", "speakers"])
def test_values_that_begin_so_are_offered_most_frequent_first(
    complete: Complete, page_index: Path, command: str, option: str, start: str, values: list[str]
) -> None:
    assert complete(command, "低空", option, start, LIANGHUI_INDEX=str(page_index)) == values


def test_the_first_values_stand_in_the_order_of_their_counts(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    lines = [{"text": "教育", "topics": [f"话题{number}" for number in range(most)]} for most in (40, 60)]
    records = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    build_index(make_seeds({"a.jsonl": records}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        counted = [facet.value for facet in index.values("topic")]
    assert len(counted) == 60
    assert completions(tmp_path / "index", "topic", "") == list(map(shell_safe, counted[:50]))


def test_the_index_on_the_line_is_asked(complete: Complete, page_index: Path) -> None:
    assert complete("search", "--index", str(page_index), "--speaker", "薛") == ["薛宁"]
    assert complete("search", "--speaker", "薛") == []


def test_the_index_in_the_folder_is_asked(complete: Complete, page_index: Path, tmp_path: Path) -> None:
    shutil.copytree(page_index, tmp_path / "index")
    assert complete("search", "--speaker", "薛") == ["薛宁"]


def test_commands_options_and_formats_are_offered_too(complete: Complete) -> None:
    assert complete("sp") == ["speakers"]
    assert complete("search", "--sp") == ["--speaker"]
    assert complete("search", "--format", "c") == ["csv", "cite"]
    assert complete("completion", "") == ["bash", "zsh", "fish"]


@pytest.mark.parametrize("damage", [lambda whole: whole[:100], lambda whole: whole[: len(whole) // 2]])
@pytest.mark.parametrize("pattern", ["segment-*.arrays", "values.arrays", "manifest.json"])
def test_a_damaged_index_offers_nothing_and_says_nothing(
    complete: Complete,
    make_seeds: MakeSeeds,
    tmp_path: Path,
    pattern: str,
    damage: Callable[[bytes], bytes],
) -> None:
    build_index(make_seeds({"a.txt": "标题\n\n王小明委员建议，加快发展。\n"}), tmp_path / "index")
    assert complete("search", "--speaker", "") == ["王小明"]
    for path in current_generation(tmp_path / "index").glob(pattern):
        path.write_bytes(damage(path.read_bytes()))
    assert complete("search", "--speaker", "") == []


def test_values_of_deleted_paragraphs_are_not_offered(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    record = {"text": "发展低空经济。", "speakers": ["王小明"]}
    seeds = make_seeds(
        {"a.jsonl": json.dumps(record), "b.jsonl": json.dumps(record | {"speakers": ["王大山"]})}
    )
    build_index(seeds, tmp_path / "index")
    assert completions(tmp_path / "index", "speaker", "王") == ["王大山", "王小明"]
    (seeds / "a.jsonl").write_text(json.dumps({"text": "别的话。"}), "utf-8")
    build_index(seeds, tmp_path / "index")
    assert completions(tmp_path / "index", "speaker", "王") == ["王大山"]


def test_full_width_and_capitals_are_completed(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    record = {"text": "甲", "topics": ["AI+产业", "ＡＩ应用"]}
    build_index(make_seeds({"a.jsonl": json.dumps(record)}), tmp_path / "index")
    assert completions(tmp_path / "index", "topic", "ａi") == ["AI+产业", "ＡＩ应用"]


def test_values_with_control_characters_are_not_offered(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    record = {"text": "甲", "speakers": ["王\x1b[1m", "王\n小", "王\u202e", "王小明"]}
    build_index(make_seeds({"a.jsonl": json.dumps(record)}), tmp_path / "index")
    assert completions(tmp_path / "index", "speaker", "") == ["王小明"]


@given(st.text())
def test_what_is_offered_means_the_same_and_nothing_to_a_shell(text: str) -> None:
    assert fold(shell_safe(text)) == fold(text)
    assert not set(shell_safe(text)) & set(" !\"#$&'()*,:;<=>?@[\\]^`{|}~")
    assert not shell_safe(text).startswith("-")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_names_the_command(lianghui: Command, shell: str) -> None:
    run = lianghui("completion", shell)
    assert run.code == 0
    assert f"_LIANGHUI_COMPLETE={shell}_complete" in run.out


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_takes_what_is_offered_as_words_and_never_as_commands(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    speakers = ["$(touch pwned)", "`touch pwned`", "甲 乙", "*", "-x", "a,b"]
    build_index(make_seeds({"a.jsonl": json.dumps({"text": "甲", "speakers": speakers})}), tmp_path / "index")
    script = (
        'eval "$(lianghui completion bash)"; COMP_WORDS=(lianghui search --speaker ""); COMP_CWORD=3;'
        "_lianghui_completion lianghui; eval \"printf '%s\\n' ${COMPREPLY[*]}\""
    )
    done = subprocess.run(
        ["bash", "-c", script],  # noqa: S607
        cwd=tmp_path,
        env=os.environ | {"PATH": f"{COMMAND.parent}:{os.environ['PATH']}"},
        capture_output=True,
        check=True,
    )
    assert sorted(done.stdout.decode().split("\n")) == sorted(
        ["", "＄（touch　pwned）", "｀touch　pwned｀", "甲　乙", "＊", "－x", "a，b"]
    )
    assert not (tmp_path / "pwned").exists()
