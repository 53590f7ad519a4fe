"""Lists of strings as two arrays.

Of s strings, `<name>` holds their UTF-8 bytes one behind the other (u1), and `<name>_offsets` the s + 1
offsets at which each begins, and the last ends (u4).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from indexer.store.arrays import ArrayFile, ArrayWriter

__all__ = ["append_strings", "read_strings"]


def append_strings(writer: ArrayWriter, name: str, strings: Iterable[str]) -> None:
    """Append a list of strings to a file, once for each `name`."""
    encoded = [string.encode("utf-8") for string in strings]
    writer.append(name, b"".join(encoded))
    writer.append(f"{name}_offsets", np.cumsum([0, *map(len, encoded)], dtype="u4"))


def read_strings(file: ArrayFile, name: str) -> list[str]:
    """Read all strings that `append_strings` wrote. Raise `DamageError` when a byte of them differs."""
    data, offsets = bytes(file.raw(name)), file[f"{name}_offsets"].tolist()
    return [data[start:end].decode("utf-8") for start, end in pairwise(offsets)]
