"""Filters: turn texts and dates into masks of the paragraphs that have such values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, cast

import numpy as np

from indexer.errors import LianghuiError
from indexer.segments.reader import Segment
from indexer.segments.schema import HEADING
from indexer.segments.values import ValueTable
from indexer.store.arrays import Array
from indexer.text.day_numbers import A_YEAR
from indexer.text.folding import fold, fold_in_place
from query.language.fields import DATE, INDEX_FIELDS, Filters
from query.language.labels import value_of_label
from query.matching.searcher import Searcher

if TYPE_CHECKING:
    from indexer.text.dates import DateRange

__all__ = [
    "Filter",
    "compile_filters",
    "covers_date",
    "docs_headed",
    "has_value",
    "headed_by",
    "is_date",
    "is_exact",
    "live_only",
    "matching_sessions",
    "matching_values",
    "value_filter",
]

Filter = Callable[[Segment], Array]
"""Computes a mask (bool) of the paragraphs of a segment that pass, deleted ones among them."""

_EXACTLY = ("=", "＝")  # before the text of a filter that asks for a whole value
_YEAR_LENGTH = 4  # a bare number may be anything
_DAY = re.compile(
    r"(?:(?:19|20)\d\d|(?:民国|(?=\d{3}年))\d{2,3}(?=年))(?:[-/.年]?\d{1,2}(?:[-/.月]?\d{1,2}日?|月)?|年)?|\d{1,2}月\d{1,2}日"
)


def compile_filters(searcher: Searcher, filters: Filters) -> Filter | None:
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
            parts.append(_any_of([_date_filter(text) for text in alternatives]))
        else:
            table = searcher.table(INDEX_FIELDS[name])
            numbers = np.concatenate([matching_values(name, text, table) for text in alternatives])
            parts.append(value_filter(INDEX_FIELDS[name], numbers, len(table)))
    if not parts:
        return None
    return lambda segment: np.logical_and.reduce([part(segment) for part in parts])


def _any_of(filters: Sequence[Filter]) -> Filter:
    return lambda segment: np.logical_or.reduce([passes(segment) for passes in filters])


def value_filter(field: str, numbers: Sequence[int] | Array, size: int) -> Filter:
    """Pass the paragraphs with one of the values of these `numbers`; the field has `size` values."""
    wanted = np.zeros(size, bool)
    wanted[numbers] = True
    return partial(_has_value, field, wanted)


def has_value(field: str) -> Filter:
    """Pass the paragraphs with any value of a field."""
    return lambda segment: _mask(segment, segment.column(field)[0])


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


def headed_by(word: str) -> Filter:
    """Pass the paragraphs that a heading with a word stands above."""
    return lambda segment: _mask(segment, docs_headed(segment, word))


def live_only(mask: Array, segment: Segment) -> Array:
    """Leave the deleted paragraphs out of a mask."""
    return mask if segment.live is None else mask & segment.live


def _has_value(field: str, wanted: Array, segment: Segment) -> Array:
    """Compute a mask of the paragraphs with one of the `wanted` values, a mask of the values."""
    docs, values = segment.column(field)
    return _mask(segment, docs[wanted[values]])


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
    """Pass what is of a day, a month, a year or a range, and what spans a part of it.

    Behind = what begins in it and is known to: the paragraphs that its facet counts.
    """
    if is_exact(text):
        return partial(_begins_within, _parse_dates(text[1:]))
    dates = _parse_dates(text)
    return partial(_is_within_in_any_year if dates.is_of_every_year else _is_within, dates)


def _parse_dates(text: str) -> DateRange:
    # Imported late: compiling the patterns of dates is slow, and few queries name one.
    from indexer.text.dates import parse_dates  # noqa: PLC0415

    return parse_dates(text)


def _is_within(dates: DateRange, segment: Segment, year: int | None = None) -> Array:
    """Compute a mask of the paragraphs of a segment that are of a day in a range, or may be.

    What is known to be of a year or a month may be of any day in it.
    """
    least, most = dates.numbers(year)
    mask: Array = (segment.ends >= least) & (segment.dates <= most) & (segment.dates > 0)
    return mask


def _begins_within(dates: DateRange, segment: Segment) -> Array:
    """Compute a mask of the paragraphs of a segment whose first day is known to be in a range."""
    if dates.is_of_every_year:
        return _is_within_in_any_year(dates, segment)
    least, most = dates.numbers()
    mask: Array = (segment.dates >= least) & (segment.dates <= most) & (segment.dates > 0)
    return mask


def _is_within_in_any_year(dates: DateRange, segment: Segment) -> Array:
    mask = np.zeros(segment.size, bool)
    dated = segment.dates[segment.dates > 0]
    if len(dated):
        first, last = int(dated.min()) // A_YEAR, int(segment.last_dates.max()) // A_YEAR
        for year in range(first - 1, last + 1):  # what begins in December may end in the next year
            mask |= _is_within(dates, segment, year)
    return mask
