"""Step by step down to an answer, named at each step, and what a query also means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer import build_index
from indexer.text.folding import fold
from query import Index, open_index
from query.rewriting.relaxation import RUNGS
from tests.conftest import Command, MakeSeeds


def texts(index: Index, query: str) -> set[str]:
    return {hit.text for hit in index.search(query, limit=100)}


@pytest.fixture
def small(make_seeds: MakeSeeds, tmp_path: Path) -> Index:
    """Open an index of a few records with made-up people."""
    records = [
        {"text": "关于低空经济，企业需要人才。", "speakers": ["赵某兰"], "date": "2025-02-01"},
        {"text": "人才要培养，教育是根本。", "speakers": ["钱某梅"], "date": "2025-03-01"},
        {"text": "赵某兰关心教育。", "date": "2025-01-01"},
        {"text": "环境保护不能放松。"},
    ]
    seeds = make_seeds({"a.jsonl": "\n".join(json.dumps(record, ensure_ascii=False) for record in records)})
    (seeds / "synonyms.txt").write_text("# 同义\n低空经济 = 无人机产业\n环保 ＝ 环境保护 = 生态\n", "utf-8")
    build_index(seeds, tmp_path / "index")
    return open_index(tmp_path / "index")


@pytest.mark.parametrize(
    ("query", "rung", "words"),
    [
        ("低空经济", "exact", ("低空", "经济", "低空经济")),
        ("谁提出加快发展低空经济？", "any-word", None),
        ("范照森", "sounds-like", ("范兆森",)),
        ("zhangyanli", "sounds-like", ("张艳丽",)),
        ("Zhang Yanli", "sounds-like", ("张艳丽",)),
    ],
)
def test_an_answer_names_its_rung(page: Index, query: str, rung: str, words: tuple[str, ...] | None) -> None:
    results = page.search(query)
    assert results.total > 0
    assert RUNGS.index(results.rung) <= RUNGS.index(rung)
    assert words is None or (results.rung == rung and set(words) >= {*results.words} != set())


def test_all_words_are_sought_apart_before_some_of_them(small: Index) -> None:
    results = small.search("人才教育")
    assert (results.rung, results.total, results.missing) == ("all-words", 1, ("人才教育",))
    assert results.words == ("人才", "教育")
    assert [hit.text[start:end] for hit in results for start, end in hit.highlights] == ["人才", "教育"]


def test_some_words_are_sought_where_no_paragraph_has_all(small: Index) -> None:
    assert small.search("企业教育根本").rung == "most-words"
    results = small.search("环境 量子 计算 火箭 卫星")
    assert (results.rung, results.total) == ("any-word", 1)
    assert results.missing == ("量子", "计算", "火箭", "卫星")


def test_what_has_more_of_a_question_comes_first(small: Index) -> None:
    assert small.search("教育的根本是什么").hits[0].text == "人才要培养，教育是根本。"


def test_strict_stays_on_the_first_rung(small: Index) -> None:
    results = small.search("人才教育", strict=True)
    assert (results.rung, results.total, results.missing) == ("exact", 0, ("人才教育",))


def test_fields_and_what_is_excluded_hold_on_every_rung(small: Index) -> None:
    assert texts(small, "speaker:钱某梅 教育企业") == {"人才要培养，教育是根本。"}
    assert texts(small, "教育企业 -人才") == {"赵某兰关心教育。"}
    assert texts(small, "教育火星 NOT (speaker:钱某梅)") == {"赵某兰关心教育。"}


def test_a_name_of_the_same_sound_is_suggested_beside_other_answers(small: Index) -> None:
    results = small.search("赵谋兰 教育")
    assert results.rung in ("most-words", "any-word")
    assert (results.missing, results.suggestions) == (("赵谋兰",), ("赵某兰",))
    assert small.search("赵谋兰").rung == "sounds-like"


@pytest.mark.parametrize("query", ["pinyin:zhaomoulan", "ｐｉｎｙｉｎ：ZhaoMoulan", "拼音：“Zhao Mou Lan”"])
def test_pinyin_is_asked_for_as_a_field(small: Index, query: str) -> None:
    results = small.search(query)
    assert (results.rung, results.total) == ("exact", 1)
    assert [*results.meant.values()] == [("赵某兰",)]


def test_pinyin_that_spells_nobody_finds_nothing(small: Index) -> None:
    assert (small.search("pinyin:xiangmowanzi").total, small.search("xiangmowanzi").total) == (0, 0)


def test_synonyms_are_found_and_told(small: Index) -> None:
    results = small.search("无人机产业")
    assert (results.rung, results.total) == ("exact", 1)
    assert results.meant == {"无人机产业": ("低空经济",)}
    assert [hit.text[start:end] for hit in results for start, end in hit.highlights] == ["低空经济"]
    assert texts(small, "環保") == {"环境保护不能放松。"}


def test_what_is_quoted_means_itself_only(small: Index) -> None:
    assert small.search("“无人机产业”", strict=True).total == 0


def test_synonyms_hold_behind_not_and_beside_near(small: Index) -> None:
    assert small.search("企业 NOT 无人机产业", strict=True).total == 0
    assert small.search("无人机产业 NEAR/1 企业").total == 1


def test_synonyms_are_no_seed_and_change_no_index(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.txt": "环境保护不能放松，这是一段正文。"})
    lianghui("index")
    Path("seeds/synonyms.txt").write_text("环保 = 环境保护", "utf-8")
    run = lianghui("search", "环保")
    assert (run.code, run.err) == (0, "")
    assert "另查  环保 → 环境保护" in run.out
    assert lianghui("status").code == 0


@pytest.mark.parametrize("line", ["科创", "科创 = ", "= 科创", "， = 。"])
def test_a_line_that_is_no_group_is_named(lianghui: Command, make_seeds: MakeSeeds, line: str) -> None:
    make_seeds({"a.txt": "环境保护不能放松，这是一段正文。", "synonyms.txt": f"# 注\n{line}\n"})
    run = lianghui("search", "环境")
    assert run.code == 2
    assert "synonyms.txt, line 2" in run.err
    assert "科创 = 科技创新" in run.err


@pytest.mark.parametrize(
    "name", ["市政协十四届四次会议", "政协太原市第十四届委员会第四次会议", "市政協十四屆四次會議"]
)
def test_a_session_finds_its_other_spellings_and_says_so(page: Index, name: str) -> None:
    results = page.search(name)
    assert results.rung == "exact"
    assert results.meant == {name: ("政协第十四届太原市委员会第四次会议",)}
    assert all(hit.highlights for hit in results if "届" in hit.text)
    assert results.total == page.search("", session=name).total > page.search(f"“{name}”", strict=True).total


def test_a_step_down_is_said_on_stderr(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "范照森", "--index", page_index)
    assert run.code == 0
    assert "范兆森" in run.err
    assert '"范照森" occurs nowhere in the index' in run.err
    assert lianghui("search", "--strict", "范照森", "--index", page_index).code == 1


def test_every_part_of_a_score_is_told_and_they_add_up(page: Index) -> None:
    for query in (
        "低空经济",
        "张艳丽",
        "谁提出加快发展低空经济？",
        "低空 NEAR/5 人才",
        "专*新 OR 教育",
        "范照森",
        "-低空",
    ):
        results = page.search(query, explain=True)
        assert results.total
        for hit in results:
            assert sum(part.score for part in hit.explanation) == pytest.approx(hit.score, abs=1e-5)
            assert all(part.field for part in hit.explanation)


def test_a_score_is_explained_on_the_command_line(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "文体旅商", "--explain", "--index", page_index)
    assert "评分" in run.out
    answer = json.loads(
        lianghui("search", "文体旅商", "--explain", "--format", "json", "--index", page_index).out
    )
    (hit,) = answer["hits"]
    assert sum(part["score"] for part in hit["explanation"]) == pytest.approx(hit["score"], abs=1e-5)


def test_who_says_it_comes_before_who_is_only_named(small: Index) -> None:
    hits = small.search("赵某兰 OR 低空经济").hits
    assert [name.name for hit in hits for name in hit.speakers] == ["赵某兰"]


def test_hits_are_sorted_as_asked(small: Index) -> None:
    dates = [hit.date for hit in small.search("人才 OR 教育", sort="date")]
    assert dates == ["2025-03-01", "2025-02-01", "2025-01-01"]
    lines = [hit.lines[0] for hit in small.search("人才 OR 教育 OR 环境", sort="source")]
    assert lines == sorted(lines)


def test_equal_texts_collapse_into_one_with_a_count(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    lines = ["（某会议通过）", "（某会议 通过）", "（另一会议通过）", "某会议开幕。"]
    records = "\n".join(json.dumps({"text": line}, ensure_ascii=False) for line in lines)
    build_index(make_seeds({"a.jsonl": records, "b.jsonl": records}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        results = index.search("会议", collapse=True)
        assert results.total == 3
        assert {fold(hit.text): hit.repeats for hit in results} == {
            "(某会议通过)": 4,
            "(另一会议通过)": 2,
            "某会议开幕。": 2,
        }
        assert index.search("会议").total == 8
        assert [hit.rank for hit in index.search("会议", collapse=True, limit=2, page=2)] == [3]


def test_a_name_of_the_same_sound_comes_before_a_part_of_the_name(page: Index) -> None:
    results = page.search("张艳莉")
    assert (results.rung, results.words) == ("sounds-like", ("张艳丽",))


def test_characters_side_by_side_are_the_last_resort(page: Index) -> None:
    results = page.search("范兆某某")
    assert results.rung == "any-word"
    assert {text for hit in results for text in ("范兆森",) if text in hit.text} == {"范兆森"}


def test_a_filter_that_lets_nothing_exact_pass_is_named(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "低空经济", "--speaker", "薛宁", "--index", page_index)
    assert (run.code, "9 paragraphs are as asked, but none passes the filters" in run.err) == (0, True)


def test_an_empty_count_says_why(lianghui: Command, page_index: Path) -> None:
    run = lianghui("speakers", "范照森", "--index", page_index)
    assert (run.code, run.out) == (1, "")
    assert "perhaps 范兆森 is meant" in run.err
    assert "no speaker" in lianghui("speakers", "--kind", "byline", "--index", page_index).err
