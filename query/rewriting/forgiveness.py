"""Filters whose value nobody has: taken for the names of the same sound, or the value most like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from indexer.segments.schema import NAME_FIELDS
from indexer.text.folding import fold
from query.language.fields import DATE, INDEX_FIELDS, Filters
from query.language.syntax_tree import NUMERAL_CHARACTERS
from query.matching.filters import matching_values
from query.matching.searcher import Searcher
from query.rewriting.pinyin import PinyinNames

__all__ = ["forgive_filters"]

_SPELT = (*NAME_FIELDS, "title", "section", "topic", "role")
"""The fields whose values people misspell: one session is never meant by the name of another."""

_NUMERALS = NUMERAL_CHARACTERS + "甲乙丙丁①②③④⑤⑥⑦⑧⑨⑩"
_SHORTEST = 4  # characters of a text in which one may be wrong
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
    asked = fold(text)
    for number in searcher.live_values(field)[:_MAX_VALUES]:
        value = table.folded(number)
        if _is_slip(asked, value):
            return (table.shown(number),)
    return ()


def _is_slip(one: str, other: str) -> bool:
    """Tell whether two texts differ in one character, which is no number, typed wrong, left out or put in."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _SHORTEST or len(longer) - len(shorter) > 1:
        return False
    same = next(
        (at for at, pair in enumerate(zip(shorter, longer, strict=False)) if len(set(pair)) > 1), None
    )
    at = len(shorter) if same is None else same
    behind = shorter[at + 1 :] if len(shorter) == len(longer) else shorter[at:]
    wrong = longer[at : at + 1] + (shorter[at : at + 1] if len(shorter) == len(longer) else "")
    return longer[at + 1 :] == behind and not any(char in _NUMERALS or char.isdigit() for char in wrong)
