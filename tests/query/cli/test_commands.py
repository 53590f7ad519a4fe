"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from wcwidth import wcswidth

from indexer.store.generations import current_generation
from tests.conftest import SEEDS, Command, MakeSeeds, rewrite

HIT_KEYS = (
    "rank score id source lines text snippet highlights title section document_type kind date sessions"
    " speakers topics mentions reporters"
).split()
RESULT_KEYS = "format_version query rung words missing total facets hits".split()
SEED = "000_53d84523222cba33.txt"
TALK = "某处的标题\n\n王小明委员建议，加快发展低空经济。\n"


def test_text_shows_who_what_when_and_where(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "低空经济", "--speaker", "张艳丽", "-n", "1", "--index", page_index)
    assert run.code == 0
    assert run.err == ""
    lines = run.out.splitlines()
    assert lines[0].startswith("1  张艳丽（市人大代表 · 太平洋建设大区总裁）  ")
    assert lines[0].endswith("  2025-02-26")
    assert lines[1] == "   加快发展低空经济 塑造发展新优势"
    assert "[低空经济]" in run.out
    assert "   话题  关于加快发展低空经济赋能高质量发展" in run.out
    assert f"   出处  {SEED}:89" in run.out
    assert "共 4 段，以上第 1–1 段" in run.out


def test_the_headline_and_subhead_stand_above_a_hit(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "文体旅商", "--index", page_index)
    assert "挺起产业硬脊梁 澎湃发展新动能 › 深挖产业赛道“增长极”" in run.out


def test_speakers_that_the_paragraph_does_not_name_are_marked(lianghui: Command, page_index: Path) -> None:
    assert "总裁），承前段" in lianghui("search", "深化产学研用", "--index", page_index).out
    assert "会议（集体）" in lianghui("search", "春风化雨", "--index", page_index).out
    assert "残段" in lianghui("search", "上团结合作", "--index", page_index).out


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(
    lianghui: Command, page_index: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    run = lianghui("search", "发展", "-n", "40", "--index", page_index)
    assert max(wcswidth(line) for line in run.out.splitlines()) <= columns


def test_json_has_the_promised_keys(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "低空经济", "--format", "json", "--index", page_index)
    answer = json.loads(run.out)
    assert list(answer) == RESULT_KEYS
    assert answer["format_version"] == 1
    assert answer["total"] == len(answer["hits"]) == 9
    assert all(list(hit) == HIT_KEYS for hit in answer["hits"])
    hit = answer["hits"][0]
    assert hit["source"] == SEED
    assert [hit["text"][start:end] for start, end in hit["highlights"]] == ["低空经济"] * 4
    assert set(hit["speakers"][0]) == {"name", "role", "position", "organisation", "how", "evidence"}
    assert set(hit["topics"][0]) == {"label", "from"}
    assert set(answer["facets"]["speaker"][0]) == {"value", "count"}


def test_jsonl_has_one_hit_a_line(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "低空经济", "--format", "jsonl", "-n", "3", "--index", page_index)
    assert [json.loads(line)["rank"] for line in run.out.splitlines()] == [1, 2, 3]


def test_count_prints_only_how_many_there_are(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "低空经济", "--count", "-n", "2", "--index", page_index)
    assert (run.code, run.out, run.err) == (0, "9\n", "")
    run = lianghui("search", "量子计算", "--count", "--index", page_index)
    assert (run.code, run.out) == (1, "0\n")


def test_ids_are_all_there_are_in_rank_order_unless_a_page_is_asked_for(
    lianghui: Command, page_index: Path
) -> None:
    arguments = ("search", "发展", "--index", page_index)
    hits = json.loads(lianghui(*arguments, "-n", "99", "--format", "json").out)["hits"]
    ids = [hit["id"] for hit in hits]
    assert len(ids) > 20
    assert lianghui(*arguments, "--ids").out.split() == ids
    assert lianghui(*arguments, "--ids", "-n", "3").out.split() == ids[:3]
    assert lianghui(*arguments, "--ids", "-n", "10").out.split() == ids[:10]
    assert lianghui(*arguments, "--ids", "--page", "2").out.split() == ids[10:20]
    run = lianghui("search", "量子计算", "--ids", "--index", page_index)
    assert (run.code, run.out) == (1, "")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--count", "--ids"], "--count and --ids"),
        (["--ids", "--kwic", "--count"], "--kwic and --count and --ids"),
        (["--count", "--format", "json"], "--count and --format json"),
    ],
)
def test_forms_of_an_answer_that_exclude_each_other_are_named(
    lianghui: Command, page_index: Path, arguments: list[str], named: str
) -> None:
    run = lianghui("search", "低空", *arguments, "--index", page_index)
    assert (run.code, run.out) == (2, "")
    assert run.err == f"lianghui: {named} exclude each other; give one of them\n"


def test_words_may_be_typed_apart(lianghui: Command, page_index: Path) -> None:
    apart = lianghui("search", "低空经济", "人才", "--index", page_index)
    assert apart.out == lianghui("search", "低空经济 人才", "--index", page_index).out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["量子计算"], '"量子计算" occurs nowhere in the index'),
        (["薛宁 宋毅方"], '"薛宁" in 1、"宋毅方" in 1 paragraphs, but in none together'),
        (["低空经* 薛宁"], '"低空经*" in 9、"薛宁" in 1 paragraphs, but in none together'),
        (["低空经济", "--speaker", "薛宁"], "9 paragraphs hold the query, but none passes the filters"),
        (["--speaker", "王大锤"], "no paragraph passes the filters"),
    ],
)
def test_an_empty_answer_is_explained(
    lianghui: Command, page_index: Path, arguments: list[str], reason: str
) -> None:
    run = lianghui("search", "--strict", *arguments, "--index", page_index)
    assert (run.code, run.out) == (1, "")
    assert reason in run.err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([""], "empty"),
        (["，。"], "only punctuation"),
        (["（低空"], "never closed"),
        (["低空", "--date", "昨天"], "date"),
        (["低空", "--speaker", ""], "--speaker"),
        (["低空", "-n", "-1"], "-1"),
        (["低空", "--format", "xml"], "xml"),
        (["低空", "--nonsense"], "--nonsense"),
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


def test_speakers_topics_and_sessions_are_listed_with_counts(lianghui: Command, page_index: Path) -> None:
    run = lianghui("speakers", "低空经济", "--index", page_index)
    assert (run.code, run.out) == (0, "4  张艳丽\n1  刘文浩\n")
    run = lianghui("topics", "--speaker", "张艳丽", "--index", page_index)
    assert run.out.splitlines()[0] == "4  关于加快发展低空经济赋能高质量发展"
    run = lianghui("sessions", "--format", "json", "--index", page_index)
    assert json.loads(run.out)[0] == {"value": "政协第十四届太原市委员会第四次会议", "count": 30}


def test_a_second_field_is_counted_within_the_first(lianghui: Command, page_index: Path) -> None:
    run = lianghui("speakers", "文体旅商", "--by", "topic", "--format", "jsonl", "--index", page_index)
    (record,) = [json.loads(line) for line in run.out.splitlines()]
    assert (record["value"], record["count"]) == ("薛宁", 1)
    assert {"value": "深挖产业赛道“增长极”", "count": 1} in record["by"]
    run = lianghui("speakers", "文体旅商", "--by", "role", "--index", page_index)
    assert run.out == "1  薛宁\n   委员 1\n"


def test_nobody_to_list_is_exit_1(lianghui: Command, page_index: Path) -> None:
    run = lianghui("speakers", "宋毅方", "--index", page_index)
    assert (run.code, run.out) == (1, "")
    assert "no speaker" in run.err


def test_show_gives_the_whole_paragraph_between_its_neighbours(lianghui: Command, page_index: Path) -> None:
    found = lianghui("search", "文体旅商", "--format", "json", "--index", page_index)
    (hit,) = json.loads(found.out)["hits"]
    run = lianghui("show", hit["id"], "-C", "1", "--index", page_index)
    assert run.code == 0
    assert [line for line in run.out.splitlines() if line.startswith("▶")] == ["▶ 薛宁（委员）"]
    assert hit["text"] in "".join(line.strip() for line in run.out.splitlines())
    assert [part for part in run.out.split() if part.startswith(SEED)] == [
        f"{SEED}:27",
        f"{SEED}:29",
        f"{SEED}:31",
    ]


def test_show_of_an_unknown_id_is_an_error(lianghui: Command, page_index: Path) -> None:
    run = lianghui("show", "nobody", "--index", page_index)
    assert run.code == 2
    assert "no paragraph nobody" in run.err


def test_export_gives_every_piece_of_the_page_in_order(lianghui: Command, page_index: Path) -> None:
    run = lianghui("export", "--index", page_index)
    records = [json.loads(line) for line in run.out.splitlines()]
    assert all(list(record) == HIT_KEYS[2:6] + HIT_KEYS[7:] for record in records)
    assert all(record["highlights"] == [] for record in records)
    told = "".join("".join(record["text"] for record in records).split())
    assert told == "".join((SEEDS / SEED).read_text("utf-8").split())


def test_index_ends_with_what_was_done(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.txt": TALK})
    assert lianghui("index").out.startswith("added 1, changed 0, removed 0: 2 paragraphs from 1 file in ")
    assert lianghui("index").out.startswith("added 0, changed 0, removed 0")
    make_seeds({"a.txt": TALK * 2})
    assert lianghui("index").out.startswith("added 0, changed 1, removed 0")
    assert lianghui("index", "--full").out.startswith("added 1, changed 0, removed 0")


def test_search_builds_a_missing_index_and_says_so(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.txt": TALK})
    run = lianghui("search", "低空经济")
    assert run.code == 0
    assert run.err == "lianghui: no index at index yet; building it from seeds\n"
    assert lianghui("search", "低空经济").err == ""


def test_search_on_changed_seeds_answers_from_the_index_and_says_so(
    lianghui: Command, make_seeds: MakeSeeds
) -> None:
    make_seeds({"a.txt": TALK})
    lianghui("index")
    make_seeds({"a.txt": "全变了。", "b.txt": TALK})
    run = lianghui("search", "低空经济")
    assert run.code == 0
    assert "the seeds changed since the index was built: 1 added, 1 changed (b.txt, a.txt)" in run.err
    assert "a.txt:3" in run.out


def test_the_index_is_named_by_the_environment(
    lianghui: Command, page_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANGHUI_INDEX", str(page_index))
    assert lianghui("search", "低空经济").code == 0


def test_status_says_fresh_or_stale_and_why(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.txt": TALK})
    lianghui("index")
    fresh = lianghui("status")
    assert (fresh.code, fresh.err) == (0, "")
    assert "状态  最新 fresh" in fresh.out
    assert "正文 1，标题 1" in fresh.out
    assert "种子  seeds（1 个文件）" in fresh.out
    make_seeds({"b.txt": TALK})
    stale = lianghui("status")
    assert stale.code == 1
    assert "stale: 1 added (b.txt)" in stale.out


def test_status_shows_the_passport_and_every_reason_why_it_is_stale(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds = make_seeds({"a.txt": TALK, "words.txt": "低空经济\n"})
    lianghui("index")
    out = " ".join(lianghui("status").out.split())
    for part in ("jieba 0.", "opencc", "schema", "words.txt ", "numpy 2.", "lianghui index 4", "词典"):
        assert part in out
    make_seeds({"b.txt": TALK, "words.txt": "低空\n"})
    manifest = current_generation(tmp_path / "index") / "manifest.json"
    rewrite(manifest, lambda record: record["analysis"].update(jieba="0.1"))
    stale = lianghui("status")
    assert stale.code == 1
    for part in ("stale: 1 added (b.txt)", "jieba was 0.1 and is ", "words.txt was "):
        assert part in " ".join(stale.out.split())
    shutil.rmtree(seeds)
    stale = lianghui("status")
    assert stale.code == 1
    assert "there is no folder seeds; 1 removed (a.txt)" in " ".join(stale.out.split())


def test_verify_prints_the_proof(lianghui: Command, page_index: Path) -> None:
    run = lianghui("verify", "--probes", "100", "--index", page_index)
    assert run.code == 0
    assert "100 probes" in run.out
    assert "missed 0, extra 0" in run.out


@pytest.mark.parametrize("command", ["search", "show", "export", "status", "verify"])
def test_no_index_and_no_seeds_is_an_error_with_a_remedy(lianghui: Command, command: str) -> None:
    run = lianghui(command, *(["低空"] if command in ("search", "show") else []))
    assert (run.code, run.out) == (2, "")
    assert "no index at index; build one with: lianghui index" in run.err


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "no seeds in seeds; put .txt or .jsonl files into it"),
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
        "lianghui: no seeds folder at nowhere; create it and put .txt or .jsonl files into it\n"
    )


def test_a_broken_record_is_named_and_the_others_are_kept(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.jsonl": '{"text": "甲"}\n{"text": 3}\n{"text": "乙"}\n', "b.txt": TALK})
    run = lianghui("index")
    assert run.code == 2
    assert 'a.jsonl, line 2: "text" is not a text' in run.err
    assert run.out.startswith("added 2, changed 0, removed 0: 4 paragraphs")


@pytest.mark.parametrize(("version", "remedy"), [(99, "upgrade the program, or rebuild"), (3, "rebuild")])
def test_an_index_of_another_version_is_refused_with_a_remedy(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path, version: int, remedy: str
) -> None:
    make_seeds({"a.txt": TALK})
    lianghui("index")
    manifest = current_generation(tmp_path / "index") / "manifest.json"
    rewrite(manifest, lambda record: record.update(version=version))
    run = lianghui("search", "低空经济")
    assert run.code == 2
    assert f"is of version {version} and this program reads 4; {remedy}" in run.err
    assert "rebuild it with: lianghui index --full" in run.err
    assert lianghui("index").code == 0
    assert lianghui("search", "低空经济").code == 0


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


def test_a_page_beyond_the_last_says_so(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "低空经济", "--page", "50", "--index", page_index)
    assert (run.code, run.out) == (0, "共 9 段，本页没有\n")


@pytest.mark.parametrize("arguments", [["search", "低空", "--speaker", "\udcff"], ["show", "\udcff"]])
def test_bytes_that_are_no_text_find_nothing(
    lianghui: Command, page_index: Path, arguments: list[str]
) -> None:
    assert lianghui(*arguments, "--index", page_index).code in (1, 2)


@pytest.mark.parametrize("columns", [40, 80])
def test_status_fits_the_terminal(
    lianghui: Command, page_index: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    run = lianghui("status", "--index", page_index)
    assert max(wcswidth(line) for line in run.out.splitlines()) <= columns


def test_the_remedy_names_the_seeds_and_the_index(lianghui: Command, make_seeds: MakeSeeds) -> None:
    seeds = make_seeds({"a.txt": TALK})
    seeds.rename(seeds.with_name("my seeds"))
    lianghui("index", "my seeds", "--index", "ix")
    (seeds.with_name("my seeds") / "b.txt").write_text(TALK, "utf-8")
    remedy = "lianghui index 'my seeds' --index ix"
    assert remedy in lianghui("search", "低空", "--index", "ix").err
    assert remedy in lianghui("verify", "--index", "ix").err


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


def test_neighbours_end_where_the_page_ends(lianghui: Command, page_index: Path) -> None:
    found = lianghui("search", "文体旅商", "--format", "json", "--index", page_index)
    (hit,) = json.loads(found.out)["hits"]
    run = lianghui("show", hit["id"], "-C", "99999999", "--index", page_index)
    assert run.out.count("出处") == 60


@pytest.mark.parametrize(
    "damage",
    [
        lambda record: record.pop("sources"),
        lambda record: record.update(sources=[]),
        lambda record: record["sources"].update(x={}),
        lambda record: record.update(analysis=None),
        lambda record: record.update(seeds=5),
        lambda record: record.update(more=1),
        lambda record: record.update(files={"x": {}}),
        lambda record: record.update(version="3"),
        lambda record: record.pop("packages"),
    ],
)
def test_a_passport_that_is_not_of_the_form_is_refused_with_a_remedy(
    lianghui: Command,
    make_seeds: MakeSeeds,
    tmp_path: Path,
    damage: Callable[[dict[str, Any]], object],
) -> None:
    make_seeds({"a.txt": TALK})
    lianghui("index")
    manifest = current_generation(tmp_path / "index") / "manifest.json"
    rewrite(manifest, damage)
    run = lianghui("search", "低空")
    assert run.code == 2
    assert "lianghui index --full" in run.err
    assert lianghui("index").code == 0


def test_an_index_with_something_missing_in_it_is_refused_with_a_remedy(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    make_seeds({"a.txt": TALK})
    lianghui("index")
    for path in current_generation(tmp_path / "index").glob("segment-*.arrays"):
        path.write_bytes(path.read_bytes().replace(b'"match.gaps_high"', b'"match.gaps_lost"'))
    run = lianghui("search", "低空")
    assert run.code == 2
    assert "damaged" in run.err
    assert "lianghui index --full" in run.err


def test_a_build_upon_a_damaged_index_says_how_to_start_over(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    make_seeds({"a.txt": TALK})
    lianghui("index")
    for path in current_generation(tmp_path / "index").glob("segment-*.arrays"):
        path.write_bytes(path.read_bytes()[:100])
    make_seeds({"b.txt": TALK})
    run = lianghui("index")
    assert run.code == 2
    assert "damaged" in run.err
    assert "lianghui index --full" in run.err
    assert lianghui("index", "--full").code == 0


def test_a_damaged_index_is_refused_with_a_remedy(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    make_seeds({"a.txt": TALK})
    lianghui("index")
    for path in current_generation(tmp_path / "index").glob("segment-*.arrays"):
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
    run = lianghui("search", "低空")
    assert run.code == 2
    assert "damaged" in run.err
    assert "lianghui index --full" in run.err


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


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["search", "低空经济"], {"whoosh", "rjieba", "indexer.extraction.patterns", "indexer.build"}),
        (["speakers"], {"whoosh", "rjieba", "jieba", "indexer.extraction.patterns", "indexer.build"}),
        (
            ["topics", "--by", "speaker"],
            {"whoosh", "rjieba", "jieba", "indexer.extraction.patterns", "indexer.build"},
        ),
        (
            ["show", "a22b72896fb3"],
            {"whoosh", "rjieba", "jieba", "indexer.extraction.patterns", "indexer.build"},
        ),
        (["status"], {"whoosh", "rjieba", "jieba", "indexer.extraction.patterns", "indexer.build"}),
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
needless = {"rjieba", "query.output.spreadsheet", "query.verification.integrity", "query.verification.recall"}
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
