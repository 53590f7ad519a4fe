"""Filters: turn texts and dates into masks of the paragraphs that have such values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
from msgspec import Struct

from indexer.errors import LianghuiError
from indexer.segments.reader import Segment
from indexer.segments.schema import HEADING
from indexer.segments.values import ValueTable
from indexer.store.arrays import Array
from indexer.text.day_numbers import A_YEAR
from indexer.text.folding import fold, fold_in_place
from query.language.fields import DATE, INDEX_FIELDS, Filters
from query.language.labels import value_of_label

if TYPE_CHECKING:
    from indexer.text.dates import DateRange
    from query.matching.finder import Finder

__all__ = [
    "AllOf",
    "AnyOf",
    "BeginningIn",
    "Filter",
    "HasValue",
    "HeadedBy",
    "OfDays",
    "ValueFilter",
    "compile_filters",
    "covers_date",
    "docs_headed",
    "is_date",
    "is_exact",
    "live_only",
    "matching_sessions",
    "matching_values",
    "value_filter",
    "years_between",
]


class Filter(Protocol):
    """Says which paragraphs pass; what it asks for can be read from it, for an index that is no arrays."""

    def __call__(self, segment: Segment) -> Array:
        """Compute a mask (bool) of the paragraphs of a segment that pass, deleted ones among them."""
        ...


class AllOf(Struct, frozen=True):
    """Pass the paragraphs that all `filters` pass."""

    filters: tuple[Filter, ...]

    def __call__(self, segment: Segment) -> Array:
        """Intersect the masks."""
        mask: Array = np.logical_and.reduce([passes(segment) for passes in self.filters])
        return mask


class AnyOf(Struct, frozen=True):
    """Pass the paragraphs that one of `filters` passes."""

    filters: tuple[Filter, ...]

    def __call__(self, segment: Segment) -> Array:
        """Unite the masks."""
        mask: Array = np.logical_or.reduce([passes(segment) for passes in self.filters])
        return mask


class ValueFilter(Struct, frozen=True):
    """Pass the paragraphs with one of the `wanted` values of a field: a mask (bool) of its values."""

    field: str
    wanted: Array

    def __call__(self, segment: Segment) -> Array:
        """Look the values up in the column of the field."""
        docs, values = segment.column(self.field)
        return _mask(segment, docs[self.wanted[values]])


class HasValue(Struct, frozen=True):
    """Pass the paragraphs with any value of a field."""

    field: str

    def __call__(self, segment: Segment) -> Array:
        """Mark who is in the column of the field."""
        return _mask(segment, segment.column(self.field)[0])


class HeadedBy(Struct, frozen=True):
    """Pass the paragraphs that a heading with a word stands above."""

    word: str

    def __call__(self, segment: Segment) -> Array:
        """Look the word up among those of the headings."""
        return _mask(segment, docs_headed(segment, self.word))


class OfDays(Struct, frozen=True):
    """Pass what is of a day, a month, a year or a range, and what spans a part of it.

    What is known to be of a year or a month may be of any day in it.
    """

    dates: DateRange

    def __call__(self, segment: Segment) -> Array:
        """Compare the days; those of every year with each year that the segment has."""
        if not self.dates.is_of_every_year:
            return self._within(segment)
        mask = np.zeros(segment.size, bool)
        dated = segment.dates[segment.dates > 0]
        if len(dated):
            for year in years_between(int(dated.min()), int(segment.last_dates.max())):
                mask |= self._within(segment, year)
        return mask

    def _within(self, segment: Segment, year: int | None = None) -> Array:
        least, most = self.dates.numbers(year)
        mask: Array = (segment.ends >= least) & (segment.dates <= most) & (segment.dates > 0)
        return mask


class BeginningIn(Struct, frozen=True):
    """Pass what is known to begin in a range of days: the paragraphs that the facet of a month counts."""

    dates: DateRange

    def __call__(self, segment: Segment) -> Array:
        """Compare the first days."""
        least, most = self.dates.numbers()
        mask: Array = (segment.dates >= least) & (segment.dates <= most) & (segment.dates > 0)
        return mask


def years_between(first: int, last: int) -> range:
    """List the years that may hold a part of what is between two days, given as numbers."""
    return range(first // A_YEAR - 1, last // A_YEAR + 1)  # what begins in December may end in the next year


_EXACTLY = ("=", "＝")  # before the text of a filter that asks for a whole value
_YEAR_LENGTH = 4  # a bare number may be anything
_DAY = re.compile(
    r"(?:(?:19|20)\d\d|(?:民国|(?=\d{3}年))\d{2,3}(?=年))(?:[-/.年]?\d{1,2}(?:[-/.月]?\d{1,2}日?|月)?|年)?|\d{1,2}月\d{1,2}日"
)


def compile_filters(searcher: Finder, filters: Filters) -> Filter | None:
    """Compile filters into one that passes the paragraphs that all of them pass; None without any.

    A filter passes a paragraph when one of its texts occurs, folded, in one of the paragraph's values;
    a session also when it is another spelling of the same session. A text behind = is a whole value: see
    `matching_values`.

    Raise `LianghuiError` for a text that folds to nothing, and for a date that cannot be read.
    """
    parts: list[Filter] = []
    for name, texts in filters.items():
        if not texts and not isinstance(texts, str):
            continue
        alternatives = [texts] if isinstance(texts, str) else list(cast("Sequence[str]", texts))
        if name == DATE.name:
            parts.append(AnyOf(tuple(map(_date_filter, alternatives))))
        else:
            table = searcher.table(INDEX_FIELDS[name])
            numbers = np.concatenate([matching_values(name, text, table) for text in alternatives])
            parts.append(value_filter(INDEX_FIELDS[name], numbers, len(table)))
    return AllOf(tuple(parts)) if parts else None


def value_filter(field: str, numbers: Sequence[int] | Array, size: int) -> ValueFilter:
    """Pass the paragraphs with one of the values of these `numbers`; the field has `size` values."""
    wanted = np.zeros(size, bool)
    wanted[numbers] = True
    return ValueFilter(field, wanted)


def is_exact(text: str) -> bool:
    """Tell whether the text of a filter asks for a whole value: =张艳丽."""
    return text.startswith(_EXACTLY)


def is_date(text: str) -> bool:
    """Tell whether a text names a day, a month or a year by numbers, and nothing else: 2025年2月."""
    if not _DAY.fullmatch(fold_in_place(text)) or len(text) == _YEAR_LENGTH:
        return False
    with suppress(LianghuiError):
        _parse_dates(text)
        return True
    return False  # 20252025 is no day


def covers_date(text: str, date: str) -> bool:
    """Tell whether the day, month or year that a text names is, or holds, a date."""
    return _parse_dates(text).covers(date)


def matching_sessions(text: str, table: ValueTable) -> Array:
    """Return the numbers of the sessions that `text` is a spelling of, none if it names no session."""
    # Imported late: compiling the patterns of sessions is slow, and few queries name a session.
    from indexer.extraction.sessions import is_compatible, parse_partial_session, parse_session  # noqa: PLC0415

    asked = parse_partial_session(text)
    if asked is None:
        return np.empty(0, "i8")
    known = [parse_session(table.shown(number)) for number in range(len(table))]
    return np.array(
        [number for number, session in enumerate(known) if session and is_compatible(asked, session)], "i8"
    )


def docs_headed(segment: Segment, word: str) -> Array:
    """Find the paragraphs that a heading with a word stands above, deleted ones among them (u4)."""
    postings = segment.postings(HEADING)
    number = postings.find(word.encode("utf-8"))
    return np.empty(0, "u4") if number is None else postings.docs(number)


def live_only(mask: Array, segment: Segment) -> Array:
    """Leave the deleted paragraphs out of a mask."""
    return mask if segment.live is None else mask & segment.live


def _mask(segment: Segment, docs: Array) -> Array:
    mask = np.zeros(segment.size, bool)
    mask[docs] = True
    return mask


def matching_values(name: str, text: str, table: ValueTable) -> Array:
    """Return the numbers of the values that the text of a filter matches: those that contain it.

    Behind = it is a whole value: the one that is written so, or where none is, those that fold to the same.
    """
    exact = is_exact(text)
    value = value_of_label(name, text[1:] if exact else text)
    folded = fold(value)
    if not folded:
        raise LianghuiError(f"the filter --{name} is empty; give it a text or leave it out")
    if exact:
        alike = table.equal(folded)
        written = [number for number in alike.tolist() if table.shown(number) == value]
        return np.array(written, "i8") if written else alike
    found = table.containing(folded)
    if name in ("session", "mentioned_session"):
        return np.union1d(found, matching_sessions(text, table))
    return np.union1d(found, _matching_dates(text, table)) if name == "mentioned_date" else found


def _matching_dates(text: str, table: ValueTable) -> Array:
    """Return the numbers of the days that a date holds, none where the text is no date."""
    with suppress(LianghuiError):
        dates = _parse_dates(text)
        days = [number for number in range(len(table)) if dates.covers(table.shown(number))]
        return np.array(days, "i8")
    return np.empty(0, "i8")


def _date_filter(text: str) -> Filter:
    """Pass what is of a day, a month, a year or a range; behind = only what is known to begin in it."""
    if not is_exact(text):
        return OfDays(_parse_dates(text))
    dates = _parse_dates(text[1:])
    return OfDays(dates) if dates.is_of_every_year else BeginningIn(dates)


def _parse_dates(text: str) -> DateRange:
    # Imported late: compiling the patterns of dates is slow, and few queries name one.
    from indexer.text.dates import parse_dates  # noqa: PLC0415

    return parse_dates(text)
