"""Lists of strings as two arrays: their bytes one behind the other, and where each ends."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from indexer.store.arrays import ArrayFile, ArrayWriter

__all__ = ["append_strings", "read_strings"]


def append_strings(writer: ArrayWriter, name: str, texts: Iterable[str]) -> None:
    """Write texts one behind the other, and where each ends."""
    packed = [text.encode("utf-8") for text in texts]
    writer.append(name, b"".join(packed))
    writer.append(f"{name}_ends", np.cumsum([0, *map(len, packed)], dtype="u4"))


def read_strings(file: ArrayFile, name: str) -> list[str]:
    """Return all the texts that `append_strings` wrote."""
    text, ends = bytes(file.text(name)), file[f"{name}_ends"].tolist()
    return [text[start:end].decode("utf-8") for start, end in pairwise(ends)]
