"""Answers as text for people: speakers, date, heading, snippet and source, as wide as the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from wcwidth import wcswidth

from indexer import build_index
from tests.conftest import Command, MakeSeeds

SEED = "000_53d84523222cba33.txt"


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
    assert "共 4 段，以上第 1 段" in run.out


def test_the_headline_and_subhead_stand_above_a_hit(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "文体旅商", "--index", page_index)
    assert "挺起产业硬脊梁 澎湃发展新动能 › 深挖产业赛道“增长极”" in run.out


def test_speakers_that_the_paragraph_does_not_name_are_marked(lianghui: Command, page_index: Path) -> None:
    assert "总裁），承前段" in lianghui("search", "深化产学研用", "--index", page_index).out
    assert "会议（集体）" in lianghui("search", "春风化雨", "--index", page_index).out
    assert "残段" in lianghui("search", "上团结合作", "--index", page_index).out


def test_who_delivers_a_whole_text_is_marked(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    report = "政府工作报告\n市长　王小明\n各位代表：\n一年来，经济稳步发展。我们办成了许多实事。"
    build_index(make_seeds({"a.txt": report}), tmp_path / "index")
    assert "王小明（市长）（全文）" in lianghui("search", "实事", "--index", tmp_path / "index").out


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(
    lianghui: Command, page_index: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    run = lianghui("search", "发展", "-n", "40", "--index", page_index)
    assert max(wcswidth(line) for line in run.out.splitlines()) <= columns


def test_a_page_beyond_the_last_says_so(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "低空经济", "--page", "50", "--index", page_index)
    assert (run.code, run.out) == (0, "共 9 段，本页没有\n")
