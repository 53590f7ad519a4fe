"""Step by step down to an answer, named at each step, and what a query also means."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from query import Index
from query.rewriting.relaxation import Rung
from tests.conftest import Command
from tests.query.conftest import texts_found


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
    rungs = get_args(Rung)
    assert rungs.index(results.rung) <= rungs.index(rung)
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
    assert texts_found(small, "speaker:钱某梅 教育企业") == {"人才要培养，教育是根本。"}
    assert texts_found(small, "教育企业 -人才") == {"赵某兰关心教育。"}
    assert texts_found(small, "教育火星 NOT (speaker:钱某梅)") == {"赵某兰关心教育。"}


def test_a_misspelt_name_is_better_than_the_other_words_alone(small: Index) -> None:
    results = small.search("赵谋兰 教育")
    assert (results.rung, results.total) == ("sounds-like", 1)
    assert (results.missing, results.suggestions) == (("赵谋兰",), ("赵某兰",))
    assert small.search("赵谋兰").rung == "sounds-like"


def test_a_name_inside_a_text_that_sounds_like_it_is_only_suggested(small: Index) -> None:
    results = small.search("赵谋兰的 教育")
    assert results.rung in ("most-words", "any-word")
    assert (results.missing, results.suggestions) == (("赵谋兰的",), ("赵某兰",))


def test_a_step_down_is_said_on_stderr(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "范照森", "--index", page_index)
    assert run.code == 0
    assert "范兆森" in run.err
    assert '"范照森" occurs nowhere in the index' in run.err
    assert lianghui("search", "--strict", "范照森", "--index", page_index).code == 1


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
    assert "these hold names of the same sound: 范兆森" in run.err
    assert "no speaker in the paragraphs asked for" in run.err
    run = lianghui("speakers", "范照森", "--strict", "--index", page_index)
    assert '"范照森" occurs nowhere' in run.err
    assert "no speaker" in lianghui("speakers", "--kind", "byline", "--index", page_index).err
