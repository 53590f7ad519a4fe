"""Which segments stay and which are merged, and what is carried over."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import build_index
from indexer.store.generations import DICTIONARY_FILE, current_generation
from query import Index, open_index
from tests.conftest import MakeSeeds
from tests.indexer.talks import ONE, answers, record_lines


@pytest.mark.slow
def test_many_small_builds_leave_few_segments_and_the_ranking_of_one(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    for part in range(12):
        seeds = make_seeds({f"{part:02d}.jsonl": record_lines(300, 300 * part)})
        build_index(seeds, tmp_path / "index")
    make_seeds({"03.jsonl": record_lines(100, 90_000)})
    (seeds / "05.jsonl").unlink()
    build_index(seeds, tmp_path / "index")
    build_index(seeds, tmp_path / "full", full=True)
    assert answers(tmp_path / "index") == answers(tmp_path / "full")
    with open_index(tmp_path / "index") as index:
        assert len(index.searcher.segments) < 5


def segments(index: Index) -> list[tuple[str, int, int]]:
    """Return the name of each segment, its live paragraphs, and all that it holds."""
    return [(segment.name, segment.live_count, segment.size) for segment in index.searcher.segments]


def test_a_large_segment_stays_and_its_deleted_paragraphs_are_noted(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds = make_seeds({"a.jsonl": record_lines(1_200), "b.jsonl": record_lines(100, 2_000)})
    build_index(seeds, tmp_path / "index")
    make_seeds({"b.jsonl": record_lines(50, 3_000)})
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert segments(index) == [("segment-000001", 1_200, 1_300), ("segment-000002", 50, 50)]


def test_a_segment_that_is_mostly_deleted_is_merged(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.jsonl": record_lines(1_200), "b.jsonl": record_lines(1_300, 2_000)})
    build_index(seeds, tmp_path / "index")
    make_seeds({"b.jsonl": record_lines(50, 5_000)})
    build_index(seeds, tmp_path / "index", force=True)
    with open_index(tmp_path / "index") as index:
        assert segments(index) == [("segment-000002", 1_250, 1_250)]


def test_a_segment_without_a_live_paragraph_is_dropped(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.jsonl": record_lines(1_200)})
    build_index(seeds, tmp_path / "index")
    make_seeds({"a.jsonl": record_lines(60, 5_000)})
    build_index(seeds, tmp_path / "index", force=True)
    with open_index(tmp_path / "index") as index:
        assert segments(index) == [("segment-000002", 60, 60)]


def test_the_dictionary_is_carried_over_and_the_files_of_tasks_are_not(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds = make_seeds({"a.txt": ONE})
    build_index(seeds, tmp_path / "index")
    before = (current_generation(tmp_path / "index") / DICTIONARY_FILE).stat()
    make_seeds({"b.txt": ONE})
    build_index(seeds, tmp_path / "index")
    after = current_generation(tmp_path / "index")
    assert (after / DICTIONARY_FILE).stat().st_ino == before.st_ino
    assert not [*after.glob("0*.arrays")]
