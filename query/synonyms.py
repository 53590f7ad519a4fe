"""The user's synonyms: `synonyms.txt` beside the seeds, one group of texts that mean the same a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import SeedError
from indexer.folding import fold, holds_word
from indexer.lists import read_lines
from indexer.seeds import SYNONYMS

__all__ = ["Synonyms", "read_synonyms"]

_FORM = "科创 = 科技创新"
_EQUALS = re.compile(r"[=＝]")


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of texts that mean the same: of each member, folded, the whole group as it is written."""

    groups: dict[str, tuple[str, ...]]

    def of(self, folded: str) -> tuple[str, ...]:
        """Return what else a folded text is called, nothing for one that is in no group."""
        return tuple(text for text in self.groups.get(folded, ()) if fold(text) != folded)


def read_synonyms(seeds: Path) -> Synonyms:
    """Return the synonyms beside the seeds, none where there is no such file.

    Raise `SeedError` with the place and a remedy when a line is not of the form.
    """
    path = seeds / SYNONYMS
    groups: dict[str, tuple[str, ...]] = {}
    for number, line in read_lines(seeds, SYNONYMS).entries:
        texts = tuple(part.strip() for part in _EQUALS.split(line))
        if len(texts) < 2 or not all(holds_word(fold(text)) for text in texts):
            raise SeedError(f"{path}, line {number}: {line!r} is no group; write a line such as {_FORM}")
        for text in texts:
            groups[fold(text)] = tuple(dict.fromkeys((*groups.get(fold(text), ()), *texts)))
    return Synonyms(groups)
