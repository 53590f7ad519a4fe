"""An index with words, for the tests of words, of their table and of what is said without any."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import build_index
from tests.conftest import MakeSeeds

PAGE = "甲处的标题\n\n鲁滨孙委员建议，加快發展低空经济，办好「一老一小驛站」。\n\n加快发展低空经济。\n"
OWN = "低空經濟\n无人机配送\n"


@pytest.fixture
def words_index(make_seeds: MakeSeeds, tmp_path: Path) -> Path:
    """Build an index with two words of the user's, one of them nowhere in the texts, and a learned one."""
    build_index(
        make_seeds({"b.txt": PAGE, "a.txt": "发展低空经济。\n", "words.txt": OWN}), tmp_path / "index"
    )
    return tmp_path / "index"
