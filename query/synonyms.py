"""The user's synonyms: `synonyms.txt` beside the seeds, one group of texts that mean the same a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import LianghuiError
from indexer.folding import fold, holds_word
from indexer.seeds import SYNONYMS, read_list

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

    Raise `LianghuiError` with the place and a remedy when a line is not of the form.
    """
    path = seeds / SYNONYMS
    data = read_list(seeds, SYNONYMS)
    if data is None:
        return Synonyms({})
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise LianghuiError(f"{path} cannot be read ({error}); write it as UTF-8, or remove it") from error
    groups: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(lines, start=1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        texts = tuple(part.strip() for part in _EQUALS.split(said))
        if len(texts) < 2 or not all(holds_word(fold(text)) for text in texts):
            raise LianghuiError(f"{path}, line {number}: {said!r} is no group; write a line such as {_FORM}")
        for text in texts:
            groups[fold(text)] = tuple(dict.fromkeys((*groups.get(fold(text), ()), *texts)))
    return Synonyms(groups)
