"""Checksums: CRC-32 of the blocks of a mapped file, and SHA-256 of a whole file.

A block is checked when it is first read, and then never again: to check a whole index takes longer
than most searches, a block takes a microsecond.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from functools import partial
from mmap import mmap
from pathlib import Path
from typing import IO

import numpy as np

from indexer.errors import DamageError

__all__ = ["BLOCK_SHIFT", "DIGEST_DIGITS", "BlockChecksums", "checksum_blocks", "file_digest"]

BLOCK_SHIFT = 12
"""The bits by which an offset in a file is shifted to get its block: 4 KiB, a page of memory."""

DIGEST_DIGITS = 12
"""The digits of a digest that are shown to a user."""

_BLOCK_SIZE = 1 << BLOCK_SHIFT


def file_digest(path: Path) -> str:
    """Compute the SHA-256 of a file, in hexadecimal digits. Raise `OSError` when it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksum_blocks(file: IO[bytes]) -> bytes:
    """Compute the CRC-32 of each block of a file, from its start to its end so far, packed as `<u4`."""
    file.seek(0)
    return np.array([*map(zlib.crc32, iter(partial(file.read, _BLOCK_SIZE), b""))], "<u4").tobytes()


class BlockChecksums:
    """The checksums of the blocks of a mapped file, and which blocks were checked so far."""

    def __init__(self, name: str, data: mmap, size: int, sums: memoryview) -> None:
        """Prepare to check the first `size` bytes of `data` against `sums`, as `checksum_blocks` packs them.

        Raise `DamageError`, which names the file `name`, when the number of checksums is wrong.
        """
        self._name = name
        self._data = data
        self._size = size
        self._sums: Sequence[int] = sums.cast("I")
        self.checked = bytearray(-(-size // _BLOCK_SIZE))
        """One byte a block: 1 when it was checked, else 0."""
        if len(self._sums) != len(self.checked):
            raise DamageError(f"{name} is not whole")

    def check(self, start: int, end: int) -> None:
        """Check the bytes from `start` to `end`; raise `DamageError` when a block of them differs."""
        first, last = start >> BLOCK_SHIFT, (end + _BLOCK_SIZE - 1) >> BLOCK_SHIFT
        if self.checked.find(0, first, last) >= 0:
            self.check_blocks(first, last)

    def check_blocks(self, first: int, last: int) -> None:
        """Check the blocks `first` to `last - 1` that were not checked before; raise `DamageError`."""
        with memoryview(self._data) as data:
            for block in range(first, last):
                if self.checked[block]:
                    continue
                if not self._is_sound(data, block):
                    start, end = self._bounds(block)
                    raise DamageError(f"bytes {start} to {end} of {self._name} are not as they were written")
                self.checked[block] = 1

    def damaged_ranges(self) -> list[tuple[int, int]]:
        """Check all blocks, also those checked before, and return the byte ranges of those that differ."""
        with memoryview(self._data) as data:
            return [
                self._bounds(block) for block in range(len(self._sums)) if not self._is_sound(data, block)
            ]

    def _is_sound(self, data: memoryview, block: int) -> bool:
        start, end = self._bounds(block)
        return zlib.crc32(data[start:end]) == self._sums[block]

    def _bounds(self, block: int) -> tuple[int, int]:
        return block << BLOCK_SHIFT, min((block + 1) << BLOCK_SHIFT, self._size)
