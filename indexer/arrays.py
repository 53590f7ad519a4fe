"""Named arrays in one file: written once, read through a memory map.

Layout: a magic line, the arrays one behind the other (each at a multiple of eight bytes), a JSON
table `{name: [dtype, count, offset, crc32]}`, and the length of that table in the last eight bytes.
"""

from __future__ import annotations

import json
import mmap
import shutil
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Array", "ArrayFile", "ArrayWriter", "fitting"]

Array = npt.NDArray[Any]
"""An array of any numbers."""

_MAGIC = b"lianghui arrays 1\n\0\0\0\0\0\0"
_ALIGNED = 8
_IN_MEMORY = 1 << 20  # bytes of one array before it goes to a file of its own
_COPIED = 1 << 20


def fitting(largest: int) -> np.dtype[Any]:
    """Return the smallest unsigned type that holds numbers up to `largest`."""
    return np.min_scalar_type(max(0, largest))


class ArrayWriter:
    """Collects arrays, each of which may come in parts, and writes them into one file."""

    def __init__(self, path: Path) -> None:
        """Prepare the file `path`; nothing is there until `close`."""
        self._path = path
        self._parts: dict[str, _Part] = {}

    def append(self, name: str, array: Array | bytes) -> None:
        """Add `array` to the end of what `name` has so far; its type stays that of the first part."""
        part = np.frombuffer(array, "u1") if isinstance(array, bytes) else array
        if name not in self._parts:
            self._parts[name] = _Part(part.dtype, self._path.parent)
        self._parts[name].append(part)

    def close(self) -> None:
        """Write the file."""
        table: dict[str, tuple[str, int, int, int]] = {}
        with self._path.open("wb") as file:
            file.write(_MAGIC)
            for name, part in self._parts.items():
                file.write(bytes(-file.tell() % _ALIGNED))
                table[name] = (part.dtype.str, part.count, file.tell(), part.crc)
                part.file.seek(0)
                shutil.copyfileobj(part.file, file, _COPIED)
            text = json.dumps(table).encode("ascii")
            file.write(text + len(text).to_bytes(_ALIGNED, "little"))
        self.discard()

    def discard(self) -> None:
        """Let go of what was collected."""
        for part in self._parts.values():
            part.file.close()


class _Part:
    """One array in the making."""

    def __init__(self, dtype: np.dtype[Any], folder: Path) -> None:
        self.dtype = dtype.newbyteorder("<")
        self.count = 0
        self.crc = 0
        self.file = SpooledTemporaryFile(_IN_MEMORY, dir=str(folder))  # noqa: SIM115 - closed by `discard`

    def append(self, array: Array) -> None:
        packed = np.ascontiguousarray(array, self.dtype).tobytes()
        self.count += len(array)
        self.crc = zlib.crc32(packed, self.crc)
        self.file.write(packed)


class ArrayFile:
    """The arrays of a file. They are views of its memory map: nothing is read before it is needed."""

    def __init__(self, path: Path) -> None:
        """Map the file. Raise `ValueError` when it is not whole."""
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._path = path
        self._table = self._read_table()
        self._views: dict[str, Array] = {}

    def __contains__(self, name: str) -> bool:
        """Tell whether there is an array of this name."""
        return name in self._table

    def __getitem__(self, name: str) -> Array:
        """Return an array, read only."""
        view = self._views.get(name)
        if view is None:
            dtype, count, offset, _ = self._table[name]
            view = self._views[name] = np.frombuffer(self._map, dtype, count, offset)
        return view

    def text(self, name: str) -> memoryview:
        """Return the bytes of an array as they lie in the file."""
        dtype, count, offset, _ = self._table[name]
        return memoryview(self._map)[offset : offset + count * np.dtype(dtype).itemsize]

    def numbers(self, name: str) -> Sequence[int]:
        """Return an array whose entries are looked up one by one: faster so than in numpy."""
        form: Any = np.dtype(self._table[name][0]).char
        return self.text(name).cast(form)

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
        """Yield the names of the arrays whose bytes are not those that were written."""
        for name, (_, _, _, crc) in self._table.items():
            if zlib.crc32(self.text(name)) != crc:
                yield name

    def _read_table(self) -> dict[str, tuple[str, int, int, int]]:
        size = len(self._map)
        length = int.from_bytes(self._map[-_ALIGNED:], "little")
        if self._map[: len(_MAGIC)] != _MAGIC or length > size - len(_MAGIC) - _ALIGNED:
            raise ValueError(f"{self._path.name} is not whole")
        table = json.loads(self._map[size - _ALIGNED - length : size - _ALIGNED])
        for name, (dtype, count, offset, _) in table.items():
            if offset < 0 or count < 0 or offset + count * np.dtype(dtype).itemsize > size:
                raise ValueError(f"{self._path.name} holds no whole {name}")
        return table  # type: ignore[no-any-return]
