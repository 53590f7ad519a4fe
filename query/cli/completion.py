"""Completes the values of a filter in a shell, from the values of the index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import numpy as np

from indexer.errors import DamageError, LianghuiError
from indexer.store.address import IndexPlace
from indexer.text.folding import fold
from query.index import Index, open_index
from query.language.fields import INDEX_FIELDS
from query.output.sanitize import safe

__all__ = ["completions", "shell_safe"]

_MAX_COMPLETIONS = 50  # values that are offered at once

# Shells interpret these characters, split at them, or begin an option with them. Their full-width forms
# are the same to a filter and plain text to a shell, so that no value of a seed is ever a command.
_SHELL_SYNTAX = re.compile(r"[!-$&-*,:-@\[-^`{-~ ]|^-")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def completions(path: IndexPlace, name: str, start: str) -> list[str]:
    """List the values of a filter that begin with `start`, most frequent first.

    Both are folded as in a search, so that Traditional and full width match, too. Without an index
    that can be read, there are none.
    """
    try:
        with open_index(path) as index:
            return list(islice(_values(index, INDEX_FIELDS[name], fold(start)), _MAX_COMPLETIONS))
    except (LianghuiError, DamageError, OSError):
        return []


def shell_safe(value: str) -> str:
    """Write a value so that a filter reads the same and a shell reads plain text."""
    return _SHELL_SYNTAX.sub(lambda match: match[0].translate(_FULL_WIDTH), value)


def _values(index: Index, field: str, start: str) -> Iterator[str]:
    """Iterate over the values of a field that begin with a folded text, most frequent first."""
    table = index.finder.table(field)
    counts = index.finder.live_counts(field)
    numbers = table.containing(start) if start else np.arange(len(table))
    numbers = numbers[counts[numbers] > 0]
    for number in numbers[np.lexsort((table.ranks[numbers], -counts[numbers]))].tolist():
        value = table.shown(number)
        if table.folded(number).startswith(start) and value == safe(value):
            yield shell_safe(value)
