"""Numbers of which most fit into a few bits: these lie packed, and the higher bits of the others apart.

Of p numbers with w bits each, of which g are larger, a file holds (u4 is an unsigned number of four bytes):

    array           type  entries       what it holds
    <name>          u2    p             the lower bits, where w is 16
    <name>          u1    p / 2, up     the lower bits, where w is 4: those of two numbers in a byte, of
                                        the first of them in its lower half
    <name>_high     u4    g             the higher bits of the larger ones
    <name>_high_at  u8    g             and where they belong
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from indexer.store.arrays import Array, ArrayFile, ArrayWriter
from indexer.store.bounded_cache import BoundedCache

__all__ = ["PackedNumbers", "PackedNumbersWriter"]

_HALF_BYTE = 4


class PackedNumbers:
    """Packed numbers in a file. Every method raises `DamageError` when they are not what was written."""

    def __init__(self, file: ArrayFile, name: str, bits: int) -> None:
        """View the arrays of `name`, whose lower bits are `bits`: 4 or 16."""
        self._bits = bits
        self._low = file.lazy(name)
        self._high = file.lazy(f"{name}_high")
        self._high_at = file.lazy(f"{name}_high_at")
        self._known: BoundedCache[tuple[int, int], tuple[int, int]] = BoundedCache()

    def read(self, start: int, end: int) -> Array:
        """Read the numbers `start` to `end - 1`, in a short dtype, or i8 where one does not fit."""
        first, last = self._known.get((start, end)) or self._check(start, end)
        numbers = self._low_bits(start, end)
        if first < last:
            at = self._high_at.array[first:last].astype("i8") - start
            high = self._high.array[first:last].astype("i8") << self._bits
            if numbers.dtype != "u1" or int(high.max()) > 0xFF:
                numbers = numbers.astype("i8")
            numbers[at] += high.astype(numbers.dtype)
        return numbers

    def _low_bits(self, start: int, end: int) -> Array:
        if self._bits != _HALF_BYTE:
            return self._low.array[start:end]
        packed = self._low.array[start >> 1 : (end + 1) >> 1]
        numbers = np.empty((len(packed), 2), "u1")
        np.bitwise_and(packed, 0xF, out=numbers[:, 0])
        np.right_shift(packed, 4, out=numbers[:, 1])
        return numbers.reshape(-1)[start & 1 : (start & 1) + end - start]

    def _check(self, start: int, end: int) -> tuple[int, int]:
        """Check the numbers `start` to `end - 1`, and find where their higher bits begin and end."""
        if self._bits == _HALF_BYTE:
            self._low.check(start >> 1, (end + 1) >> 1)
        else:
            self._low.check(start, end)
        first = bisect_left(self._high_at.numbers, start)
        last = bisect_left(self._high_at.numbers, end, first)
        # The bisections may have met damaged numbers, but with sound neighbours their results are right.
        self._high_at.check(max(0, first - 1), min(len(self._high_at), last + 1))
        self._high.check(first, last)
        return self._known.add((start, end), (first, last))


class PackedNumbersWriter:
    """Appends numbers to a file, packed; they may come in parts."""

    def __init__(self, writer: ArrayWriter, name: str, bits: int) -> None:
        """Prepare to append to the arrays of `name`, with `bits` lower bits: 4 or 16."""
        self._writer, self._name, self._bits = writer, name, bits
        self._written = 0
        self._half = np.empty(0, "u1")

    def append(self, numbers: Array) -> None:
        """Append numbers (any dtype, none negative). Raise `OSError` when the disk is full."""
        high = numbers >> self._bits
        at = np.flatnonzero(high)
        low = numbers & ((1 << self._bits) - 1)
        if self._bits == _HALF_BYTE:
            low = np.concatenate([self._half, low.astype("u1")])
            whole = len(low) & ~1
            low, self._half = low[0:whole:2] | low[1:whole:2] << 4, low[whole:]
        self._writer.append(self._name, low if self._bits == _HALF_BYTE else low.astype("u2"))
        self._writer.append(f"{self._name}_high", high[at].astype("u4"))
        self._writer.append(f"{self._name}_high_at", (at + self._written).astype("u8"))
        self._written += len(numbers)

    def close(self) -> None:
        """Append the last number where it has half a byte for itself."""
        if len(self._half):
            self._writer.append(self._name, self._half)
