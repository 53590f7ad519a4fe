"""Filters: which values of the metadata fields are asked for, and which paragraphs have them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import cast

import numpy as np

from indexer.errors import LianghuiError
from indexer.segments.reader import Segment
from indexer.segments.values import ValueTable, day_number
from indexer.store.arrays import Array
from indexer.text.folding import fold, fold_in_place
from query.language.fields import DATE, FIELDS, Filters
from query.matching.matchers import Filter
from query.matching.searcher import Searcher

__all__ = ["filter_of", "sessions_meant", "value_filter"]

_SPAN = (9999, 99, 0)  # from the start of a year, a month or a day to its end
_DAY = re.compile(r"(\d{4})(?:[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})日?|月)?|年)?")


def filter_of(searcher: Searcher, filters: Filters) -> Filter | None:
    """Return what tells the paragraphs that every filter lets pass, or None where nothing is filtered.

    A filter lets a paragraph pass when one of its texts occurs in one of the paragraph's values, by
    the same folding as a search; a session in any spelling, when it means the same session.
    """
    parts: list[Filter] = []
    for name, texts in filters.items():
        if not texts and not isinstance(texts, str):
            continue
        if name == DATE.name:
            parts.append(_dated(str(texts)))
        else:
            asked = [texts] if isinstance(texts, str) else list(cast("Sequence[str]", texts))
            table = searcher.table(FIELDS[name])
            numbers = np.concatenate([_asked_for(name, text, table) for text in asked])
            parts.append(value_filter(FIELDS[name], numbers, len(table)))
    if not parts:
        return None
    return lambda segment: np.logical_and.reduce([part(segment) for part in parts])


def value_filter(field: str, numbers: Sequence[int] | Array, size: int) -> Filter:
    """Return the filter for the paragraphs with one of the values of these numbers, out of `size`."""
    wanted = np.zeros(size, bool)
    wanted[numbers] = True
    return partial(_having, field, wanted)


def _having(field: str, wanted: Array, segment: Segment) -> Array:
    """Return a mask of the paragraphs with one of the wanted values."""
    docs, values = segment.column(field)
    mask = np.zeros(segment.size, bool)
    mask[docs[wanted[values]]] = True
    return mask


def _asked_for(name: str, text: str, table: ValueTable) -> Array:
    """Return the numbers of the values that a text asks for."""
    folded = fold(text)
    if not folded:
        raise LianghuiError(f"the filter --{name} is empty; give it a text or leave it out")
    found = table.containing(folded)
    return np.union1d(found, sessions_meant(text, table)) if name == "session" else found


def sessions_meant(text: str, table: ValueTable) -> Array:
    """Return the numbers of the sessions that a text can mean, however it spells them."""
    # Its patterns take their time to compile, which only this filter need wait for.
    from indexer.extraction.sessions import is_compatible, parse_session  # noqa: PLC0415

    asked = parse_session(text)
    if asked is None:
        return np.empty(0, "i8")
    known = [parse_session(table.shown(number)) for number in range(len(table))]
    return np.array([at for at, found in enumerate(known) if found and is_compatible(asked, found)], "i8")


def _dated(text: str) -> Filter:
    """Return the filter for a day, a month, a year, or a range FROM..TO open at either end."""
    first, dots, last = fold_in_place(text).partition("..")
    if not dots:
        first = last = text
    start, end = _day(first, text), _day(last, text)
    if start is None and end is None:
        raise _date_error(text)
    # What has no month or day sorts before all of its days; up to 2025-02 is up to its last day.
    least = day_number(start) if start else 1
    most = day_number(end) + _SPAN[end.count("-")] if end else day_number("9999-99-99")
    return lambda segment: (segment.dates >= least) & (segment.dates <= most)


def _day(part: str, whole: str) -> str | None:
    if not part.strip():
        return None
    match = _DAY.fullmatch(part.strip())
    if match is None:
        raise _date_error(whole)
    year, month, day = match.groups()
    numbers = [number.zfill(2) for number in (month, day) if number]
    if any(not 1 <= int(number) <= most for number, most in zip(numbers, (12, 31), strict=False)):
        raise _date_error(whole)
    return "-".join((year, *numbers))


def _date_error(text: str) -> LianghuiError:
    return LianghuiError(
        f"the date {text!r} cannot be read; write 2025-02-26, 2025-02, or a range 2025-02..2025-03"
    )
