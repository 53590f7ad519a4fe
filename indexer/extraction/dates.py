"""Find the days that a text names: in full, without a year, or relative to the day of printing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from indexer.text.folding import fold_in_place
from indexer.text.numerals import NUMERAL, parse_numeral

__all__ = ["first_date", "page_year", "relative_date"]

_BEFORE_REPUBLIC = 1911  # years of the Republic of China count from 1912
_YEAR = r"(?:(?P<year>(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})|民国\s*(?P<republic>" + NUMERAL + r"))"
_MONTH_AND_DAY = rf"(?P<month>{NUMERAL})\s*月\s*(?P<day>{NUMERAL})\s*日"
_WITH_YEAR = re.compile(rf"(?<!\d){_YEAR}\s*年\s*{_MONTH_AND_DAY}")
_IN_DIGITS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[\-/.]\s*(?P<month>\d{1,2})\s*[\-/.]\s*(?P<day>\d{1,2})(?!\d)"
)
_RELATIVE = re.compile(r"昨[日天晚]|今[日天]|昨(?=\()")
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
    folded = fold_in_place(text)
    dates = [*_full_dates(folded)]
    if year is not None:
        dates += [(match.start(), year, match) for match in _WITHOUT_YEAR.finditer(folded)]
    for _, its_year, match in sorted(dates, key=lambda item: item[0]):
        try:
            return date(its_year, parse_numeral(match["month"]), parse_numeral(match["day"])).isoformat()
        except ValueError:  # 13月40日 is no day
            continue
    return None


def relative_date(text: str, printed: str) -> str | None:
    """Return the day that 昨日, 昨天, 今日 or 今天 means on a page printed on the day `printed`.

    Both days are `YYYY-MM-DD`; None where the text has none of these words.
    """
    match = _RELATIVE.search(fold_in_place(text))
    if match is None:
        return None
    return (date.fromisoformat(printed) - timedelta(days=match[0].startswith("昨"))).isoformat()


def _full_dates(folded: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Find the dates that name their year: the offset, the year and the match of each."""
    for match in _WITH_YEAR.finditer(folded):
        republic = match["republic"]
        year = parse_numeral(republic) + _BEFORE_REPUBLIC if republic else parse_numeral(match["year"])
        yield match.start(), year, match
    for match in _IN_DIGITS.finditer(folded):
        yield match.start(), int(match["year"]), match
