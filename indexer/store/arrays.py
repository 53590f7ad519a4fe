"""Named arrays in one file: written once, read through a memory map.

Layout of a file: a magic line; the arrays one behind the other, each at a multiple of eight bytes; the
CRC-32 of each block of all that; a JSON table `{name: [dtype, count, offset]}`; and at the end the
lengths of checksums and table, and the CRC-32 of these last parts.

All arrays hold whole numbers, little-endian. No byte of one is handed out before the checksum of its
block was found right.
"""

from __future__ import annotations

import io
import json
import mmap
import os
import shutil
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from indexer.errors import DamageError
from indexer.store.checksums import BLOCK_SHIFT, BlockChecksums, checksum_blocks

__all__ = [
    "ARRAYS_SUFFIX",
    "Array",
    "ArrayFile",
    "ArrayWriter",
    "CheckedArray",
    "map_file",
    "smallest_unsigned_dtype",
]

Array = npt.NDArray[Any]
"""A numpy array of numbers of any dtype."""

ARRAYS_SUFFIX = ".arrays"
"""The end of the names of these files."""

_MAGIC = b"lianghui arrays 2\n\0\0\0\0\0\0"
_ALIGNMENT = 8
_ENDING = struct.Struct("<QQI")  # bytes of the checksums, bytes of the table, and the CRC-32 of all that
_MEMORY_BYTES = 1 << 20  # of one array, before it is collected in a temporary file
_COPIED_BYTES = 1 << 20  # at once


def smallest_unsigned_dtype(largest: int) -> np.dtype[Any]:
    """Return the smallest unsigned dtype that holds all numbers up to `largest`."""
    return np.min_scalar_type(max(0, largest))


def map_file(path: Path) -> mmap.mmap:
    """Map a file for reading.

    Raise `DamageError` when it is empty, as no file of an index is, and `OSError` when it cannot be read.
    """
    with path.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:
            raise DamageError(f"{path.name} is not whole")
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


class ArrayWriter:
    """Collects arrays, each of which may come in parts, and writes them into one file."""

    def __init__(self, path: Path) -> None:
        """Prepare to write the file `path`, which `close` makes."""
        self._path = path
        self._parts: dict[str, _GrowingArray] = {}

    def append(self, name: str, array: Array | bytes) -> None:
        """Append numbers to the array `name`, whose dtype is that of its first part; bytes are u1.

        Raise `OSError` when the disk is full.
        """
        part = np.frombuffer(array, "u1") if isinstance(array, bytes) else array
        if name not in self._parts:
            self._parts[name] = _GrowingArray(part.dtype, self._path.parent)
        self._parts[name].append(part)

    def close(self) -> None:
        """Write the file. Raise `OSError` when that fails."""
        table: dict[str, tuple[str, int, int]] = {}
        with self._path.open("w+b") as file:
            file.write(_MAGIC)
            for name, part in self._parts.items():
                file.write(bytes(-file.tell() % _ALIGNMENT))
                table[name] = (part.dtype.str, part.count, file.tell())
                part.file.seek(0)
                shutil.copyfileobj(part.file, file, _COPIED_BYTES)
            sums, text = checksum_blocks(file), json.dumps(table).encode("ascii")
            lengths = struct.pack("<QQ", len(sums), len(text))
            file.write(sums + text + lengths + struct.pack("<I", zlib.crc32(sums + text + lengths)))
        self.discard()

    def discard(self) -> None:
        """Release what was collected, without writing it."""
        for part in self._parts.values():
            part.file.close()


class _GrowingArray:
    """One array as its parts are appended, in memory or in a temporary file.

    Not `SpooledTemporaryFile`, whose destructor complains on stderr where Ctrl-C cut its constructor short.
    """

    def __init__(self, dtype: np.dtype[Any], folder: Path) -> None:
        self.dtype = dtype.newbyteorder("<")
        self.count = 0
        self.file: IO[bytes] = io.BytesIO()
        self._folder = folder

    def append(self, array: Array) -> None:
        packed = np.ascontiguousarray(array, self.dtype).tobytes()
        self.count += len(array)
        self.file.write(packed)
        if isinstance(self.file, io.BytesIO) and self.file.tell() > _MEMORY_BYTES:
            collected, self.file = self.file, TemporaryFile(dir=self._folder)  # noqa: SIM115 - `discard` closes it
            self.file.write(collected.getbuffer())


class ArrayFile:
    """The arrays of a file, as views of its memory map: nothing is read before it is needed.

    Every method that hands out numbers raises `DamageError` when they are not those that were written,
    and `KeyError` where there is no array of the name.
    """

    def __init__(self, path: Path) -> None:
        """Map the file. Raise `DamageError` when it is not whole, `OSError` when it cannot be read."""
        self._name = path.name
        self._map = map_file(path)
        self._table, self._blocks = self._read_ending()
        self._views: dict[str, Array] = {}

    def __contains__(self, name: str) -> bool:
        """Check whether the file has an array of this name."""
        return name in self._table

    def __len__(self) -> int:
        """Return the number of arrays."""
        return len(self._table)

    def require(self, names: Iterable[str]) -> None:
        """Raise `DamageError` when one of these arrays is missing."""
        for name in names:
            if name not in self._table:
                raise DamageError(f"there is no {name} in {self._name}")

    def __getitem__(self, name: str) -> Array:
        """Check and return a whole array, read-only."""
        view = self._views.get(name)
        if view is None:
            view = self._views[name] = self.lazy(name).read_all()
        return view

    def lazy(self, name: str) -> CheckedArray:
        """Return an array that is checked part by part, as it is read."""
        dtype, count, offset = self._table[name]
        return CheckedArray(self._map, dtype, count, offset, self._blocks)

    def count(self, name: str) -> int:
        """Return the number of entries of an array."""
        return self._table[name][1]

    def raw(self, name: str) -> memoryview:
        """Check and return the bytes of a whole array."""
        dtype, count, offset = self._table[name]
        end = offset + count * dtype.itemsize
        self._blocks.check(offset, end)
        return memoryview(self._map)[offset:end]

    def numbers(self, name: str) -> Sequence[int]:
        """Check and return a whole array as Python's integers: to look up one is faster than in numpy."""
        array = self.lazy(name)
        array.read_all()
        return array.numbers

    def release(self) -> None:
        """Release the memory of what was read; the system reads it again from the file when needed."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Unmap the file, or leave that to the last view of its arrays where there still is one."""
        self._views.clear()
        with suppress(BufferError):
            self._map.close()

    def damaged_arrays(self) -> Iterator[str]:
        """Check the whole file, and yield the names of the arrays with bytes that differ."""
        damaged = self._blocks.damaged_ranges()
        for name, (dtype, count, offset) in self._table.items():
            if any(start < offset + count * dtype.itemsize and offset < end for start, end in damaged):
                yield name

    def _read_ending(self) -> tuple[dict[str, tuple[np.dtype[Any], int, int]], BlockChecksums]:
        """Read the table, and the checksums of all that is before them."""
        at = len(self._map) - _ENDING.size
        if at < len(_MAGIC) or self._map[: len(_MAGIC)] != _MAGIC:
            raise DamageError(f"{self._name} is not whole")
        sums, table, checksum = _ENDING.unpack_from(self._map, at)
        start = at - table - sums
        if start < len(_MAGIC) or sums % 4 or zlib.crc32(self._map[start:-4]) != checksum:
            raise DamageError(f"{self._name} is not whole")
        blocks = BlockChecksums(self._name, self._map, start, memoryview(self._map[start : start + sums]))
        try:
            entries = [*_parse_table(json.loads(self._map[start + sums : at]), start)]
        except (TypeError, ValueError, RecursionError):
            raise DamageError(f"the table of {self._name} is not of the form") from None
        return dict(entries), blocks


def _parse_table(table: Any, end: int) -> Iterator[tuple[str, tuple[np.dtype[Any], int, int]]]:
    """Yield name, dtype, count and offset of each array; raise `ValueError` for one not before `end`."""
    for name, (form, count, offset) in dict(table).items():
        dtype = np.dtype(form)
        if dtype.kind not in "ui" or min(count, offset) < 0 or offset + count * dtype.itemsize > end:
            raise ValueError(name)
        yield name, (dtype, count, offset)


class CheckedArray:
    """An array of a mapped file that is checked part by part, as it is read.

    `array` and `numbers` are all of it, unchecked: call `check` before you read from them.
    """

    __slots__ = ("_blocks", "_checked", "_offset", "_size", "array", "numbers")

    def __init__(
        self, data: mmap.mmap, dtype: np.dtype[Any], count: int, offset: int, blocks: BlockChecksums
    ) -> None:
        """View `count` entries from the byte `offset` of a mapped file on."""
        self._blocks = blocks
        self._checked = blocks.checked
        self._offset = offset
        self._size = dtype.itemsize
        form: Any = dtype.char
        self.array: Array = np.frombuffer(data, dtype, count, offset)
        self.numbers: Sequence[int] = memoryview(data)[offset : offset + count * dtype.itemsize].cast(form)
        """The same as Python's integers: to look up one is faster than in numpy."""

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self.array)

    def check(self, start: int, end: int) -> None:
        """Raise `DamageError` when the entries `start` to `end - 1` are not those that were written."""
        # `BlockChecksums.check`, inlined: a query checks a hundred times, and hardly ever reads a new block.
        first = (self._offset + start * self._size) >> BLOCK_SHIFT
        last = ((self._offset + end * self._size - 1) >> BLOCK_SHIFT) + 1
        if self._checked.find(0, first, last) >= 0:
            self._blocks.check_blocks(first, last)

    def read(self, start: int, end: int) -> Array:
        """Check and return the entries `start` to `end - 1`, read-only. Raise `DamageError`."""
        self.check(start, end)
        return self.array[start:end]

    def read_all(self) -> Array:
        """Check and return all entries, read-only. Raise `DamageError`."""
        self.check(0, len(self.array))
        return self.array
