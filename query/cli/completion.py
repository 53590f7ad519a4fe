"""What a shell offers while a filter is typed: the values of the index that begin that way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from indexer.errors import DamageError, LianghuiError
from indexer.segments.reader import count_live_values
from indexer.text.folding import fold
from query.index import Index, open_index
from query.language.fields import FIELDS
from query.output.sanitize import safe

__all__ = ["completions", "typable"]

MOST = 50
"""Values that are offered at once."""

# Shells act upon these, split at them, or begin an option with them. Their full-width forms mean
# the same to a filter and nothing to a shell, and so no value of a seed is ever a command.
_ACTIVE = re.compile(r"[!-$&-*,:-@\[-^`{-~ ]|^-")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def completions(path: Path, name: str, start: str) -> list[str]:
    """Return values that a filter can be given, most frequent first; none where there is no index.

    They begin with `start`, by the same folding as a search: Traditional and full width will do.
    """
    try:
        with open_index(path) as index:
            return list(islice(_values(index, FIELDS[name], fold(start)), MOST))
    except (LianghuiError, DamageError, OSError):
        return []


def typable(value: str) -> str:
    """Return a value as it can stand on a command line: the same to a filter, nothing to a shell."""
    return _ACTIVE.sub(lambda match: match[0].translate(_FULL_WIDTH), value)


def _values(index: Index, field: str, start: str) -> Iterator[str]:
    """Yield the values of a field that begin with a folded text, most frequent first."""
    table = index.searcher.table(field)
    counts = count_live_values(index.searcher.segments, field, len(table))
    known = table.containing(start) if start else np.arange(len(table))
    known = known[counts[known] > 0]
    for number in known[np.lexsort((table.ranks[known], -counts[known]))].tolist():
        value = table.shown(number)
        if table.folded(number).startswith(start) and value == safe(value):
            yield typable(value)
