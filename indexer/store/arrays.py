"""Named arrays in one file: written once, read through a memory map.

Layout: a magic line, the arrays one behind the other (each at a multiple of eight bytes), the
checksums of all blocks up to there, a JSON table `{name: [dtype, count, offset]}`, and in the last
bytes how long checksums and table are, and the checksum of both.

No byte of an array is handed out before the checksum of its block was found right.
"""

from __future__ import annotations

import json
import mmap
import os
import shutil
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.errors import DamageError
from indexer.store.checksums import SHIFT, BlockChecksums, block_checksums

__all__ = ["SUFFIX", "Array", "ArrayFile", "ArrayWriter", "CheckedArray", "mapped", "smallest_unsigned"]

Array = npt.NDArray[Any]
"""An array of any numbers."""

SUFFIX = ".arrays"
"""How the files end."""

_MAGIC = b"lianghui arrays 2\n\0\0\0\0\0\0"
_ALIGNED = 8
_IN_MEMORY = 1 << 20  # bytes of one array before it goes to a file of its own
_COPIED = 1 << 20
_ENDING = struct.Struct("<QQI")  # bytes of the checksums and of the table, and the checksum of all that


def smallest_unsigned(largest: int) -> np.dtype[Any]:
    """Return the smallest unsigned type that holds numbers up to `largest`."""
    return np.min_scalar_type(max(0, largest))


class ArrayWriter:
    """Collects arrays, each of which may come in parts, and writes them into one file."""

    def __init__(self, path: Path) -> None:
        """Prepare the file `path`; nothing is there until `close`."""
        self._path = path
        self._parts: dict[str, _GrowingArray] = {}

    def append(self, name: str, array: Array | bytes) -> None:
        """Add `array` to the end of what `name` has so far; its type stays that of the first part."""
        part = np.frombuffer(array, "u1") if isinstance(array, bytes) else array
        if name not in self._parts:
            self._parts[name] = _GrowingArray(part.dtype, self._path.parent)
        self._parts[name].append(part)

    def close(self) -> None:
        """Write the file."""
        table: dict[str, tuple[str, int, int]] = {}
        with self._path.open("w+b") as file:
            file.write(_MAGIC)
            for name, part in self._parts.items():
                file.write(bytes(-file.tell() % _ALIGNED))
                table[name] = (part.dtype.str, part.count, file.tell())
                part.file.seek(0)
                shutil.copyfileobj(part.file, file, _COPIED)
            sums, text = block_checksums(file), json.dumps(table).encode("ascii")
            lengths = struct.pack("<QQ", len(sums), len(text))
            file.write(sums + text + lengths + struct.pack("<I", zlib.crc32(sums + text + lengths)))
        self.discard()

    def discard(self) -> None:
        """Let go of what was collected."""
        for part in self._parts.values():
            part.file.close()


class _GrowingArray:
    """One array in the making."""

    def __init__(self, dtype: np.dtype[Any], folder: Path) -> None:
        self.dtype = dtype.newbyteorder("<")
        self.count = 0
        self.file = SpooledTemporaryFile(_IN_MEMORY, dir=str(folder))  # noqa: SIM115 - closed by `discard`

    def append(self, array: Array) -> None:
        packed = np.ascontiguousarray(array, self.dtype).tobytes()
        self.count += len(array)
        self.file.write(packed)


class CheckedArray:
    """An array that is too large to be checked as a whole before some of it is read."""

    __slots__ = ("_blocks", "_offset", "_seen", "_size", "array", "numbers")

    def __init__(
        self, data: mmap.mmap, dtype: np.dtype[Any], count: int, offset: int, blocks: BlockChecksums
    ) -> None:
        """Look into a mapped file."""
        self._blocks = blocks
        self._seen = blocks.seen
        self._offset = offset
        self._size = dtype.itemsize
        form: Any = dtype.char
        self.array: Array = np.frombuffer(data, dtype, count, offset)
        self.numbers: Sequence[int] = memoryview(data)[offset : offset + count * dtype.itemsize].cast(form)
        """The same: numbers are looked up one by one faster so than in numpy."""

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self.array)

    def check(self, start: int, end: int) -> None:
        """Raise `DamageError` when the entries from `start` to `end` are not those that were written."""
        # `Blocks.check`, written out: a query checks a hundred times, and hardly ever anything is new.
        first = (self._offset + start * self._size) >> SHIFT
        last = ((self._offset + end * self._size - 1) >> SHIFT) + 1
        if self._seen.find(0, first, last) >= 0:
            self._blocks.read(first, last)

    def between(self, start: int, end: int) -> Array:
        """Return the entries from `start` to `end`."""
        self.check(start, end)
        return self.array[start:end]

    def whole(self) -> Array:
        """Return all entries."""
        self.check(0, len(self.array))
        return self.array


def mapped(path: Path) -> mmap.mmap:
    """Map a file for reading. Raise `DamageError` when it is empty: no file of an index is."""
    with path.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:
            raise DamageError(f"{path.name} is not whole")
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


class ArrayFile:
    """The arrays of a file. They are views of its memory map: nothing is read before it is needed."""

    def __init__(self, path: Path) -> None:
        """Map the file. Raise `DamageError` when it is not whole."""
        self._name = path.name
        self._map = mapped(path)
        self._table, self._blocks = self._read_ending()
        self._views: dict[str, Array] = {}

    def __contains__(self, name: str) -> bool:
        """Tell whether there is an array of this name."""
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
        """Return an array, read only."""
        view = self._views.get(name)
        if view is None:
            view = self._views[name] = self.part(name).whole()
        return view

    def part(self, name: str) -> CheckedArray:
        """Return an array of which not all will be read."""
        dtype, count, offset = self._table[name]
        return CheckedArray(self._map, dtype, count, offset, self._blocks)

    def count(self, name: str) -> int:
        """Return the number of entries of an array."""
        return self._table[name][1]

    def text(self, name: str) -> memoryview:
        """Return the bytes of an array as they lie in the file."""
        dtype, count, offset = self._table[name]
        end = offset + count * dtype.itemsize
        self._blocks.check(offset, end)
        return memoryview(self._map)[offset:end]

    def numbers(self, name: str) -> Sequence[int]:
        """Return an array whose entries are looked up one by one: faster so than in numpy."""
        part = self.part(name)
        part.whole()
        return part.numbers

    def release(self) -> None:
        """Give back the memory of what was read; it comes back from the file when it is read again."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Let go of the file; what still looks at its arrays keeps it mapped until it is gone, too."""
        self._views.clear()
        with suppress(BufferError):
            self._map.close()

    def damaged(self) -> Iterator[str]:
        """Yield the names of the arrays with bytes that are not those that were written."""
        wrong = self._blocks.damaged_ranges()
        for name, (dtype, count, offset) in self._table.items():
            if any(start < offset + count * dtype.itemsize and offset < end for start, end in wrong):
                yield name

    def _read_ending(self) -> tuple[dict[str, tuple[np.dtype[Any], int, int]], BlockChecksums]:
        """Return the table, and the checksums of all that is before them."""
        at = len(self._map) - _ENDING.size
        if at < len(_MAGIC) or self._map[: len(_MAGIC)] != _MAGIC:
            raise DamageError(f"{self._name} is not whole")
        sums, table, checksum = _ENDING.unpack_from(self._map, at)
        start = at - table - sums
        if start < len(_MAGIC) or sums % 4 or zlib.crc32(self._map[start:-4]) != checksum:
            raise DamageError(f"{self._name} is not whole")
        blocks = BlockChecksums(self._name, self._map, start, memoryview(self._map[start : start + sums]))
        try:
            entries = [*_entries(json.loads(self._map[start + sums : at]), start)]
        except (TypeError, ValueError, RecursionError):
            raise DamageError(f"the table of {self._name} is not of the form") from None
        return dict(entries), blocks


def _entries(table: Any, end: int) -> Iterator[tuple[str, tuple[np.dtype[Any], int, int]]]:
    """Yield the entries of a table; all arrays are numbers and lie before `end`."""
    for name, (form, count, offset) in dict(table).items():
        dtype = np.dtype(form)
        if dtype.kind not in "ui" or min(count, offset) < 0 or offset + count * dtype.itemsize > end:
            raise ValueError(name)
        yield name, (dtype, count, offset)
