"""Checksums of the blocks of a file: each is checked when it is first read, and then never again.

To check a whole index takes longer than most searches; a block takes a microsecond.
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

__all__ = ["DIGEST_DIGITS", "SHIFT", "BlockChecksums", "block_checksums", "digest"]

SHIFT = 12
"""How far a place in a file is shifted to be the number of its block: what the system reads at once."""

_BLOCK = 1 << SHIFT


def block_checksums(file: IO[bytes]) -> bytes:
    """Return the checksums of a file, from its start to its end so far."""
    file.seek(0)
    return np.array([*map(zlib.crc32, iter(partial(file.read, _BLOCK), b""))], "<u4").tobytes()


class BlockChecksums:
    """The blocks of a mapped file up to `size`, and which of them were checked."""

    def __init__(self, name: str, data: mmap, size: int, sums: memoryview) -> None:
        """Take the file and what its blocks sum up to; raise `DamageError` for another number of blocks."""
        self._name = name
        self._data = data
        self._size = size
        self._sums: Sequence[int] = sums.cast("I")
        self.seen = bytearray(-(-size // _BLOCK))
        """Is 1 for each block that was checked."""
        if len(self._sums) != len(self.seen):
            raise DamageError(f"{name} is not whole")

    def check(self, start: int, end: int) -> None:
        """Raise `DamageError` when the bytes from `start` to `end` are not those that were written."""
        first, last = start >> SHIFT, (end + _BLOCK - 1) >> SHIFT
        if self.seen.find(0, first, last) >= 0:
            self.read(first, last)

    def damaged_ranges(self) -> list[tuple[int, int]]:
        """Return where the blocks lie that are not as they were written, whatever was checked before."""
        with memoryview(self._data) as data:
            return [self._place(at) for at in range(len(self._sums)) if not self._is_right(data, at)]

    def read(self, first: int, last: int) -> None:
        """Check the blocks from `first` to `last` that were not checked before."""
        with memoryview(self._data) as data:
            for block in range(first, last):
                if not self.seen[block]:
                    if not self._is_right(data, block):
                        start, end = self._place(block)
                        raise DamageError(
                            f"bytes {start} to {end} of {self._name} are not as they were written"
                        )
                    self.seen[block] = 1

    def _is_right(self, data: memoryview, block: int) -> bool:
        start = block << SHIFT
        return zlib.crc32(data[start : min(start + _BLOCK, self._size)]) == self._sums[block]

    def _place(self, block: int) -> tuple[int, int]:
        return block << SHIFT, min((block + 1) << SHIFT, self._size)


DIGEST_DIGITS = 12
"""Digits of a digest that a reader is shown."""


_READ_AT_ONCE = 1 << 20


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal digits."""
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_READ_AT_ONCE):
            hashed.update(block)
    return hashed.hexdigest()
