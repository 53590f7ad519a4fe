"""Tries on disk, each with its checksum among the arrays of a file beside it.

marisa trusts what it maps, and a wrong byte can end the process: a trie is checked before it is mapped.
"""

from __future__ import annotations

import mmap
import zlib
from pathlib import Path

import marisa_trie
import numpy as np

from indexer.errors import DamageError
from indexer.store.arrays import ArrayFile, ArrayWriter, map_file

__all__ = ["map_trie", "write_trie"]

_CHECKSUM_ARRAY = "trie"


def write_trie(path: Path, trie: bytes, arrays: ArrayWriter) -> None:
    """Write a serialised trie, and append its CRC-32 to `arrays`. Raise `OSError` when that fails."""
    path.write_bytes(trie)
    arrays.append(_CHECKSUM_ARRAY, np.array([zlib.crc32(trie)], "u4"))


def map_trie(path: Path, arrays: ArrayFile) -> marisa_trie.Trie:
    """Map a trie from disk and check it.

    Raise `DamageError` when it is not the one whose checksum `arrays` holds, `OSError` when it cannot
    be read.
    """
    arrays.require([_CHECKSUM_ARRAY])
    data = map_file(path)
    if zlib.crc32(data) != int(arrays[_CHECKSUM_ARRAY][0]):
        raise DamageError(f"{path.name} is not as it was written")
    return _MappedTrie(data)


class _MappedTrie(marisa_trie.Trie):  # type: ignore[misc]
    """A trie in a memory map that was checked, and not in a file of the same name that came after it."""

    def __init__(self, data: mmap.mmap) -> None:
        super().__init__()
        self._data = data  # marisa keeps no reference to it
        self.map(data)
