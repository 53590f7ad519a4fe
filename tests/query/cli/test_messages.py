"""An empty or lesser answer is explained, from the answer alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from indexer import IndexClosedError, build_index
from query import Index, Results, open_index
from query.cli.messages import why_less, why_no_value, why_nothing
from tests.conftest import Command, MakeSeeds


@pytest.fixture
def gone(page_index: Path, tmp_path: Path) -> Index:
    """Open an index that is there only until `remove`."""
    return open_index(shutil.copytree(page_index, tmp_path / "index"))


def remove(index: Index) -> None:
    index.close()
    shutil.rmtree(str(index.path))
    with pytest.raises(IndexClosedError):
        index.search("低空")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["量子计算"], '"量子计算" occurs nowhere in the index'),
        (["薛宁 宋毅方"], '"薛宁" is in 1 paragraph and "宋毅方" is in 1 paragraph, but none holds both'),
        (["低空经* 薛宁"], '"低空经*" is in 9 paragraphs and "薛宁" is in 1 paragraph, but none holds both'),
        (["低空经济", "--speaker", "薛宁"], "9 paragraphs hold the query, but none passes the filters"),
        (["--speaker", "王大锤"], 'no paragraph has speaker "王大锤"; there are '),
        (["--how", "转引"], 'no paragraph has how "转引"; there are explicit, '),
        (["发言人：王大锤 低空"], 'no paragraph has speaker "王大锤"'),
        (["--speaker", "薛宁", "--type", "决议"], "paragraphs pass each of the filters, but none passes all"),
        (["--role", "大区总裁"], 'no paragraph has role "大区总裁"; to find it as something else: --org'),
        (["--date", "2020"], 'no paragraph has date "2020"; the days are from 2025-02-25 to 2025-02-26'),
        (["pinyin:wangdachui"], 'no name in the index has the pinyin "wangdachui"'),
        (["量子计算 王大锤"], '"量子计算" and "王大锤" occur nowhere in the index'),
        (
            ["低空 OR 量子计算", "--speaker", "范兆森"],
            'no paragraph has speaker "范兆森"; to find it as something else: --mentions',
        ),
    ],
)
def test_an_empty_answer_is_explained(
    lianghui: Command, page_index: Path, arguments: list[str], reason: str
) -> None:
    run = lianghui("search", "--strict", *arguments, "--index", page_index)
    assert (run.code, run.out) == (1, "")
    assert reason in run.err


@pytest.mark.parametrize(
    ("query", "options", "why", "sentence"),
    [
        ("量子计算", {"strict": True}, why_nothing, '"量子计算" occurs nowhere in the index'),
        (
            "薛宁 宋毅方",
            {"strict": True},
            why_nothing,
            '"薛宁" is in 1 paragraph and "宋毅方" is in 1 paragraph, but none holds both',
        ),
        (
            "低空经济",
            {"strict": True, "speaker": "薛宁"},
            why_nothing,
            "9 paragraphs hold the query, but none passes the filters",
        ),
        (
            "范照森",
            {},
            why_less,
            'no paragraph is as asked; these hold names of the same sound: 范兆森; "范照森" occurs nowhere',
        ),
        (
            "低空经济",
            {"speaker": "薛宁"},
            why_less,
            "9 paragraphs are as asked, but none passes the filters; these hold some of its words: ",
        ),
    ],
)
def test_an_answer_explains_itself_when_there_is_no_index_and_no_query_any_more(
    gone: Index, query: str, options: dict[str, Any], why: Callable[[Results], str], sentence: str
) -> None:
    results = replace(gone.search(query, **options), query="（")
    remove(gone)
    assert sentence in why(results)


def test_an_answer_without_values_explains_itself_when_there_is_no_index_any_more(gone: Index) -> None:
    spoken_by_nobody = gone.count_values("speaker", "宋毅方")
    nowhere = gone.count_values("speaker", "量子计算")
    remove(gone)
    assert (
        why_no_value("speaker", spoken_by_nobody) == "nothing found: no speaker in the paragraphs asked for"
    )
    assert why_no_value("speaker", nowhere) == 'nothing found: "量子计算" occurs nowhere in the index'


def test_nobody_to_list_is_exit_1(lianghui: Command, page_index: Path) -> None:
    run = lianghui("speakers", "宋毅方", "--index", page_index)
    assert (run.code, run.out) == (1, "")
    assert "no speaker" in run.err


def test_a_word_that_is_nowhere_is_said_to_be_so(words_index: Path, lianghui: Command) -> None:
    run = lianghui("words", "低空经济", "量子", "--index", words_index)
    assert (run.code, run.out) == (1, "3  低空經濟\n")
    assert run.err == 'lianghui: nothing found: "量子" is neither in words.txt nor learned from texts\n'


def test_an_index_without_any_words_says_so(make_seeds: MakeSeeds, tmp_path: Path, lianghui: Command) -> None:
    build_index(make_seeds({"a.txt": "发展经济。\n"}), tmp_path / "index")
    for form in ("text", "json"):
        run = lianghui("words", "--format", form)
        assert run.code == 1
        assert "no word was learned" in run.err
