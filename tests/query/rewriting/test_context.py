"""What is known of a paragraph answers for a word, and what is close stands behind what is as asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer import build_index
from query import Index, open_index
from query.results import Results
from tests.conftest import Command, MakeSeeds

WANG = {"name": "王小明", "role": "市人大代表"}
RECORDS: list[dict[str, Any]] = [
    {"text": "要建设产业联盟，引进人才。", "speakers": [WANG], "date": "2025-02-26"},
    {"text": "王小明参加了会议。", "title": "农业新篇章", "date": "2025-02-26"},
    {"text": "粮食增产百分之五。", "title": "农业新篇章", "date": "2024-03-01"},
    {"text": "产值增长6.5%，粮食增产5%。", "speakers": ["李大山"], "date": "2024-03-01"},
    {"text": "坚持房子是用来住的、不是用来炒的定位。", "speakers": ["李大山"]},
    {"text": "增加投入2億5,000萬元，惠及農家。"},
    {"text": "学习二十大精神。", "speakers": ["张小红"]},
    {"text": "第百分之五十条，党的十九大。"},
]  # fmt: skip


@pytest.fixture
def known(make_seeds: MakeSeeds, tmp_path: Path) -> Iterator[Index]:
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS)
    build_index(make_seeds({"a.jsonl": lines}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        yield index


def first(results: Results) -> str:
    return results.hits[0].text if results.hits else ""


@pytest.mark.parametrize(
    ("query", "number", "field"),
    [
        ("王小明 产业联盟", 0, "speaker"),
        ("人大代表 产业联盟", 0, "role"),
        ("农业 百分之五", 2, "title"),
        ("2024年 产值增长", 3, "date"),
    ],
)
def test_a_word_is_answered_by_what_is_known(known: Index, query: str, number: int, field: str) -> None:
    results = known.search(query)
    assert (results.rung, first(results)) == ("in-context", RECORDS[number]["text"])
    assert field in {matched.field for matched in results.hits[0].matched}


def test_at_least_one_word_is_in_the_text_itself(known: Index) -> None:
    assert not known.search("王小明 人大代表").hits or known.search("王小明 人大代表").rung != "in-context"
    assert known.search("新篇章").rung != "in-context"


def test_a_name_alone_also_finds_what_that_person_says(known: Index) -> None:
    results = known.search("王小明")
    assert (results.rung, first(results)) == ("exact", RECORDS[1]["text"])
    assert [hit.text for hit in results.near] == [RECORDS[0]["text"]]


def test_what_is_near_is_not_counted_and_keeps_its_own_rung(known: Index) -> None:
    results = known.search("粮食增产5%")
    assert (results.total, len(results)) == (2, 2)
    assert {hit.text for hit in results} == {RECORDS[2]["text"], RECORDS[3]["text"]}
    near = known.search("产业联盟 王小明 代表").near
    assert [hit.rank for hit in near] == [*range(2, 2 + len(near))]
    assert "exact" not in {hit.rung for hit in near}


def test_strict_knows_the_text_only(known: Index) -> None:
    assert known.search("王小明 产业联盟", strict=True).total == 0
    assert known.search("百分之五", strict=True).total == 2
    assert known.search("王小明", strict=True).near == ()


def test_a_phrase_in_quotation_marks_never_steps_down(known: Index) -> None:
    assert known.search("“产业新联盟”").total == 0
    assert known.search("“王小明” 产业联盟").total == 0


def test_what_only_asks_is_not_sought(known: Index) -> None:
    results = known.search("李大山说了什么")
    assert {hit.text for hit in results} == {RECORDS[3]["text"], RECORDS[4]["text"]}
    assert results.missing == ()


def test_who_asks_is_answered_by_who_speaks(known: Index) -> None:
    results = known.search("谁谈到粮食增产")
    assert first(results) == RECORDS[3]["text"]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("5%", {2, 3}),
        ("百分之五", {2, 3, 7}),  # as it stands, also in 百分之五十
        ("20大", {6}),
        ("2亿5000万元", {5}),
        ("6.5%", {3}),
    ],
)
def test_numbers_are_wholes_in_any_spelling(known: Index, query: str, numbers: set[int]) -> None:
    results = known.search(query)
    assert results.rung == "exact"
    assert {hit.text for hit in results} == {RECORDS[number]["text"] for number in numbers}


def test_a_part_of_a_decimal_is_not_as_asked(known: Index) -> None:
    assert known.search("增长5%", strict=True).total == 0


def test_an_abbreviation_is_found_where_it_is_written_out(known: Index) -> None:
    results = known.search("房住不炒")
    assert (results.rung, [hit.text for hit in results]) == ("spelled-out", [RECORDS[4]["text"]])
    ((start, end),) = results.hits[0].highlights
    assert results.hits[0].text[start:end] == "房子是用来住的、不是用来炒"


def test_who_is_excluded_is_silent(known: Index) -> None:
    results = known.search("产业联盟 -王小明")
    assert RECORDS[0]["text"] not in {hit.text for hit in (*results.hits, *results.near)}
    assert results.meant == {"-王小明": ("发言人：王小明",)}
    assert known.search("产业联盟 -王小明", strict=True).total == 1


@pytest.mark.parametrize(("speaker", "name"), [("王晓明", "王小明"), ("wangxiaoming", "王小明")])
def test_a_filter_forgives_a_name_of_the_same_sound(known: Index, speaker: str, name: str) -> None:
    results = known.search("产业联盟", speaker=speaker)
    assert (results.total, results.meant) == (1, {speaker: (name,)})
    assert known.search("产业联盟", speaker=speaker, strict=True).total == 0


def test_a_filter_forgives_a_slip_of_the_pen_but_no_other_number(known: Index) -> None:
    assert known.search("粮食", title="农业新编章").meant == {"农业新编章": ("农业新篇章",)}
    assert known.search("粮食", title="农业新篇章2").total == 0


def test_a_line_parts_what_is_near(lianghui: Command, known: Index) -> None:
    run = lianghui("search", "王小明", "--index", known.path)
    hits, near = run.out.split("以下相近")
    assert "共 1 段" in hits
    assert "产业联盟" in near
    run = lianghui("search", "王小明 产业联盟", "--index", known.path)
    assert "符合  王小明（发言人）" in run.out
    assert "have each word in the text or in what is known of them: 王小明、产业联盟" in run.err


def test_json_says_what_answered(lianghui: Command, known: Index) -> None:
    run = lianghui("search", "王小明 产业联盟", "--format", "json", "--index", known.path)
    (hit,) = json.loads(run.out)["hits"]
    assert hit["rung"] == "in-context"
    assert hit["matched"] == [{"text": "王小明", "field": "speaker", "value": "王小明"}]


@pytest.mark.parametrize("query", ["20252025 粮食", "2025年13月 粮食", "1899年 粮食"])
def test_what_is_no_day_is_no_error(known: Index, query: str) -> None:
    assert known.search(query).rung != "in-context"


def test_a_who_question_ends_with_who_speaks(lianghui: Command, known: Index) -> None:
    assert "\n发言人  李大山 1\n" in lianghui("search", "谁谈到粮食增产", "--index", known.path).out
    assert "\n发言人  " not in lianghui("search", "粮食增产", "--index", known.path).out


def test_a_number_in_words_is_no_part_of_a_larger_one(known: Index) -> None:
    assert RECORDS[7]["text"] not in {hit.text for hit in known.search("5%")}
    assert known.search("9大").total == 0


def test_a_number_of_any_length_is_no_error(known: Index) -> None:
    assert known.search("1" * 5_000 + "届").total == 0


@pytest.mark.parametrize("query", ["(产业联盟 -王小明) 人才", "人才 -(王小明|李大山)"])
def test_who_is_excluded_in_brackets_is_silent_on_every_rung(known: Index, query: str) -> None:
    results = known.search(query)
    assert RECORDS[0]["text"] not in {hit.text for hit in (*results.hits, *results.near)}


@pytest.mark.parametrize("title", ["农村新编章", "农业", "第二篇章", "农业新篇章二"])
def test_what_differs_in_more_than_a_character_or_in_a_number_is_itself(known: Index, title: str) -> None:
    assert known.search("粮食", title=title).meant == {}


def test_a_speaker_that_no_text_names_is_found_by_sound(known: Index) -> None:
    results = known.search("李达山")
    assert (results.rung, results.total) == ("sounds-like", 2)


def test_a_long_phrase_never_steps_down(known: Index) -> None:
    assert known.search("“粮食增产 产业联盟 农业 人才 投入”").total == 0


def test_equal_texts_are_shown_once_near_ones_too(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    lines = ['{"text": "农业人才多。"}', '{"text": "农业人才多。", "title": "二"}', '{"text": "农业强。"}']
    build_index(make_seeds({"a.jsonl": "\n".join(lines)}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        results = index.search("农业 人才", collapse=True)
    texts = [hit.text for hit in (*results.hits, *results.near)]
    assert len(texts) == len(set(texts))


def test_who_attended_and_who_presided_is_answered_by_the_record_of_the_sitting(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    sitting = (
        "立法院第9屆第4會期第{}次會議議事錄\n時　　間　中華民國106年12月{}日上午9時\n地　　點　本院議場\n"
        "出席委員　王小明　李大山\n主　　席　院長王小明\n"
        "報告事項\n一、宣讀本院第9屆第4會期第{}次會議議事錄。\n"
    )
    seeds = make_seeds({f"{n}.txt": sitting.format(n, n + 10, n - 1) for n in (14, 15, 16)})
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        first = index.search("誰出席了第9屆第4會期第15次會議？")[0]
        assert (first.source, first.attendees) == ("15.txt", ("王小明", "李大山"))
        assert index.search("谁主持了第9届第4会期第15次会议")[0].source == "15.txt"
        assert {hit.source for hit in index.search("", attendee="李大山")} == {"14.txt", "15.txt", "16.txt"}
