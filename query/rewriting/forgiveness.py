"""Filters whose value nobody has: taken for the names of the same sound, or the value most like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from msgspec.structs import replace

from indexer.segments.schema import NAME_FIELDS
from indexer.text.day_numbers import written_date
from indexer.text.folding import fold
from query.language.fields import DATE, INDEX_FIELDS, PINYIN, Filters
from query.language.syntax_tree import (
    NUMERAL_CHARACTERS,
    Field,
    Leaf,
    Tree,
    any_of,
    fields,
    map_leaves,
)
from query.matching.filters import compile_filters, is_exact, matching_values
from query.matching.finder import Finder
from query.matching.matchers import FilterMatcher
from query.results import Unmet
from query.rewriting.pinyin import PinyinNames

__all__ = ["forgive_fields", "forgive_filters", "unmet_filters"]

_SPELT = (*NAME_FIELDS, "title", "section", "topic", "role")
"""The fields whose values people misspell: one session is never meant by the name of another."""

_NUMERALS = NUMERAL_CHARACTERS + "甲乙丙丁①②③④⑤⑥⑦⑧⑨⑩"
_SHORTEST = 4  # characters of a text in which one may be wrong
_OF_PEOPLE = ("speaker", "role", "org", "mentions", "reporter", "chair", "attendee")
_FEW = 12  # values of a field that an answer without hits names
_MAX_VALUES = 20_000  # that are compared one by one


def forgive_filters(
    filters: Filters, searcher: Finder, pinyin: PinyinNames
) -> tuple[Filters, dict[str, tuple[str, ...]]]:
    """Replace the texts that no value of their field contains; return with it what each was taken for.

    A text that is like no value stays, and finds nothing.
    """
    meant: dict[str, tuple[str, ...]] = {}
    forgiven = dict(cast("Mapping[str, str | Sequence[str]]", filters))
    for name, value in filters.items():
        if not value or name == DATE.name:
            continue
        texts = _texts(value)
        taken = {text: _values_like(name, text, searcher, pinyin) for text in texts}
        meant |= {text: values for text, values in taken.items() if values}
        forgiven[name] = [each for text in texts for each in (taken[text] or (text,))]
    return cast("Filters", forgiven), meant


def forgive_fields(
    tree: Tree, searcher: Finder, pinyin: PinyinNames
) -> tuple[Tree, dict[str, tuple[str, ...]]]:
    """Replace the fields of a query that match no value, also inside NOT; else as `forgive_filters`."""
    meant: dict[str, tuple[str, ...]] = {}

    def forgive(leaf: Leaf | Field) -> Tree:
        if not isinstance(leaf, Field) or leaf.name not in INDEX_FIELDS:
            return leaf
        taken = _values_like(leaf.name, leaf.text, searcher, pinyin)
        if taken:
            meant[leaf.text] = taken
        return any_of([replace(leaf, text=value) for value in taken or (leaf.text,)])

    return map_leaves(tree, forgive, negated=True), meant


def unmet_filters(filters: Filters, tree: Tree, searcher: Finder, pinyin: PinyinNames) -> tuple[Unmet, ...]:
    """List the filters, beside a query and inside it, that no paragraph of the index meets."""
    asked = [(name, text) for name, texts in filters.items() for text in _texts(texts)]
    asked += [(field.name, field.text) for field in fields(tree)]
    found = (_unmet(name, text, searcher, pinyin) for name, text in dict.fromkeys(asked))
    return tuple(filter(None, found))


def _unmet(name: str, text: str, searcher: Finder, pinyin: PinyinNames) -> Unmet | None:
    """Say what there is in place of a filter that nothing meets; None where something does."""
    if name == PINYIN:
        return None if pinyin.spelled(text) else Unmet(name, text)
    if name == DATE.name:
        return _unmet_date(text, searcher)
    if _matching(name, text, searcher):
        return None
    elsewhere = (other for other in _OF_PEOPLE if other != name and _matching(other, text, searcher))
    return Unmet(name, text, _few_values(INDEX_FIELDS[name], searcher), tuple(elsewhere))


def _unmet_date(text: str, searcher: Finder) -> Unmet | None:
    passes = compile_filters(searcher, {"date": text})
    assert passes is not None  # a date was given
    if searcher.count(FilterMatcher(passes)):
        return None
    first, last, undated = searcher.days()
    days = (written_date(first), written_date(last)) if first else ()
    return Unmet(DATE.name, text, days, undated=undated)


def _texts(value: object) -> Sequence[str]:
    return [value] if isinstance(value, str) else [*cast("Sequence[str]", value or ())]


def _matching(name: str, text: str, searcher: Finder) -> list[int]:
    """List the values of live paragraphs that the text of a filter matches."""
    field = INDEX_FIELDS[name]
    found = matching_values(name, text, searcher.table(field))
    return found[searcher.live(field)[found]].tolist() if len(found) else []


def _few_values(field: str, searcher: Finder) -> tuple[str, ...]:
    """List the values of a field where there are so few that a reader can choose."""
    numbers = searcher.live_values(field)
    return tuple(map(searcher.table(field).shown, numbers)) if len(numbers) <= _FEW else ()


def _values_like(name: str, text: str, searcher: Finder, pinyin: PinyinNames) -> tuple[str, ...]:
    """List the values that a text without a value of its own may stand for."""
    field = INDEX_FIELDS[name]
    table = searcher.table(field)
    if not fold(text) or is_exact(text) or len(matching_values(name, text, table)):
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
