"""CSV: rows that spreadsheets and tools for lines read, and no text that they would act upon."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query.output.sanitize import safe
from query.output.spreadsheet import facets_csv
from query.results import Facet
from tests.conftest import Command, MakeSeeds

COLUMNS = (
    "rank,score,rung,repeats,id,source,lines,page,date,date_end,speaker,role,organisation,position,how,"
    "evidence,title,section,lead,document_type,kind,sessions,topics,mentions,reporters,chair,attendees,matched,"
    "snippet,text"
)


BOM = "\ufeff"


def rows(text: str) -> list[dict[str, str]]:
    """Read CSV as another program would."""
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM), newline="")))


def test_csv_has_a_row_for_each_hit_under_the_names_of_the_columns(
    lianghui: Command, page_index: Path
) -> None:
    run = lianghui("search", "低空经济 人才", "--format", "csv", "--index", page_index)
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines()[0] == BOM + COLUMNS
    first, second = rows(run.out)
    assert (first["rank"], second["rank"], second["lines"]) == ("1", "2", "91–93")
    assert (first["speaker"], first["role"]) == ("张艳丽", "市人大代表")
    assert (first["organisation"], first["position"]) == ("太平洋建设", "大区总裁")
    assert (second["how"], second["evidence"]) == ("inherited", "ced00a5981df")
    (named,) = rows(lianghui("search", "张艳丽建议", "--format", "csv", "--index", page_index).out)
    assert (named["id"], named["how"]) == ("ced00a5981df", "explicit")
    assert named["evidence"] in named["text"]
    assert first["topics"] == "关于加快发展低空经济赋能高质量发展、加快发展低空经济 塑造发展新优势、低空经济"
    assert first["sessions"] == "太原市第十五届人民代表大会第五次会议"


def test_csv_and_json_say_the_same(lianghui: Command, page_index: Path) -> None:
    arguments = ("search", "发展", "-n", "50", "--index", page_index)
    table = rows(lianghui(*arguments, "--format", "csv").out)
    hits = json.loads(lianghui(*arguments, "--format", "json").out)["hits"]
    for key in ("id", "source", "text", "snippet", "kind"):
        assert [row[key] for row in table] == [hit[key] for hit in hits]
    assert [float(row["score"]) for row in table] == [hit["score"] for hit in hits]


def test_csv_without_hits_is_its_header(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "量子计算", "--format", "csv", "--index", page_index)
    assert (run.code, run.out) == (1, BOM + COLUMNS + "\n")


def test_values_are_listed_as_csv_with_what_is_counted_within(lianghui: Command, page_index: Path) -> None:
    run = lianghui("speakers", "低空经济", "--format", "csv", "--index", page_index)
    assert run.out == BOM + "value,count\n张艳丽,4\n刘文浩,1\n"
    run = lianghui("speakers", "低空经济", "--by", "role", "--format", "csv", "--index", page_index)
    assert run.out == BOM + "value,count,by,by_count\n张艳丽,4,市人大代表,4\n刘文浩,1,委员,1\n"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@a",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "﹦1",
        "  =1",
        "\u3000＝1",
        "\t1",
        " \r1",
        "\n1",
        "\t=1",
    ],
)
def test_no_cell_begins_a_formula(text: str) -> None:
    _, row = facets_csv([Facet(text, 1)])
    assert row.startswith("'")


@pytest.mark.parametrize("text", ["经济=1", "（=1）", "1-2", "'=1", "", "甲"])
def test_a_cell_that_begins_no_formula_stays_as_it_is(text: str) -> None:
    _, row = facets_csv([Facet(text, 1)])
    assert row == f"{text},1"


@given(st.lists(st.text(max_size=9), max_size=3))
def test_any_text_is_one_row_that_neither_steers_nor_calculates(texts: list[str]) -> None:
    lines = list(facets_csv([Facet(text, 1) for text in texts]))
    read = [row["value"] for row in rows("\n".join(lines))]
    assert [value.removeprefix("'") for value in read] == [safe(text).removeprefix("'") for text in texts]
    assert not any(re.match(r"\s*[=+\-@＝＋－＠]", value) for value in read)


def test_text_with_quotes_commas_and_escapes_stays_in_its_cell(
    lianghui: Command, make_seeds: MakeSeeds
) -> None:
    record = {"text": '=低空"经济",\u202e甲\x1b[31m\n乙', "speakers": ["@王小明", "李大山"]}
    make_seeds({"a.jsonl": json.dumps(record)})
    run = lianghui("search", "低空", "--format", "csv")
    assert len(run.out.splitlines()) == 2
    (row,) = rows(run.out)
    assert row["text"] == '\'=低空"经济",\ufffd甲\ufffd[31m 乙'
    assert row["speaker"] == "'@王小明、李大山"


def test_csv_is_without_the_mark_where_a_program_asks_so(lianghui: Command, page_index: Path) -> None:
    for command in (("search", "低空经济"), ("speakers",), ("search", "低空经济", "--kwic")):
        marked = lianghui(*command, "--format", "csv", "--index", page_index).out
        assert marked == BOM + lianghui(*command, "--format", "csv", "--no-bom", "--index", page_index).out


def test_csv_has_a_row_for_each_speaker_where_that_is_asked_for(
    lianghui: Command, make_seeds: MakeSeeds
) -> None:
    both = {"text": "低空经济。", "speakers": [{"name": "王小明", "role": "代表"}, {"name": "李大山"}]}
    make_seeds({"a.jsonl": json.dumps(both) + '\n{"text": "低空无人。", "speakers": []}'})
    ordered = ("search", "低空", "--sort", "source", "--format", "csv")
    found = rows(lianghui(*ordered, "--each", "speaker").out)
    assert [(row["speaker"], row["role"]) for row in found] == [("王小明", "代表"), ("李大山", ""), ("", "")]
    assert [row["text"] for row in found] == ["低空经济。", "低空经济。", "低空无人。"]
    (joined, _) = rows(lianghui(*ordered).out)
    assert (joined["speaker"], joined["role"], joined["position"]) == ("王小明、李大山", "代表、", "")


def test_rows_without_a_spreadsheet_are_an_error(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "低空", "--each", "speaker", "--index", page_index)
    assert (run.code, run.err) == (
        2,
        "lianghui: --each speaker makes rows of a spreadsheet; add --format csv\n",
    )
