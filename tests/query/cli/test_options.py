"""Options that print something in place of a format, and exclude each other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Command


def test_count_prints_only_how_many_there_are(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "低空经济", "--count", "-n", "2", "--index", page_index)
    assert (run.code, run.out, run.err) == (0, "9\n", "")
    run = lianghui("search", "量子计算", "--count", "--index", page_index)
    assert (run.code, run.out) == (1, "0\n")


def test_ids_are_all_there_are_in_rank_order_unless_a_page_is_asked_for(
    lianghui: Command, page_index: Path
) -> None:
    arguments = ("search", "发展", "--index", page_index)
    hits = json.loads(lianghui(*arguments, "-n", "99", "--format", "json").out)["hits"]
    ids = [hit["id"] for hit in hits]
    assert len(ids) > 20
    assert lianghui(*arguments, "--ids").out.split() == ids
    assert lianghui(*arguments, "--ids", "-n", "3").out.split() == ids[:3]
    assert lianghui(*arguments, "--ids", "-n", "10").out.split() == ids[:10]
    assert lianghui(*arguments, "--ids", "--page", "2").out.split() == ids[10:20]
    run = lianghui("search", "量子计算", "--ids", "--index", page_index)
    assert (run.code, run.out) == (1, "")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--count", "--ids"], "--count and --ids"),
        (["--ids", "--kwic", "--count"], "--kwic and --count and --ids"),
        (["--count", "--format", "json"], "--count and --format json"),
    ],
)
def test_forms_of_an_answer_that_exclude_each_other_are_named(
    lianghui: Command, page_index: Path, arguments: list[str], named: str
) -> None:
    run = lianghui("search", "低空", *arguments, "--index", page_index)
    assert (run.code, run.out) == (2, "")
    assert run.err == f"lianghui: {named} exclude each other; give one of them\n"
