"""A timeline: a bar for each month or year, as high as its count or its share, and the address behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from query import Period
from query.page.asked import Asked
from query.page.links import shown_count
from query.page.texts import Texts

__all__ = ["Bar", "Timeline", "is_too_long", "timeline"]

_STEPS = 50  # heights that a bar can have; the style sheet knows each by name
_MAX_MONTHS = 60  # from the first to the last, that are shown by month unless it is asked for
_MAX_BARS = 132  # with the empty ones between; where there are more, only the ones with a count
_MAX_SHOWN = 240  # the last of them, however many there are
_MONTH, _YEAR = re.compile(r"\d{4}-\d{2}"), re.compile(r"\d{4}")
_TICKS = 12  # labels under the bars, at most


class Bar(Struct, frozen=True):
    """A bar: its period, its height (0 to 50), its label for readers and screens, and its address."""

    period: str
    height: int
    label: str
    url: str
    tick: str = ""
    chosen: bool = False


class Timeline(Struct, frozen=True):
    """The bars of an answer, by month or by year, and what is on none of them."""

    bars: tuple[Bar, ...]
    by: str
    vague: int = 0
    undated: int = 0


def is_too_long(periods: Sequence[Period]) -> bool:
    """Tell whether there are more months than are easily read."""
    months = [each.value for each in periods if _MONTH.fullmatch(each.value)]
    return bool(months) and len([*_from_to(months[0], months[-1])]) > _MAX_MONTHS


def timeline(
    periods: Sequence[Period], by: str, total: int, rung: str, asked: Asked, path: str, say: Texts
) -> Timeline:
    """Draw the periods of an answer of `total` paragraphs; each bar leads to its own, at `path`."""
    pattern = _MONTH if by == "month" else _YEAR
    known = {each.value: each for each in periods if pattern.fullmatch(each.value)}
    names = [*_from_to(min(known), max(known))] if known else []
    names = names if len(names) <= _MAX_BARS else sorted(known)[-_MAX_SHOWN:]
    highest = max((_measure(each, asked) for each in known.values()), default=0) or 1
    bars = [_bar(known.get(name) or Period(name, 0, 0), highest, rung, asked, path, say) for name in names]
    counted = sum(each.count for each in periods)
    vague = counted - sum(each.count for each in known.values())
    return Timeline(tuple(_with_ticks(bars)), by, vague, max(0, total - counted))


def _bar(period: Period, highest: float, rung: str, asked: Asked, path: str, say: Texts) -> Bar:
    share = f"{period.share:.1%}" if period.total else "–"
    label = say("bar", period=period.value, n=shown_count(period.count, rung), share=share)
    height = round(_STEPS * _measure(period, asked) / highest) if period.count else 0
    chosen = f"={period.value}" in asked.filters.get("date", ())
    leads = period.count and not asked.is_long
    url = asked.with_filter("date", period.value).url(path) if leads else ""
    return Bar(period.value, max(1, height) if period.count else 0, label, url, chosen=chosen)


def _measure(period: Period, asked: Asked) -> float:
    if not period.count:
        return 0.0
    return period.share if asked.share else float(period.count)


def _with_ticks(bars: Sequence[Bar]) -> Iterator[Bar]:
    """Name the bars that a year begins with, of many years some, so that the names do not touch."""
    years = [at for at, bar in enumerate(bars) if at == 0 or bar.period[:4] != bars[at - 1].period[:4]]
    every = -(-len(years) // _TICKS)
    named = {at for number, at in enumerate(years) if number % every == 0} if years else set()
    if len(bars) <= _TICKS:
        named = set(range(len(bars)))
    for at, bar in enumerate(bars):
        tick = (bar.period if len(bars) <= _TICKS else bar.period[:4]) if at in named else ""
        yield Bar(bar.period, bar.height, bar.label, bar.url, tick, bar.chosen)


def _from_to(first: str, last: str) -> Iterator[str]:
    """List all months, or all years, from one to another."""
    if len(first) == len("2025"):
        yield from (f"{year:04}" for year in range(int(first), int(last) + 1))
        return
    start, end = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (first, last))
    yield from (f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1))
