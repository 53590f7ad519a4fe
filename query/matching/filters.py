"""Filters: turn texts and dates into masks of the paragraphs that have such values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import cast

import numpy as np

from indexer.errors import LianghuiError
from indexer.segments.reader import Segment
from indexer.segments.schema import HEADING
from indexer.segments.values import ValueTable, day_number
from indexer.store.arrays import Array
from indexer.text.folding import fold, fold_in_place
from query.language.fields import DATE, INDEX_FIELDS, Filters
from query.matching.searcher import Searcher

__all__ = [
    "Filter",
    "compile_filters",
    "covers_date",
    "docs_headed",
    "has_value",
    "headed_by",
    "is_date",
    "live_only",
    "matching_sessions",
    "matching_values",
    "value_filter",
]

Filter = Callable[[Segment], Array]
"""Computes a mask (bool) of the paragraphs of a segment that pass, deleted ones among them."""

_LAST_DAY_OFFSETS = (9999, 99, 0)  # from the day number of a year, a month or a day to its last day
_YEAR_LENGTH = 4  # a bare number may be anything
_DAY = re.compile(r"(\d{4})(?:[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})日?|月)?|年)?")


def compile_filters(searcher: Searcher, filters: Filters) -> Filter | None:
    """Compile filters into one that passes the paragraphs that all of them pass; None without any.

    A filter passes a paragraph when one of its texts occurs, folded, in one of the paragraph's values;
    a session also when it is another spelling of the same session.

    Raise `LianghuiError` for a text that folds to nothing, and for a date that cannot be read.
    """
    parts: list[Filter] = []
    for name, texts in filters.items():
        if not texts and not isinstance(texts, str):
            continue
        if name == DATE.name:
            parts.append(_date_filter(str(texts)))
        else:
            alternatives = [texts] if isinstance(texts, str) else list(cast("Sequence[str]", texts))
            table = searcher.table(INDEX_FIELDS[name])
            numbers = np.concatenate([matching_values(name, text, table) for text in alternatives])
            parts.append(value_filter(INDEX_FIELDS[name], numbers, len(table)))
    if not parts:
        return None
    return lambda segment: np.logical_and.reduce([part(segment) for part in parts])


def value_filter(field: str, numbers: Sequence[int] | Array, size: int) -> Filter:
    """Pass the paragraphs with one of the values of these `numbers`; the field has `size` values."""
    wanted = np.zeros(size, bool)
    wanted[numbers] = True
    return partial(_has_value, field, wanted)


def has_value(field: str) -> Filter:
    """Pass the paragraphs with any value of a field."""
    return lambda segment: _mask(segment, segment.column(field)[0])


def is_date(text: str) -> bool:
    """Tell whether a text names a day, a month or a year, and nothing else: 2025年2月."""
    match = _DAY.fullmatch(fold_in_place(text))
    if match is None or match[1][:2] not in ("19", "20") or len(text) == _YEAR_LENGTH:
        return False
    with suppress(LianghuiError):
        return _parse_date(fold_in_place(text), text) is not None
    return False  # 20252025 is no day


def covers_date(text: str, date: str) -> bool:
    """Tell whether the day, month or year that a text names is, or holds, a date."""
    named = _parse_date(fold_in_place(text), text)
    return named is not None and date.startswith(named)


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
    """Return the numbers of the values that the text of a filter matches."""
    folded = fold(text)
    if not folded:
        raise LianghuiError(f"the filter --{name} is empty; give it a text or leave it out")
    found = table.containing(folded)
    return (
        np.union1d(found, matching_sessions(text, table))
        if name in ("session", "mentioned_session")
        else found
    )


def _date_filter(text: str) -> Filter:
    """Pass a day, a month, a year, or a range FROM..TO open at either end, and what spans a part of it."""
    first, dots, last = fold_in_place(text).partition("..")
    if not dots:
        first = last = text
    start, end = _parse_date(first, text), _parse_date(last, text)
    if start is None and end is None:
        raise _date_error(text)
    # A month is numbered before its days, as 20250200: a range ends with the last of them, 20250299.
    least = day_number(start) if start else 1
    most = day_number(end) + _LAST_DAY_OFFSETS[end.count("-")] if end else day_number("9999-99-99")
    return lambda segment: (segment.last_dates >= least) & (segment.dates <= most) & (segment.dates > 0)


def _parse_date(part: str, whole: str) -> str | None:
    """Parse a date into 2025, 2025-02 or 2025-02-26; None for a blank. Errors show `whole`."""
    if not part.strip():
        return None
    match = _DAY.fullmatch(part.strip())
    if match is None:
        raise _date_error(whole)
    year, month, day = match.groups()
    numbers = [number.zfill(2) for number in (month, day) if number]
    if any(not 1 <= int(number) <= largest for number, largest in zip(numbers, (12, 31), strict=False)):
        raise _date_error(whole)
    return "-".join((year, *numbers))


def _date_error(text: str) -> LianghuiError:
    return LianghuiError(
        f"the date {text!r} cannot be read; write 2025-02-26, 2025-02, or a range 2025-02..2025-03"
    )
