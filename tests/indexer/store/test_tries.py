"""Tries on disk: mapped only when they are the ones that were written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import marisa_trie
import pytest

from indexer.errors import DamageError
from indexer.store.arrays import ArrayFile, ArrayWriter
from indexer.store.tries import map_trie, write_trie
from tests.conftest import flipped

WORDS = ["低空", "低空经济", "经济"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    writer = ArrayWriter(tmp_path / "x.arrays")
    write_trie(tmp_path / "x.trie", marisa_trie.Trie(WORDS).tobytes(), writer)
    writer.close()
    return tmp_path / "x.trie"


def test_a_mapped_trie_has_the_words_that_were_written(path: Path) -> None:
    assert sorted(map_trie(path, ArrayFile(path.with_suffix(".arrays")))) == sorted(WORDS)


def test_a_flipped_bit_is_noticed_before_the_trie_is_mapped(path: Path) -> None:
    arrays = ArrayFile(path.with_suffix(".arrays"))
    for at in range(0, path.stat().st_size, 100):
        with flipped(path, at, at % 8), pytest.raises(DamageError, match=r"x\.trie is not as it was written"):
            map_trie(path, arrays)


def test_a_trie_without_a_checksum_is_refused(path: Path, tmp_path: Path) -> None:
    ArrayWriter(tmp_path / "y.arrays").close()
    with pytest.raises(DamageError, match=r"there is no trie in y\.arrays"):
        map_trie(path, ArrayFile(tmp_path / "y.arrays"))


def test_a_trie_is_read_from_what_was_checked_although_its_file_goes_meanwhile(path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom indexer.store.arrays import ArrayFile\n"
        "from indexer.store.tries import map_trie\npath = Path(sys.argv[1])\n"
        "arrays = ArrayFile(path.with_suffix('.arrays'))\n"
        "sys.addaudithook(lambda event, _: event == 'mmap.__new__' and path.unlink(missing_ok=True))\n"
        "trie = map_trie(path, arrays)\nprint(path.exists(), *sorted(trie))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, path], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == f"False {' '.join(sorted(WORDS))}\n"
