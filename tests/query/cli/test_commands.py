"""What each command prints, and its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Command, MakeSeeds

SEED = "000_53d84523222cba33.txt"


def test_words_may_be_typed_apart(lianghui: Command, page_index: Path) -> None:
    apart = lianghui("search", "低空经济", "人才", "--index", page_index)
    assert apart.out == lianghui("search", "低空经济 人才", "--index", page_index).out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([""], "empty"),
        (["，。"], "only punctuation"),
        (["（低空"], "never closed"),
        (["低空", "--date", "某天"], "date"),
        (["低空", "--speaker", ""], "--speaker"),
        (["低空", "-n", "-1"], "-1"),
        (["低空", "--format", "xml"], "xml"),
        (["低空", "--nonsense"], "--nonsense"),
        (["-低空"], "lianghui search '经济 -低空', and -- before one"),
        (["低空", "--sort", "left"], "add --kwic"),
        ([" ".join(map(chr, range(0x4E00, 0x4E00 + 300)))], "300 words"),
        (["低空\udcff"], "no text"),
    ],
)
def test_a_query_in_error_is_one_message_and_exit_2(
    lianghui: Command, page_index: Path, arguments: list[str], reason: str
) -> None:
    run = lianghui("search", *arguments, "--index", page_index)
    assert (run.code, run.out) == (2, "")
    assert reason in run.err


@pytest.mark.parametrize("arguments", [["search", "低空", "--speaker", "\udcff"], ["show", "\udcff"]])
def test_bytes_that_are_no_text_find_nothing(
    lianghui: Command, page_index: Path, arguments: list[str]
) -> None:
    assert lianghui(*arguments, "--index", page_index).code in (1, 2)


def test_the_index_is_named_by_the_environment(
    lianghui: Command, page_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANGHUI_INDEX", str(page_index))
    assert lianghui("search", "低空经济").code == 0


def test_speakers_topics_and_sessions_are_listed_with_counts(lianghui: Command, page_index: Path) -> None:
    run = lianghui("speakers", "低空经济", "--index", page_index)
    assert (run.code, run.out) == (0, "4  张艳丽\n1  刘文浩\n")
    run = lianghui("topics", "--speaker", "张艳丽", "--index", page_index)
    assert run.out.splitlines()[0] == "4  关于加快发展低空经济赋能高质量发展"
    run = lianghui("sessions", "--format", "json", "--index", page_index)
    assert json.loads(run.out)[0] == {"value": "政协第十四届太原市委员会第四次会议", "count": 30}


def test_files_and_years_are_listed_too(lianghui: Command, make_seeds: MakeSeeds) -> None:
    records = [{"text": "低空经济。", "date": day} for day in ("2024-03-05", "2025-02-26", "2025-03-05")]
    make_seeds({"a.jsonl": "\n".join(map(json.dumps, records)), "b.jsonl": '{"text": "低空教育。"}'})
    assert lianghui("sources", "低空", "--by", "year").out == "3  a.jsonl\n   2025 2、2024 1\n1  b.jsonl\n"
    assert lianghui("years", "低空", "--by", "source").out.splitlines()[0::2] == ["1  2024", "2  2025"]
    assert lianghui("years", "--sort", "count", "-n", "1").out == "2  2025\n"
    assert lianghui("speakers", "--by", "how").code == 1
    summary = lianghui("search", "低空", "-n", "1").out.splitlines()[-1]
    assert summary == "年份  2024 1、2025 2"


def test_a_list_says_what_a_filter_was_taken_for(lianghui: Command, page_index: Path) -> None:
    run = lianghui("topics", "--speaker", "张燕丽", "-n", "1", "--index", page_index)
    assert run.out == "4  关于加快发展低空经济赋能高质量发展\n"
    assert run.err == "lianghui: 张燕丽 is taken to mean 张艳丽, too\n"


def test_a_second_field_is_counted_within_the_first(lianghui: Command, page_index: Path) -> None:
    run = lianghui("speakers", "文体旅商", "--by", "topic", "--format", "jsonl", "--index", page_index)
    (record,) = [json.loads(line) for line in run.out.splitlines()]
    assert (record["value"], record["count"]) == ("薛宁", 1)
    assert {"value": "深挖产业赛道“增长极”", "count": 1} in record["by"]
    run = lianghui("speakers", "文体旅商", "--by", "role", "--index", page_index)
    assert run.out == "1  薛宁\n   委员 1\n"


def test_show_gives_the_whole_paragraph_between_its_neighbours(lianghui: Command, page_index: Path) -> None:
    found = lianghui("search", "文体旅商", "--format", "json", "--index", page_index)
    (hit,) = json.loads(found.out)["hits"]
    run = lianghui("show", hit["id"], "-C", "1", "--index", page_index)
    assert run.code == 0
    (head,) = [line for line in run.out.splitlines() if line.startswith("▶")]
    assert head.split() == ["▶", "薛宁（委员）", "2025-02-26"]
    assert hit["text"] in "".join(line.strip() for line in run.out.splitlines())
    assert [part for part in run.out.split() if part.startswith(SEED)] == [
        f"{SEED}:27",
        f"{SEED}:29",
        f"{SEED}:31",
    ]


def test_neighbours_end_where_the_page_ends(lianghui: Command, page_index: Path) -> None:
    found = lianghui("search", "文体旅商", "--format", "json", "--index", page_index)
    (hit,) = json.loads(found.out)["hits"]
    run = lianghui("show", hit["id"], "-C", "99999999", "--index", page_index)
    assert run.out.count("出处") == 60


def test_show_of_an_unknown_id_is_an_error(lianghui: Command, page_index: Path) -> None:
    run = lianghui("show", "nobody", "--index", page_index)
    assert run.code == 2
    assert "nobody is no id and no seed" in run.err


def test_verify_prints_the_proof(lianghui: Command, page_index: Path) -> None:
    run = lianghui("verify", "--probes", "100", "--index", page_index)
    assert run.code == 0
    assert "100 probes" in run.out
    assert "missed 0, extra 0" in run.out


def test_help_names_every_command(lianghui: Command) -> None:
    run = lianghui("--help")
    assert run.code == 0
    for command in (
        "search",
        "show",
        "export",
        "index",
        "status",
        "verify",
        "speakers",
        "topics",
        "sessions",
        "completion",
    ):
        assert f"  {command} " in run.out


def test_years_say_how_many_paragraphs_have_none(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.jsonl": '{"text": "低空", "date": "2025"}\n{"text": "低空经济"}'})
    lianghui("index")
    run = lianghui("years", "低空")
    assert (run.code, run.out, run.err) == (0, "1  2025\n", "lianghui: 1 paragraph has no date\n")


def test_a_list_steps_down_as_a_search_does(lianghui: Command, page_index: Path) -> None:
    search = json.loads(lianghui("search", "谁谈到低空经济", "--format", "json", "--index", page_index).out)
    run = lianghui("speakers", "谁谈到低空经济", "--format", "json", "--index", page_index)
    assert json.loads(run.out) == search["facets"]["speaker"] != []
    assert "no paragraph is as asked" in run.err


def test_what_a_text_also_means_is_said_whatever_is_printed(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.txt": "标题\n\n发展低空经济。\n", "synonyms.txt": "飞行 = 低空\n"})
    for shown in (["--count"], ["--kwic"], ["--format", "csv"], ["--format", "cite"]):
        assert "飞行 is taken to mean 低空, too" in lianghui("search", "飞行", *shown).err
    assert lianghui("search", "飞行").err == ""


def test_a_summary_counts_all_values_also_those_that_it_does_not_list(
    lianghui: Command, make_seeds: MakeSeeds
) -> None:
    make_seeds(
        {"a.jsonl": "\n".join(json.dumps({"text": f"低空{n}", "speakers": [f"王{n}"]}) for n in range(40))}
    )
    run = lianghui("search", "低空", "-n", "1")
    assert "，另 34 个" in run.out
    assert json.loads(lianghui("search", "低空", "--format", "json").out)["facet_sizes"]["speaker"] == 40
