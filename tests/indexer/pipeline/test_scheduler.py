"""What there is to read becomes tasks, for one process or several, with the same outcome."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer import build_index
from indexer.pipeline.owners import Owners
from indexer.pipeline.plan import plan_build
from indexer.pipeline.scheduler import Scheduler
from indexer.seeds.folder import find_files
from indexer.segments.reader import Segment
from query import open_index, verify
from tests.conftest import MakeSeeds
from tests.indexer.talks import ONE, TWO, answers, record_lines


def test_progress_adds_up_to_what_there_is_to_read(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE, "b.jsonl": json.dumps({"text": TWO})})
    steps: list[tuple[str, int, int, str]] = []
    build_index(seeds, tmp_path / "index", progress=lambda *step: steps.append(step))
    assert [*dict.fromkeys(phase for phase, *_ in steps)] == ["reading", "merging", "words"]
    for phase in ("reading", "merging", "words"):
        own = [step for step in steps if step[0] == phase]
        assert {total for _, _, total, _ in own} == {sum(done for _, done, *_ in own)}
    size = sum(path.stat().st_size for path in seeds.iterdir())
    assert sum(done for phase, done, *_ in steps if phase == "reading") == size


@pytest.mark.slow
def test_a_build_by_several_processes_is_that_of_one(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    for part in range(2):  # each is small enough for one process; with the blanks, both are not
        lines = record_lines(1_000, 1_000 * part).replace("\n", " " * 1_000 + "\n")
        seeds = make_seeds({f"{part}.jsonl": lines})
        build_index(seeds, tmp_path / "one")
    build_index(seeds, tmp_path / "several")
    assert sum(path.stat().st_size for path in seeds.iterdir()) > 2 << 20
    assert answers(tmp_path / "one") == answers(tmp_path / "several")
    with open_index(tmp_path / "several") as index:
        assert len(index.searcher.segments) == 1
        assert verify(index, probes=50).holds


def scheduled(seeds: Path, folder: Path) -> Scheduler:
    """Read all seeds into a folder, as the first build of an index would."""
    files = find_files(seeds).seeds
    folder.mkdir()
    plan = plan_build(
        seeds,
        folder,
        files,
        None,
        full=False,
        force=False,
        follow_links=False,
        progress=None,
    )
    scheduler = Scheduler(plan, [*files], folder, Owners(plan, lambda _: {}))
    scheduler.read()
    return scheduler


def test_small_seeds_share_a_task_and_each_has_its_report(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE, "b.jsonl": '{"text": "教育"}\n{\n', "c.txt": b"\0\1"})
    scheduler = scheduled(seeds, tmp_path / "generation")
    assert [path.name for path in scheduler.runs] == ["000000.arrays"]
    kinds = {source: dict(report.kinds) for source, report in scheduler.reports.items()}
    assert kinds == {"a.txt": {"headline": 1, "body": 1}, "b.jsonl": {"body": 1}, "c.txt": {}}
    assert [source for source, report in scheduler.reports.items() if report.is_unreadable] == ["c.txt"]
    assert [fault.line for fault in scheduler.reports["b.jsonl"].faults] == [2]


def test_a_large_seed_is_cut_into_tasks_whose_files_come_in_its_order(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    lines = record_lines(5).replace("\n", " " * 900_000 + "\n")  # two megabytes of them make a task
    scheduler = scheduled(make_seeds({"a.jsonl": lines}), tmp_path / "generation")
    assert [Segment(run).size for run in scheduler.runs] == [3, 2]
    assert scheduler.reports["a.jsonl"].kinds == {"body": 5}
