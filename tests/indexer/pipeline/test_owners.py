"""Ids that several seeds give: the first seed in path order has it, whatever came when."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from indexer import build_index
from indexer.store.generations import current_generation
from indexer.store.manifest import read_manifest
from query import open_index
from tests.conftest import MakeSeeds

Step = Mapping[str, str | None]
"""A change of some seeds: the new content of each, None for one that is removed."""

STAYS = {"stays.txt": "经济和教育。\n"}


def record(text: str, id_: str = "1", **more: str) -> str:
    return json.dumps({"text": text, "id": id_, **more}, ensure_ascii=False) + "\n"


def taken_by(owner: str) -> str:
    return f"its id is that of a record in {owner}; give each record its own"


def contents(index: Path) -> list[Any]:
    """Read all that an index has: paragraphs, hits with their facets, values, and the states of its seeds."""
    states = {
        name: replace(state, mtime_ns=0)
        for name, state in read_manifest(current_generation(index)).sources.items()
    }
    with open_index(index) as opened:
        results = opened.search("教育 OR 经济", limit=99).to_dict()
        values = [opened.values(field) for field in ("speaker", "topic", "session")]
        return [*opened.paragraphs(), results, values, [*states.items()]]


def texts(index: Path) -> dict[str, list[str]]:
    """Read the texts of each seed but the one that stays."""
    found: dict[str, list[str]] = {}
    with open_index(index) as opened:
        for paragraph in opened.paragraphs():
            if paragraph.source not in STAYS:
                found.setdefault(paragraph.source, []).append(paragraph.text)
    return found


def faults(index: Path) -> list[str]:
    return [str(fault) for fault in read_manifest(current_generation(index)).faults()]


def apply(step: Step, seeds: Path) -> None:
    for name, content in step.items():
        if content is None:
            (seeds / name).unlink()
        else:
            (seeds / name).write_text(content, "utf-8")


FIRST, SECOND = {"d.jsonl": record("教育")}, {"e.jsonl": record("经济")}
BROKEN = {"d.jsonl": record("教育", date="某日")}
CASES: dict[str, tuple[Step, ...]] = {
    # What the random test found.
    "one before it comes": ({"e.jsonl": record("教育", "教育")}, {"d.jsonl": record("教育", "教育")}),
    "one before it comes and goes": (SECOND, FIRST, {"d.jsonl": None}),
    "one behind it comes and goes": (FIRST, SECOND, {"e.jsonl": None}),
    "it gives another id": (FIRST | SECOND, {"d.jsonl": record("教育", "2")}, FIRST),
    "it changes and gives the id": (FIRST | SECOND, {"d.jsonl": record("不同", "2") + record("教育。")}),
    "it is emptied": (FIRST | SECOND, {"d.jsonl": ""}),
    "its record breaks and is mended": (FIRST | SECOND, BROKEN, FIRST),
    "its record is broken from the start": (SECOND, BROKEN, {"d.jsonl": None}),
    "a broken one and one before it": (BROKEN | SECOND, {"c.jsonl": record("低空")}, {"c.jsonl": None}),
    "of three the first goes": (FIRST | SECOND | {"c.jsonl": record("低空")}, {"c.jsonl": None}),
    "of three the second goes": (FIRST | SECOND | {"c.jsonl": record("低空")}, {"d.jsonl": None}),
    "of three the first comes last": (FIRST | SECOND, {"c.jsonl": record("低空")}, {"c.jsonl": None}),
    "of three the second comes last": ({"c.jsonl": record("低空")} | SECOND, FIRST, {"c.jsonl": None}),
    "it is renamed behind": (FIRST | SECOND, {"d.jsonl": None, "f.jsonl": record("教育")}),
    "they are exchanged": (FIRST | SECOND, {"d.jsonl": record("经济"), "e.jsonl": record("教育")}),
    "each has one of the other": (
        {"d.jsonl": record("甲", "1") + record("乙", "2"), "f.jsonl": record("丙", "3") + record("丁", "4")},
        {"e.jsonl": record("戊", "2") + record("己", "3")},
        {"d.jsonl": record("甲", "1")},
        {"f.jsonl": None},
    ),
    "twice in one seed": (SECOND, {"d.jsonl": record("教育") * 2}, {"d.jsonl": record("教育", "2") * 2}),
    "in all that the last seed has": (SECOND, {"d.jsonl": record("教育")}, {"e.jsonl": record("经济。")}),
}


@pytest.mark.parametrize("steps", CASES.values(), ids=CASES)
def test_an_index_brought_up_to_date_is_that_of_a_full_build(
    make_seeds: MakeSeeds, tmp_path: Path, steps: tuple[Step, ...]
) -> None:
    seeds = make_seeds(STAYS)
    for step in steps:
        apply(step, seeds)
        build_index(seeds, tmp_path / "index")
        build_index(seeds, tmp_path / "full", full=True)
        assert contents(tmp_path / "index") == contents(tmp_path / "full")


def test_the_first_seed_in_path_order_has_the_id_and_the_other_is_named(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds, index = make_seeds(STAYS), tmp_path / "index"
    apply({"e.jsonl": record("低空", "2") + record("经济")}, seeds)
    build_index(seeds, index)
    apply(FIRST, seeds)
    report = build_index(seeds, index)
    assert report.changes.added == ("d.jsonl",)
    assert not report.changes.changed
    assert texts(index) == {"d.jsonl": ["教育"], "e.jsonl": ["低空"]}
    assert faults(index) == [f"e.jsonl, line 2: {taken_by('d.jsonl')}"]
    apply({"d.jsonl": None}, seeds)
    build_index(seeds, index)
    assert texts(index) == {"e.jsonl": ["低空", "经济"]}
    assert faults(index) == []


def test_a_record_that_is_not_one_keeps_its_id_until_it_is_gone(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds, index = make_seeds(STAYS), tmp_path / "index"
    apply(BROKEN, seeds)
    build_index(seeds, index)
    apply(SECOND, seeds)
    build_index(seeds, index)
    assert texts(index) == {}
    assert faults(index)[1] == f"e.jsonl, line 1: {taken_by('d.jsonl')}"
    apply({"d.jsonl": record("教育", "2")}, seeds)
    build_index(seeds, index)
    assert texts(index) == {"d.jsonl": ["教育"], "e.jsonl": ["经济"]}


def spoil(path: Path) -> None:
    """Make a seed unreadable by a broken link: rights do not bind root."""
    path.unlink()
    path.symlink_to(path.parent / "nowhere")


def test_a_seed_that_cannot_be_read_any_more_keeps_its_ids(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds, index = make_seeds(STAYS), tmp_path / "index"
    apply(FIRST | SECOND, seeds)
    build_index(seeds, index)
    spoil(seeds / "d.jsonl")
    apply({"e.jsonl": record("经济。")}, seeds)
    build_index(seeds, index)
    assert texts(index) == {"d.jsonl": ["教育"]}
    assert faults(index)[1] == f"e.jsonl, line 1: {taken_by('d.jsonl')}"
    apply({"d.jsonl": None}, seeds)
    build_index(seeds, index)
    assert texts(index) == {"e.jsonl": ["经济。"]}


@pytest.mark.parametrize("together", [True, False])
def test_a_seed_that_cannot_be_read_any_more_keeps_its_ids_from_one_before_it(
    make_seeds: MakeSeeds, tmp_path: Path, *, together: bool
) -> None:
    seeds, index = make_seeds(STAYS), tmp_path / "index"
    apply(SECOND, seeds)
    build_index(seeds, index)
    spoil(seeds / "e.jsonl")
    if not together:
        build_index(seeds, index)
    apply(FIRST, seeds)
    build_index(seeds, index)
    assert texts(index) == {"e.jsonl": ["经济"]}
    assert faults(index)[0] == f"d.jsonl, line 1: {taken_by('e.jsonl')}"
    (seeds / "e.jsonl").unlink()
    apply(SECOND, seeds)
    build_index(seeds, index)
    assert texts(index) == {"d.jsonl": ["教育"]}
    assert faults(index) == [f"e.jsonl, line 1: {taken_by('d.jsonl')}"]


def test_a_seed_that_breaks_off_behind_ids_of_others_keeps_nothing(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds, index = make_seeds(STAYS), tmp_path / "index"
    apply(SECOND, seeds)
    build_index(seeds, index)
    apply(FIRST, seeds)
    (seeds / "e.jsonl").write_bytes(record("经济").encode("utf-16") + b"\0")
    build_index(seeds, index)
    build_index(seeds, tmp_path / "full", full=True)
    assert contents(index) == contents(tmp_path / "full")
    assert texts(index) == {"d.jsonl": ["教育"]}


@pytest.mark.slow
def test_large_seeds_share_ids_as_small_ones_do(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds, index = make_seeds(STAYS), tmp_path / "index"
    shared = [record(f"甲{number}", str(number), unknown=" " * 60_000) for number in range(80)]
    apply({"e.jsonl": "".join(shared)}, seeds)
    assert (seeds / "e.jsonl").stat().st_size > 2 * (2 << 20)  # more than two tasks, for several processes
    build_index(seeds, index)
    apply({"d.jsonl": "".join(line.replace("甲", "乙") for line in shared[::2])}, seeds)
    build_index(seeds, index)
    build_index(seeds, tmp_path / "full", full=True)
    assert contents(index) == contents(tmp_path / "full")
    assert {name: len(each) for name, each in texts(index).items()} == {"d.jsonl": 40, "e.jsonl": 40}


def test_what_is_read_again_for_its_ids_counts_as_progress(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds, index = make_seeds(STAYS), tmp_path / "index"
    own = record("低空", "2")
    apply({"e.jsonl": record("经济") + own}, seeds)
    build_index(seeds, index)
    apply(FIRST, seeds)
    steps: list[tuple[str, int, int, str]] = []
    build_index(seeds, index, progress=lambda *step: steps.append(step))
    steps = [step for step in steps if step[0] == "reading"]
    assert sum(size for _, size, *_ in steps) == len((FIRST["d.jsonl"] + own).encode("utf-8"))
    assert steps[-1][2] == sum((seeds / name).stat().st_size for name in ("d.jsonl", "e.jsonl"))
