"""Lists of the user's beside the seeds: one entry a line, `#` begins a remark."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import SeedError
from indexer.seeds import read_list

__all__ = ["Lines", "read_lines"]

_REMARK = re.compile(r"(?:^|\s)#.*")  # C# is no remark


@dataclass(frozen=True, slots=True)
class Lines:
    """The entries of a list with the numbers of their lines, counted from 1, and a digest of the file."""

    entries: tuple[tuple[int, str], ...] = ()
    digest: str = ""


def read_lines(seeds: Path, name: str) -> Lines:
    """Return the entries of a list beside the seeds, none where there is no such file.

    Raise `SeedError` with the place and a remedy when it cannot be read.
    """
    data = read_list(seeds, name)
    if data is None:
        return Lines()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SeedError(f"{seeds / name}, line {line}: it is not UTF-8; save the file as UTF-8") from error
    said = ((number, _REMARK.sub("", line).strip()) for number, line in enumerate(text.split("\n"), start=1))
    entries = tuple((number, entry) for number, entry in said if entry)
    return Lines(entries, hashlib.sha256(data).hexdigest())
