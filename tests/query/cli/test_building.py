"""Building from the command line: what was done, what could not be read, and a missing index."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.conftest import Command, MakeSeeds

TALK = "某处的标题\n\n王小明委员建议，加快发展低空经济。\n"


def test_index_ends_with_what_was_done(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.txt": TALK})
    assert lianghui("index").out.startswith("added 1, changed 0, removed 0: 2 paragraphs from 1 file in ")
    assert lianghui("index").out.startswith("added 0, changed 0, removed 0")
    make_seeds({"a.txt": TALK * 2})
    assert lianghui("index").out.startswith("added 0, changed 1, removed 0")
    again = "added 0, changed 0, removed 0, read anew 1"
    assert lianghui("index", "--full").out.startswith(f"{again} (asked for): 4 paragraphs")
    make_seeds({"topics.toml": '"低空" = ["低空经济"]\n', "b.txt": TALK})
    assert lianghui("index").out.startswith(
        "added 1, changed 0, removed 0, read anew 1 (topics.toml changed): 6 paragraphs from 2 files in "
    )


def test_files_that_are_no_seeds_are_named_once(lianghui: Command, make_seeds: MakeSeeds) -> None:
    others = {"x/b.md": "低空", "c.rtf": "%PDF", "~$d.docx": "", ".e.md": ""}
    make_seeds({"a.txt": TALK, "topics.toml": '"低空" = ["低空经济"]'} | others)
    named = "2 files are not read (c.rtf, x/b.md)"
    sentence = f"lianghui: {named}; save pages as .txt, .html, .pdf or .docx, and records as .jsonl\n"
    run = lianghui("index")
    assert (run.code, run.err) == (0, sentence)
    run = lianghui("status")
    assert (run.code, run.err) == (0, sentence)
    assert lianghui("search", "低空").err == ""


def test_a_folder_of_other_files_says_which_are_there(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"b.md": "低空", "c.rtf": "%PDF"})
    run = lianghui("index")
    assert (run.code, run.err) == (
        2,
        "lianghui: no seeds in seeds but b.md, c.rtf; put .txt, .jsonl, .html, .pdf or .docx files into it\n",
    )


def test_search_builds_a_missing_index_and_says_so(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.txt": TALK})
    run = lianghui("search", "低空经济")
    assert run.code == 0
    assert run.err == "lianghui: no index at index yet; building it from seeds\n"
    assert lianghui("search", "低空经济").err == ""


@pytest.mark.parametrize("command", ["search", "show", "export", "status", "verify"])
def test_no_index_and_no_seeds_is_an_error_with_a_remedy(lianghui: Command, command: str) -> None:
    run = lianghui(command, *(["低空"] if command in ("search", "show") else []))
    assert (run.code, run.out) == (2, "")
    assert "no index at index; build one with: lianghui index" in run.err


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "no seeds in seeds; put .txt, .jsonl, .html, .pdf or .docx files into it"),
        ({"a.txt": ""}, "a.txt: the file is empty"),
        ({"a.txt": b"\0\1"}, "a.txt: this is a binary file"),
        ({"a.txt": b"\xff" * 9}, "a.txt: its encoding is not known"),
        ({"a.jsonl": "{"}, "a.jsonl, line 1: not JSON"),
    ],
)
@pytest.mark.parametrize("before", [False, True])
def test_seeds_in_error_are_named_and_the_index_stays(
    lianghui: Command, make_seeds: MakeSeeds, files: dict[str, str | bytes], reason: str, *, before: bool
) -> None:
    seeds = make_seeds({"a.txt": TALK})
    if before:
        lianghui("index")
    shutil.rmtree(seeds)
    make_seeds(files)
    run = lianghui("index")
    assert run.code == 2
    assert reason in run.err
    assert lianghui("search", "低空经济").code == (0 if before else 2)


def test_no_seeds_folder_is_an_error_with_a_remedy(lianghui: Command) -> None:
    run = lianghui("index", "nowhere")
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "lianghui: no seeds folder at nowhere; "
        "create it and put .txt, .jsonl, .html, .pdf or .docx files into it\n"
    )


def test_a_broken_record_is_named_and_the_others_are_kept(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.jsonl": '{"text": "甲"}\n{"text": 3}\n{"text": "乙"}\n', "b.txt": TALK})
    run = lianghui("index")
    assert run.code == 2
    assert 'a.jsonl, line 2: "text" is not a text' in run.err
    assert run.out.startswith("added 2, changed 0, removed 0: 4 paragraphs")


def test_seeds_in_other_encodings_are_read(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds(
        {
            "bom.txt": TALK.encode("utf-8-sig"),
            "gb.txt": TALK.encode("gb18030"),
            "wide.txt": TALK.encode("utf-16"),
            "big5.txt": "王大明議員指出，低空經濟要加快發展。".encode("big5"),
        }
    )
    assert lianghui("index").code == 0
    found = json.loads(lianghui("search", "低空经济", "--format", "json").out)
    assert {hit["source"] for hit in found["hits"]} == {"bom.txt", "gb.txt", "wide.txt", "big5.txt"}


def test_a_source_that_cannot_be_read_does_not_stop_the_proof(
    lianghui: Command, make_seeds: MakeSeeds
) -> None:
    make_seeds({"a.txt": TALK, "b.txt": TALK})
    lianghui("index")
    make_seeds({"b.txt": b"\0\1"})
    assert lianghui("index").code == 2
    assert lianghui("search", "低空").err == ""
    assert lianghui("verify", "--probes", "50").code == 0
    assert lianghui("index").out.startswith("added 0, changed 0, removed 0")


def test_names_of_files_cannot_steer_the_terminal(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.txt": TALK, "c\x1b]0;x\x07.txt": ""})
    assert "\x1b" not in lianghui("index").err


def test_a_mistake_in_synonyms_is_said_by_the_build(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.txt": TALK, "synonyms.txt": "低空\n"})
    run = lianghui("index")
    assert (run.code, run.out) == (2, "")
    assert "synonyms.txt, line 1: '低空' is no group" in run.err


def test_a_slip_in_the_name_of_an_index_builds_none(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.txt": TALK})
    run = lianghui("search", "低空", "--index", "indx")
    assert (run.code, run.out) == (2, "")
    assert run.err == "lianghui: no index at indx; build one with: lianghui index --index indx\n"
