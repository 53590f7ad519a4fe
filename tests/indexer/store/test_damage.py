"""A damaged index answers rightly or with one sentence, whatever bit is flipped, and never wrongly."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from indexer import IndexDamagedError, LianghuiError, build_index
from indexer.store.generations import current_generation
from query import Index, open_index
from tests.conftest import SEEDS, Command, flipped

FLIPS = 24
QUERIES = ("低空经济 人才", "专*新", "张 NEAR/5 委员", "张彦丽", "发言人：薛宁 -教育", "2月2?日")
FILES = (
    "current",
    "manifest.json",
    "segments.json",
    "values.arrays",
    "dictionary.arrays",
    "dictionary.trie",
    "learned.arrays",
    "learned.trie",
    "readings.arrays",
    "sounds.arrays",
    *("segment-000001.arrays",) * 6,
)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory, page_index: Path) -> Path:
    """Copy the index of the page, so that it can be damaged and repaired."""
    folder = tmp_path_factory.mktemp("damage")
    shutil.copytree(SEEDS, folder / "seeds")
    shutil.copytree(page_index, folder / "index")
    return folder / "index"


def path_of(index: Path, name: str) -> Path:
    return (index if name == "current" else current_generation(index)) / name


def answers(index: Index) -> list[Any]:
    """Collect the answers of an index to every kind of question."""
    return [
        [index.search(query, limit=50, sort="date", explain=True).to_dict() for query in QUERIES],
        [paragraph.id for paragraph in index.paragraphs()],
        index.values("speaker", "经济", by="topic", date="2025-02"),
        index.around("a22b72896fb3", 1),
        index.lexicon(),
        index.first("专精特新"),
        sorted(index.ids("发展")),
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_bit_is_reported_or_changes_no_answer(copied: Path, draw: random.Random, name: str) -> None:
    with open_index(copied) as index:
        expected = answers(index)
    path = path_of(copied, name)
    size = path.stat().st_size
    reported = 0
    for at in {*(draw.randrange(size) for _ in range(FLIPS)), 0, size - 1}:
        with flipped(path, at, draw.randrange(8)):
            try:
                with open_index(copied) as index:
                    assert answers(index) == expected
            except LianghuiError as error:
                reported += 1
                assert "lianghui index --full" in str(error)  # noqa: PT017 - either will do
    assert reported


@pytest.mark.parametrize("name", [*dict.fromkeys(FILES)])
@pytest.mark.parametrize("size", [0, 1, 1000])
def test_a_file_that_is_cut_off_or_gone_is_reported(copied: Path, name: str, size: int) -> None:
    path = path_of(copied, name)
    whole = path.read_bytes()
    for content in (whole[: min(size, len(whole) - 1)], None):
        path.unlink()
        if content is not None:
            path.write_bytes(content)
        try:
            with pytest.raises(LianghuiError, match="lianghui index"), open_index(copied) as index:
                answers(index)
        finally:
            path.write_bytes(whole)


def test_damage_met_in_the_middle_of_a_query_is_one_sentence(copied: Path, lianghui: Command) -> None:
    segment = path_of(copied, "segment-000001.arrays")
    with open_index(copied) as index:
        positions = index.searcher.segments[0].file.lazy("match.positions").array
        assert index.search("低空").total  # its pairs are still sound
    whole = segment.read_bytes()
    start = whole.index(positions.tobytes())
    segment.write_bytes(whole[:start] + bytes(positions.nbytes) + whole[start + positions.nbytes :])
    try:
        run = lianghui("search", "低空经济", "--index", copied)
    finally:
        segment.write_bytes(whole)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"lianghui: the index at {copied} is damaged (bytes ")
    assert "of segment-000001.arrays are not as they were written); rebuild it with: " in run.err
    assert run.err.count("\n") == 1


def test_a_build_does_not_carry_damage_over_into_the_next_generation(copied: Path) -> None:
    seeds = copied.parent / "seeds"
    segment = path_of(copied, "segment-000001.arrays")
    (seeds / "b.txt").write_text("标题\n\n王小明委员建议，加快发展。\n", "utf-8")
    with (
        flipped(segment, segment.stat().st_size // 3, 3),
        pytest.raises(IndexDamagedError, match=r"is damaged .* rebuild it with"),
    ):
        build_index(seeds, copied)
    (seeds / "b.txt").unlink()
    with open_index(copied) as index:
        assert answers(index)
