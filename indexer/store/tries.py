"""Tries on disk. What marisa maps it trusts, and a wrong byte can end the process: checked before."""

from __future__ import annotations

import zlib
from pathlib import Path

import marisa_trie
import numpy as np

from indexer.errors import DamageError
from indexer.store.arrays import ArrayFile, ArrayWriter, mapped

__all__ = ["mapped_trie", "write_trie"]

_CHECKSUM = "trie"


def write_trie(path: Path, trie: bytes, beside: ArrayWriter) -> None:
    """Write a trie, and its checksum among the arrays that lie beside it."""
    path.write_bytes(trie)
    beside.append(_CHECKSUM, np.array([zlib.crc32(trie)], "u4"))


def mapped_trie(path: Path, beside: ArrayFile) -> marisa_trie.Trie:
    """Map a trie; raise `DamageError` when it is not the one that was written."""
    beside.require([_CHECKSUM])
    with mapped(path) as data:
        if zlib.crc32(data) != int(beside[_CHECKSUM][0]):
            raise DamageError(f"{path.name} is not as it was written")
    trie = marisa_trie.Trie()
    trie.mmap(str(path))
    return trie
