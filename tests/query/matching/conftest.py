"""An index of two segments for tests of matching."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import build_index
from query import Index, open_index


@pytest.fixture(scope="session")
def segmented_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build 1,200 paragraphs 甲某…乙 and one 甲个乙, which 甲种乙 replaces later, in a segment of its own."""
    folder = tmp_path_factory.mktemp("segmented")
    seeds = folder / "seeds"
    seeds.mkdir()
    lines = "".join(f'{{"text": "甲某{number}乙"}}\n' for number in range(1_200))
    (seeds / "a.jsonl").write_text(lines, "utf-8")
    for text in ("甲个乙", "甲种乙"):
        (seeds / "b.jsonl").write_text(f'{{"text": "{text}"}}', "utf-8")
        build_index(seeds, folder / "index")
    return folder / "index"


@pytest.fixture
def segmented(segmented_index: Path) -> Iterator[Index]:
    """Open the index of two segments, with a paragraph deleted from the first."""
    with open_index(segmented_index) as index:
        assert [segment.deleted != () for segment in index.searcher.segments] == [True, False]
        yield index
