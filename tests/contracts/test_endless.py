"""Seeds of any shape are read in a time in proportion to their size, whatever their lines hold."""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path

import pytest

from indexer import build_index
from indexer.extraction.word_lists import SURNAMES
from indexer.pages.page import read_page
from query import open_index
from tests.conftest import LOAD, SEGMENTER, MakeSeeds

pytestmark = pytest.mark.breaking

# Where not all of the breaking is done, a quarter of it: a suite that people run waits for no more.
_PART = 1 if LOAD >= 1 else 4
LINE = 200_000 // _PART  # characters
LINES = 10_000 // _PART
LONGEST = 30.0  # seconds of computing; the slowest takes one or two, and took minutes when it was quadratic

UNITS = (
    *(
        "（",
        "（）",
        "“",
        "“甲”",
        "「",
        "《关于",
        "1",
        "十",
        "张",
        "王小明、",
        "甲·",
        "甲 ",
        "、",
        "：",
        "…",
        "——",
    ),
    *(
        "委员、",
        "王小明代表建议，",
        "他说，",
        "“好”他说",
        "副主任",
        "市政协十四届四次会议",
        "第一届",
        "关于甲的建议",
    ),
    *(
        "2025年2月26日",
        "昨",
        "记者王小明",
        "本院委员",
        "（记者",
        "a b ",
        "e\u0301",
        "\u200b",
        "\x1b[",
        "出席委员：张三 ",
    ),
)
SHAPES = (
    *(
        "",
        "（",
        "经济",
        "发展，",
        "两会剪影",
        "王小明代表建议，发展。",
        "他说，好。",
        "记者 王小明",
        "二是发展。",
        "发展\n好。",
    ),
    *(
        "两会剪影\n发展。",
        "王小明代表提出“关于发展经济的建议”。",
        "出席委员：张三 李四 王五",
        "王小明 摄影报道",
    ),
)
GIVEN = [chr(code) for code in range(0x4E00, 0x4E00 + 400)]


def seconds(text: str) -> float:
    """Read a page; return the seconds that this process computed, whatever else the machine does."""
    started = time.process_time()
    assert sum(1 for _ in read_page(text, "a.txt", SEGMENTER)) or not text.strip()
    return time.process_time() - started


@pytest.mark.parametrize("unit", UNITS)
def test_a_line_without_end_is_read(unit: str) -> None:
    assert seconds("标题\n王小明代表说，好。\n" + (unit * LINE)[:LINE]) < LONGEST


@pytest.mark.parametrize("shape", SHAPES)
def test_lines_without_number_are_read(shape: str) -> None:
    assert seconds("\n".join([shape] * LINES)) < LONGEST


@pytest.mark.parametrize("says", ["{}代表建议，发展。他说，好。", "记者 {}", "{}：好。", "市长{}说，好。"])
def test_people_without_number_are_read(says: str) -> None:
    surnames = sorted(surname for surname in SURNAMES if len(surname) == 1)
    names = islice((surname + given for given in GIVEN for surname in surnames), LINES // 4)
    assert seconds("\n".join(map(says.format, names))) < LONGEST


def test_a_line_of_megabytes_is_indexed_whole_and_found_to_its_end(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    build_index(
        make_seeds({"a.txt": "王小明代表建议，发展经济。" * (100_000 // _PART) + "最后。"}),
        tmp_path / "index",
    )
    with open_index(tmp_path / "index") as index:
        assert index.search("经济。最后").total == 1
        assert index.search("经济", speaker="王小明").total == 1


def test_a_million_empty_lines_are_no_paragraphs(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": "\n" * 1_000_000 + "王小明代表建议，发展。\n", "b.jsonl": "\n" * 1_000_000})
    report = build_index(seeds, tmp_path / "index")
    assert report.paragraphs == 1
    with open_index(tmp_path / "index") as index:
        (hit,) = index.search("发展")
        assert hit.lines == (1_000_001, 1_000_001)
