"""A citation: one line to paste, with what is known and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Command, MakeSeeds

SEED = "000_53d84523222cba33.txt"


@pytest.mark.parametrize(
    ("query", "citation"),
    [
        (
            "文体旅商",
            (
                "《挺起产业硬脊梁 澎湃发展新动能》“深挖产业赛道‘增长极’”，薛宁（委员）发言，2025-02-26，"
                f"{SEED} 第 29 行"
            ),
        ),
        (
            "山西低空经济产业联盟",
            f"《加快发展低空经济 塑造发展新优势》，张艳丽（市人大代表）发言，2025-02-26，{SEED} 第 91–93 行",
        ),
        ("天空之城", f"《挺起产业硬脊梁 澎湃发展新动能》，2025-02-26，{SEED} 第 11 行"),
    ],
)
def test_a_hit_is_cited_by_headline_section_speaker_date_and_lines(
    lianghui: Command, page_index: Path, query: str, citation: str
) -> None:
    run = lianghui("search", query, "-n", "1", "--format", "cite", "--index", page_index)
    assert (run.code, run.out) == (0, citation + "\n")


@pytest.mark.parametrize(
    ("record", "citation"),
    [
        ({}, "a.jsonl 第 1 行"),
        ({"speakers": ["王小明", "李大山"]}, "王小明、李大山发言，a.jsonl 第 1 行"),
        ({"title": "论《报告》", "date": "2025-02"}, "《论〈报告〉》，2025-02，a.jsonl 第 1 行"),
        ({"title": "甲\n\x1b[1m乙"}, "《甲 \ufffd[1m乙》，a.jsonl 第 1 行"),
    ],
)
def test_what_is_not_known_is_left_out(
    lianghui: Command, make_seeds: MakeSeeds, record: dict[str, str], citation: str
) -> None:
    make_seeds({"a.jsonl": json.dumps({"text": "发展低空经济。", **record})})
    assert lianghui("search", "低空", "--format", "cite").out == citation + "\n"


def test_there_is_one_line_a_hit(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "发展", "-n", "20", "--format", "cite", "--index", page_index)
    assert len(run.out.splitlines()) == 20
