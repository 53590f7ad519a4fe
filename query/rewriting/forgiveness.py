"""Filters whose value nobody has: taken for the names of the same sound, or the value most like it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import cast

from indexer.segments.schema import NAME_FIELDS
from indexer.text.folding import fold
from query.language.fields import DATE, INDEX_FIELDS, Filters
from query.matching.filters import matching_values
from query.matching.searcher import Searcher
from query.rewriting.pinyin import PinyinNames

__all__ = ["forgive_filters"]

_SPELT = (*NAME_FIELDS, "title", "section", "topic", "role")
"""The fields whose values people misspell: one session is never meant by the name of another."""

_NUMBER = re.compile(r"\d+")
_CUTOFF = 0.6  # of `difflib.get_close_matches`: one character of three may differ
_MAX_VALUES = 20_000  # that are compared one by one


def forgive_filters(
    filters: Filters, searcher: Searcher, pinyin: PinyinNames
) -> tuple[Filters, dict[str, tuple[str, ...]]]:
    """Replace the texts that no value of their field contains; return with it what each was taken for.

    A text that is like no value stays, and finds nothing.
    """
    meant: dict[str, tuple[str, ...]] = {}
    forgiven = dict(cast("Mapping[str, str | Sequence[str]]", filters))
    for name, value in filters.items():
        if not value or name == DATE.name:
            continue
        texts = [value] if isinstance(value, str) else [*cast("Sequence[str]", value)]
        taken = {text: _values_like(name, text, searcher, pinyin) for text in texts}
        meant |= {text: values for text, values in taken.items() if values}
        forgiven[name] = [each for text in texts for each in (taken[text] or (text,))]
    return cast("Filters", forgiven), meant


def _values_like(name: str, text: str, searcher: Searcher, pinyin: PinyinNames) -> tuple[str, ...]:
    """List the values that a text without a value of its own may stand for."""
    field = INDEX_FIELDS[name]
    table = searcher.table(field)
    if not fold(text) or len(matching_values(name, text, table)):
        return ()
    if field in NAME_FIELDS:
        similar = pinyin.sounding_like(fold(text)) or (pinyin.spelled(text) if text.isascii() else ())
        own = tuple(each for each in similar if len(table.equal(fold(each))))
        if own:
            return own
    if field not in _SPELT:
        return ()
    numbers = _NUMBER.findall(text)
    values = {table.folded(number): number for number in range(min(len(table), _MAX_VALUES))}
    values = {value: number for value, number in values.items() if _NUMBER.findall(value) == numbers}
    close = difflib.get_close_matches(fold(text), values, n=1, cutoff=_CUTOFF)
    return tuple(table.shown(values[folded]) for folded in close)
