"""A concordance: one line a match, and every match in the same column."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from indexer.text.folding import fold
from query.output.concordance import concordance
from query.output.terminal import Screen
from query.results import Hit, Results
from tests.conftest import Command, MakeSeeds


def answer(text: str, *spans: tuple[int, int]) -> Results:
    """Return an answer with one hit."""
    hit = Hit(
        id="i", source="a.txt", lines=(1, 1), text=text, rank=1, score=1.0, snippet=text, highlights=spans
    )
    return Results(
        query="", rung="exact", words=(), missing=(), total=1, facets={}, facet_sizes={}, hits=(hit,)
    )


@pytest.mark.parametrize("columns", [30, 40, 59, 60, 80, 200])
def test_every_match_stands_in_one_column_and_no_line_is_too_wide(
    lianghui: Command, page_index: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    run = lianghui("search", "发展", "-n", "40", "--kwic", "--index", page_index)
    *lines, blank, total = run.out.splitlines()
    assert (run.code, blank) == (0, "")
    assert total.startswith("共 ")
    assert len({wcswidth(line[: line.index("[发展]")]) for line in lines}) == 1
    assert max(map(wcswidth, lines)) <= columns


def test_there_is_a_line_for_each_match_of_the_page(lianghui: Command, page_index: Path) -> None:
    arguments = ("search", "低空 人才", "-n", "2", "--page", "1", "--index", page_index)
    hits = json.loads(lianghui(*arguments, "--format", "json").out)["hits"]
    lines = lianghui(*arguments, "--kwic").out.splitlines()[:-2]
    assert [re.findall(r"\[(.*?)\]", line) for line in lines] == [
        [hit["text"][start:end]] for hit in hits for start, end in hit["highlights"]
    ]
    assert [int(line.split()[0]) for line in lines] == [
        hit["rank"] for hit in hits for _ in hit["highlights"]
    ]


def test_a_line_begins_with_rank_and_speaker(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "文体旅商", "--kwic", "--index", page_index)
    line, _, total = run.out.splitlines()
    assert line.startswith("1  薛宁   新引擎。强化顶层设计，构建“[文体旅商]”融合发展机制，")
    assert total == "共 1 段"


def test_matches_are_coloured_on_a_terminal_and_stand_in_one_column() -> None:
    results = answer("发展低空经济，低空", (2, 4), (7, 9))
    coloured = list(concordance(results, Screen(40, colour=True)))[:2]
    assert all(line.count("\x1b[1;33m低空\x1b[0m") == 1 and "[低" not in line for line in coloured)
    bare = [re.sub(r"\x1b\[[\d;]*m", "", line.partition("\x1b[1;33m")[0]) for line in coloured]
    assert len(set(map(wcswidth, bare))) == 1


@given(
    st.text(alphabet="低空aＡｱ，。 e\u0301\u0302한\x1b\n\u202e\u200d…", max_size=60),
    st.text(alphabet="低空aＡｱe\u0301", min_size=1, max_size=40).filter(lambda text: text[0] != "\u0301"),
    st.text(alphabet="低空aＡｱ，。 e\u0301한\x1b\n", max_size=60),
    st.integers(30, 90),
)
def test_alignment_holds_for_any_width_of_characters(before: str, match: str, after: str, width: int) -> None:
    text = before + match + after
    line = next(
        concordance(answer(text, (len(before), len(before) + len(match))), Screen(width, colour=False))
    )
    other = next(concordance(answer("甲", (0, 1)), Screen(width, colour=False)))
    assert wcswidth(line[: line.index("[")]) == wcswidth(other[: other.index("[")])
    assert wcswidth(line) <= width
    assert not any(unicodedata.category(char) in ("Cc", "Cf") for char in line)


def test_a_match_wider_than_the_screen_ends_in_an_ellipsis() -> None:
    line = next(concordance(answer("甲" * 90, (0, 90)), Screen(40, colour=False)))
    assert line.endswith("甲…]")
    assert wcswidth(line) <= 40


def test_several_speakers_are_the_first_and_others(lianghui: Command, make_seeds: MakeSeeds) -> None:
    record = {"text": "发展低空经济。", "speakers": ["王小明", "李大山"]}
    make_seeds({"a.jsonl": json.dumps(record)})
    assert lianghui("search", "低空", "--kwic").out.startswith("1  王小明等  ")


def test_what_only_filters_found_has_no_matches_to_show(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "--speaker", "张艳丽", "--kwic", "--index", page_index)
    assert (run.code, run.out) == (2, "")
    assert "add a QUERY or leave --kwic out" in run.err


def test_a_concordance_and_a_format_exclude_each_other(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "低空", "--kwic", "--format", "md", "--index", page_index)
    assert (run.code, run.out) == (2, "")
    assert run.err == "lianghui: --kwic and --format md exclude each other; give one of them\n"


def test_where_nobody_speaks_a_line_names_day_and_file(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.jsonl": '{"text": "低空经济", "date": "2025-02-26", "speakers": []}'})
    assert lianghui("search", "经济", "--kwic").out.split("\n")[0].split() == [
        *("1", "2025-02-26", "a.jsonl", "低空[经济]")
    ]


def test_days_stand_there_where_they_tell_the_hits_apart(lianghui: Command, make_seeds: MakeSeeds) -> None:
    record = {"text": "低空经济", "speakers": ["王小明"]}
    records = [json.dumps(record | {"date": day}) for day in ("2025-02-26", "2024-02-26")]
    make_seeds({"a.jsonl": records[0]})
    assert lianghui("search", "经济", "--kwic").out.startswith("1  王小明  ")
    make_seeds({"a.jsonl": "\n".join(records)})
    lianghui("index")
    lines = lianghui("search", "经济", "--kwic").out.splitlines()
    assert {" ".join(line.split()[1:3]) for line in lines[:2]} == {"2025-02-26 王小明", "2024-02-26 王小明"}


def test_all_matches_are_put_in_order_unless_a_page_is_asked_for(lianghui: Command, page_index: Path) -> None:
    arguments = ("search", "发展", "--kwic", "--sort", "right", "--index", page_index)
    lines = json.loads(lianghui(*arguments, "--format", "json").out)
    found = int(lianghui("search", "发展", "--count", "--index", page_index).out)
    assert len({line["id"] for line in lines}) == found > 20
    rights = [fold(line["right"][:1]) for line in lines]
    assert rights == sorted(rights)
    few = [json.loads(line) for line in lianghui(*arguments, "-n", "3", "--format", "jsonl").out.splitlines()]
    assert {line["rank"] for line in few} == {1, 2, 3}
    table = csv.DictReader(io.StringIO(lianghui(*arguments, "--format", "csv", "--no-bom").out))
    assert [(row["id"], row["left"], row["right"]) for row in table] == [
        (line["id"], line["left"], line["right"]) for line in lines
    ]
