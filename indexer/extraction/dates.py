"""Days named in a text, completed with the year of the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from indexer.text.folding import fold_in_place
from indexer.text.numerals import NUMERAL, parse_numeral

__all__ = ["first_date", "page_year", "relative_date"]

_REPUBLIC = 1911  # years of the Republic of China count from 1912
_YEAR = r"(?:(?P<year>(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})|民国\s*(?P<republic>" + NUMERAL + r"))"
_MONTH_AND_DAY = rf"(?P<month>{NUMERAL})\s*月\s*(?P<day>{NUMERAL})\s*日"
_FULL = re.compile(rf"(?<!\d){_YEAR}\s*年\s*{_MONTH_AND_DAY}")
_FIGURES = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[\-/.]\s*(?P<month>\d{1,2})\s*[\-/.]\s*(?P<day>\d{1,2})(?!\d)"
)
_RELATIVE = re.compile(r"昨[日天晚]|今[日天]|昨(?=\()")
_SHORT = re.compile(rf"(?<![\d年〇零一二三四五六七八九十]){_MONTH_AND_DAY}")


def page_year(text: str) -> int | None:
    """Return the year that the full dates of a page name most often, the first of equals."""
    years = Counter(year for _, year, _ in _full_dates(fold_in_place(text)))
    return years.most_common(1)[0][0] if years else None


def first_date(text: str, year: int | None) -> str | None:
    """Return the first day named in `text` as `YYYY-MM-DD`; one without a year needs `year`.

    Years of the Republic are understood (民國94年 is 2005), and numerals of either kind.
    """
    levelled = fold_in_place(text)
    found = [*_full_dates(levelled)]
    if year is not None:
        found += [(match.start(), year, match) for match in _SHORT.finditer(levelled)]
    for _, its_year, match in sorted(found, key=lambda item: item[0]):
        try:
            return date(its_year, parse_numeral(match["month"]), parse_numeral(match["day"])).isoformat()
        except ValueError:  # 13月40日 is no day
            continue
    return None


def relative_date(text: str, printed: str) -> str | None:
    """Return the day that 昨日, 昨天, 今日 or 今天 means on a page printed on the day `printed`."""
    match = _RELATIVE.search(fold_in_place(text))
    if match is None:
        return None
    return (date.fromisoformat(printed) - timedelta(days=match[0].startswith("昨"))).isoformat()


def _full_dates(levelled: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Yield the place, the year and the match of every date that names its year."""
    for match in _FULL.finditer(levelled):
        republic = match["republic"]
        yield (
            match.start(),
            parse_numeral(republic) + _REPUBLIC if republic else parse_numeral(match["year"]),
            match,
        )
    for match in _FIGURES.finditer(levelled):
        yield match.start(), int(match["year"]), match
