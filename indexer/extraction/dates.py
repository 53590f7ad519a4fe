"""Find the days that a text names: in full, without a year, or relative to the day of printing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from indexer.text.dates import BEFORE_REPUBLIC, RELATIVE_YEARS
from indexer.text.folding import fold_in_place
from indexer.text.numerals import NUMERAL, parse_numeral

__all__ = ["days_in", "days_mentioned", "days_near", "first_date", "page_year", "relative_date"]

_YEAR = r"(?:(?P<year>(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})|民国\s*(?P<republic>" + NUMERAL + r"))"
_MONTH_AND_DAY = rf"(?P<month>{NUMERAL})\s*月\s*(?P<day>{NUMERAL})\s*日"
_WITH_YEAR = re.compile(rf"(?<!\d){_YEAR}\s*年\s*{_MONTH_AND_DAY}")
_IN_DIGITS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[\-/.]\s*(?P<month>\d{1,2})\s*[\-/.]\s*(?P<day>\d{1,2})(?!\d)"
)
_RELATIVE = re.compile(r"昨[日天晚]|今(?:[日天早晨晚]|(?=\())|昨(?=\()")
_IN_RELATIVE_YEAR = re.compile(rf"(?P<relative>{'|'.join(RELATIVE_YEARS)})\s*{_MONTH_AND_DAY}")
_RELATIVE_DAYS = {"前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1}
# A day before something that happens, and not 美好的明天.
_RELATIVE_DAY = re.compile(
    r"(?<![的好是起])(?:前天|昨[天日晚]|今[天日](?!的)|明[天日](?=[上下中]午|[早晚]|起|将|举行|召开|开幕|\())"
)
_BARE_REPUBLIC = re.compile(
    r"(?<![\d年国國第-])(\d{2,3}|[一二三四五六七八九十百]{2,6})(?=\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月)"
)
_IN_RELATIVE_MONTH = re.compile(rf"(?P<relative>本月|上月|上个月)\s*(?P<day>{NUMERAL})\s*日")
_BARE_DAY = re.compile(r"(?<![\d月第./-])(?P<day>3[01]|[12]\d|[1-9])日(?![内间游元均本报子期起])")
_NEAR_MONTH_END = 22  # from this day on, a bare day on the first days of a month is of the month before
_FIRST_DAYS = 8
_WITHOUT_YEAR = re.compile(rf"(?<![\d年〇零一二三四五六七八九十]){_MONTH_AND_DAY}")


def page_year(text: str) -> int | None:
    """Return the year that full dates of a page name most often, the first of equals, None without any."""
    years = Counter(year for _, year, _ in _full_dates(fold_in_place(text)))
    return years.most_common(1)[0][0] if years else None


def first_date(text: str, year: int | None) -> str | None:
    """Return the first day named in a text as `YYYY-MM-DD`, None without any.

    A day without a year is completed with `year`, or left out if that is None. Years of the Republic of
    China are understood (民國94年 is 2005), and Chinese numerals as well as digits.
    """
    return next(_days(text, year), None)


def days_in(text: str, year: int | None) -> list[str]:
    """List the days named in a text as `YYYY-MM-DD`, each once, in their order.

    A day without a year has that of the day before it, the first one `year`.
    """
    return [*dict.fromkeys(_days(text, year))]


def days_mentioned(
    text: str, year: int | None, first: str | None, last: str | None = None, *, republic: bool = False
) -> list[str]:
    """List the days that a text speaks of, but those of the text itself, from `first` to `last`.

    In a text that counts the years of the `republic`, 98年 is one of these.
    """
    if republic:
        text = _BARE_REPUBLIC.sub(r"民國\1", text)
    near = days_near(text, first) if first and not last else []
    days = dict.fromkeys((*days_in(text, year), *near))
    return [day for day in days if not first or not first <= day <= (last or first)]


def days_near(text: str, day: str) -> list[str]:
    """List the days that a text counts from its own `day`, as 昨天, 本月5日 and 27日 do, as `YYYY-MM-DD`.

    A bare day is of the same month; in the first days of one, a late day is of the month before.
    """
    folded, base = fold_in_place(text), date.fromisoformat(day)
    found = {
        match.start(): base + timedelta(_RELATIVE_DAYS[match[0]]) for match in _RELATIVE_DAY.finditer(folded)
    }
    for match in _IN_RELATIVE_MONTH.finditer(folded):
        month = base if match["relative"] == "本月" else base.replace(day=1) - timedelta(1)
        with suppress(ValueError):  # 上月31日 is no day of every month
            found[match.start()] = month.replace(day=parse_numeral(match["day"]))
    for match in _BARE_DAY.finditer(folded):
        number = int(match["day"])
        is_of_last = number >= _NEAR_MONTH_END and base.day < _FIRST_DAYS
        month = base.replace(day=1) - timedelta(1) if is_of_last else base
        with suppress(ValueError):
            found.setdefault(match.start(), month.replace(day=number))
    return [found[start].isoformat() for start in sorted(found)]


def relative_date(text: str, printed: str) -> str | None:
    """Return the day that 昨日, 昨天, 今日 or 今天 means on a page printed on the day `printed`.

    Both days are `YYYY-MM-DD`; None where the text has none of these words.
    """
    match = _RELATIVE.search(fold_in_place(text))
    if match is None:
        return None
    return (date.fromisoformat(printed) - timedelta(days=match[0].startswith("昨"))).isoformat()


def _days(text: str, year: int | None) -> Iterator[str]:
    """Yield the days named in a text."""
    folded = fold_in_place(text).replace("○", "〇")
    full = [(start, its_year, match) for start, its_year, match in _full_dates(folded)]
    known = [*full, *((match.start(), None, match) for match in _WITHOUT_YEAR.finditer(folded))]
    if year is not None:
        relative = _IN_RELATIVE_YEAR.finditer(folded)
        known += [(match.start(), year + RELATIVE_YEARS[match["relative"]], match) for match in relative]
    for _, its_year, match in sorted(known, key=lambda item: item[0]):
        named = its_year or year
        year = named if "relative" not in match.groupdict() else year
        if named is None:
            continue
        try:
            yield date(named, parse_numeral(match["month"]), parse_numeral(match["day"])).isoformat()
        except ValueError:  # 13月40日 is no day
            continue


def _full_dates(folded: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Find the dates that name their year: the offset, the year and the match of each."""
    for match in _WITH_YEAR.finditer(folded):
        republic = match["republic"]
        year = parse_numeral(republic) + BEFORE_REPUBLIC if republic else parse_numeral(match["year"])
        yield match.start(), year, match
    for match in _IN_DIGITS.finditer(folded):
        yield match.start(), int(match["year"]), match
