"""Expansion: synonyms and spellings of sessions are searched, too, and the answer says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from query import Index
from tests.conftest import Command, MakeSeeds
from tests.query.conftest import texts_found


def test_synonyms_are_found_and_named_in_the_answer(small: Index) -> None:
    results = small.search("无人机产业")
    assert (results.rung, results.total) == ("exact", 1)
    assert results.meant == {"无人机产业": ("低空经济",)}
    assert [hit.text[start:end] for hit in results for start, end in hit.highlights] == ["低空经济"]
    assert texts_found(small, "環保") == {"环境保护不能放松。"}


def test_what_is_quoted_means_itself_only(small: Index) -> None:
    assert small.search("“无人机产业”", strict=True).total == 0


def test_synonyms_count_after_not_and_beside_near(small: Index) -> None:
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
