"""Checksums: each block is checked when it is first read, and a byte that differs is noticed."""

from __future__ import annotations

import mmap
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from indexer.errors import DamageError
from indexer.store.arrays import map_file
from indexer.store.checksums import BlockChecksums, checksum_blocks, file_digest
from tests.conftest import flipped

BLOCK = 4096
CONTENT = bytes(range(256)) * 33  # two blocks and 256 bytes

Open = Callable[[], BlockChecksums]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "x").write_bytes(CONTENT)
    return tmp_path / "x"


@pytest.fixture
def open_blocks(path: Path) -> Open:
    """Return a function that maps the file, with the checksums of what it holds now."""
    sums = checksum_blocks(BytesIO(CONTENT))

    def open_() -> BlockChecksums:
        data: mmap.mmap = map_file(path)
        return BlockChecksums("x", data, len(CONTENT), memoryview(sums))

    return open_


def test_a_checksum_is_the_crc_32_of_a_block() -> None:
    check_value = 0xCBF43926  # of CRC-32, by definition
    assert checksum_blocks(BytesIO(b"123456789")) == check_value.to_bytes(4, "little")
    assert checksum_blocks(BytesIO(b"")) == b""
    assert len(checksum_blocks(BytesIO(CONTENT))) == 3 * 4


def test_a_digest_is_the_sha_256_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")
    assert file_digest(tmp_path / "abc") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # the example of FIPS 180-2
    )


def test_a_sound_file_is_read_to_its_end(open_blocks: Open) -> None:
    blocks = open_blocks()
    blocks.check(0, len(CONTENT))
    assert blocks.damaged_ranges() == []


@pytest.mark.parametrize(
    ("at", "start", "end"),
    [(0, 0, 4096), (4095, 0, 4096), (4096, 4096, 8192), (8192, 8192, 8448), (8447, 8192, 8448)],
)
def test_a_flipped_bit_is_noticed_where_its_block_is_read(
    path: Path, open_blocks: Open, at: int, start: int, end: int
) -> None:
    with flipped(path, at, 5):
        blocks = open_blocks()
        for other in {0, BLOCK, 2 * BLOCK} - {start}:
            blocks.check(other, other + 1)
        with pytest.raises(DamageError, match=f"bytes {start} to {end} of x are not as they were written"):
            blocks.check(start, start + 1)
        assert blocks.damaged_ranges() == [(start, end)]


def test_a_block_is_checked_once(path: Path, open_blocks: Open) -> None:
    blocks = open_blocks()
    blocks.check(0, 1)
    with flipped(path, 100, 0):
        blocks.check(0, BLOCK)
        assert blocks.damaged_ranges() == [(0, BLOCK)]  # which checks them all again


def test_no_bytes_need_no_check(path: Path, open_blocks: Open) -> None:
    with flipped(path, 0, 0):
        open_blocks().check(0, 0)


@pytest.mark.parametrize("count", [0, 2, 4])
def test_another_number_of_checksums_is_refused(path: Path, count: int) -> None:
    with pytest.raises(DamageError, match="x is not whole"):
        BlockChecksums("x", map_file(path), len(CONTENT), memoryview(bytes(4 * count)))
