"""The dates that a user types: a day, a month, a quarter or a year in any spelling, or a range of them."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from indexer.errors import LianghuiError
from indexer.text.day_numbers import A_MONTH, A_YEAR, day_number
from indexer.text.folding import fold_in_place
from indexer.text.numerals import parse_numeral

__all__ = ["BEFORE_REPUBLIC", "RELATIVE_YEARS", "DateRange", "parse_dates"]

BEFORE_REPUBLIC = 1911
"""The year before the first of the Republic of China, from which its years count."""

RELATIVE_YEARS = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
"""Words for years, and how many years each lies from this one."""

_LAST_YEAR = 2100  # of the Republic that is taken for one
_HAN_DIGIT = "〇零一二三四五六七八九"
_SMALL = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_YEAR = (
    rf"(?:(?P<year>(?:1[89]|20)\d\d|[一二][{_HAN_DIGIT}]{{3}})"
    r"|(?:中华)?民国(?P<republic>元|[1-9]\d{0,2}|[一二三四五六七八九十百零〇]{1,5})|(?P<bare>[1-9]\d\d)(?=[年./-])"
    rf"|(?P<relative>{'|'.join(RELATIVE_YEARS)}))年?"
)
_QUARTER_OR_HALF = r"第?(?P<quarter>[1-4一二三四])季度?|q(?P<q>[1-4])|(?P<half>[上下]半年)"
_PART_OF_YEAR = (
    rf"{_QUARTER_OR_HALF}"
    rf"|[-/.]?(?P<month>{_SMALL})(?:月份?)?(?:[-/.]?(?P<day>{_SMALL})[日号]?)?"
)
_IN_YEAR = re.compile(rf"{_YEAR}(?:{_PART_OF_YEAR})?")
_IN_EVERY_YEAR = re.compile(
    rf"{_QUARTER_OR_HALF}"
    rf"|(?P<month>{_SMALL})(?:月份?|[-/](?=\d))(?:(?P<day>{_SMALL})[日号]?)?"
)
_BARE_DAY = re.compile(rf"(?P<day>{_SMALL})[日号]?")
_RECENT = re.compile(
    r"(?:最?近|过去)(?P<number>\d{1,3}|[一二两三四五六七八九十百]{1,4})个?(?P<unit>天|日|周|星期|月|年)"
)
_DAYS_OF = {"天": 1, "日": 1, "周": 7, "星期": 7, "月": 30, "年": 365}
_DOTS = re.compile(r"\.\.|[至到~—–]|(?<=[年月日])-(?=\d)|(?<=\d{4})-(?=\d{4})")
_SINCE, _UNTIL = re.compile(r"(?:以来|以后|起|至今)$"), re.compile(r"(?:为止|止)$")
_AFTER, _BEFORE = re.compile(r"之后$"), re.compile(r"[以之]前$")
_DECADE = re.compile(r"(?P<century>(?:19|20)?)(?P<decade>\d)0年代")
_AMBIGUOUS = re.compile(r"\d{5}|\d{7}")  # 2025111 may be of January or of November
_SHORT_YEAR = re.compile(r"\d{2}(?:年.*|[-/.]\d{1,2}[-/.]\d{1,2})")
_LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LAST_OFFSETS = {
    4: A_YEAR - 1,
    7: A_MONTH - 1,
    10: 0,
}  # from the number of a year, a month or a day to its last day


class DateRange(Struct, frozen=True):
    """From `first` to `last`: YYYY, YYYY-MM or YYYY-MM-DD, MM or MM-DD of every year, None for open."""

    first: str | None
    last: str | None

    @property
    def is_of_every_year(self) -> bool:
        """Whether no year is named."""
        return len((self.first or self.last or "").partition("-")[0]) == 2

    def numbers(self, year: int | None = None) -> tuple[int, int]:
        """Return the first and the last day as numbers that sort, 20250226; in a `year` where none is named.

        A month is numbered before its days, as 20250200, and ends with the last of them, 20250299.
        """
        first, last = self.first, self.last
        if year is not None and first and last:
            wraps = last < first[: len(last)]
            first, last = f"{year:04}-{first}", f"{year + wraps:04}-{last}"
        least = day_number(first) if first else 1
        most = day_number(last) + _LAST_OFFSETS[len(last)] if last else 99_999_999
        return least, most

    def covers(self, day: str) -> bool:
        """Tell whether a date, YYYY-MM-DD or a part of it, lies in the range, or may."""
        named = DateRange(day, day).numbers()
        years = range(int(day[:4]) - 1, int(day[:4]) + 1) if self.is_of_every_year else [None]
        return any(named[1] >= least and named[0] <= most for least, most in map(self.numbers, years))


def parse_dates(text: str, today: date | None = None) -> DateRange:
    """Parse a date, or a range of two of them, open at either end; 去年 and the like are counted from today.

    Raise `LianghuiError` for what cannot be read as one.
    """
    folded = "".join(fold_in_place(text).lower().replace("○", "〇").split())
    parsed = _parse(folded, today or date.today())  # noqa: DTZ011
    if parsed is None:
        if _SHORT_YEAR.fullmatch(folded):
            raise LianghuiError(f"the date {text!r} may be 19{folded} or 民国{folded}; write one of them")
        raise LianghuiError(
            f"the date {text!r} cannot be read; write 2025-02-26, 2025年第一季度, 2月26日 of every year, "
            "or a range 2025-02..2025-03"
        )
    if parsed.first and parsed.last and not parsed.is_of_every_year:
        least, most = parsed.numbers()
        if most < least:
            raise LianghuiError(f"the range {text!r} ends before it begins; turn it round")
    return parsed


def _parse(text: str, today: date) -> DateRange | None:
    if whole := _point(text, today):
        return whole
    since, until = _point(_SINCE.sub("", text), today), _point(_UNTIL.sub("", text), today)
    if since and not since.is_of_every_year:
        return DateRange(since.first, None)
    if until and not until.is_of_every_year:
        return DateRange(None, until.last)
    if outside := _outside(text, today):
        return outside
    for dots in _DOTS.finditer(text):
        if found := _range(text[: dots.start()], text[dots.end() :], today):
            return found
    return None


def _outside(text: str, today: date) -> DateRange | None:
    """Parse what lies before a date or after it, the date itself left out: 2005年之前."""
    before, after = _point(_BEFORE.sub("", text), today), _point(_AFTER.sub("", text), today)
    if before and before.first and not before.is_of_every_year:
        return DateRange(None, (_day(before.first) - timedelta(1)).isoformat())
    if after and after.last and not after.is_of_every_year:
        return DateRange(_next(after.last), None)
    return None


def _next(point: str) -> str:
    """Return the year, the month or the day that follows one."""
    numbers = [int(number) for number in point.split("-")]
    if len(numbers) == 1:
        return f"{numbers[0] + 1:04}"
    if len(numbers) == 2:
        months = 12 * numbers[0] + numbers[1]
        return f"{months // 12:04}-{months % 12 + 1:02}"
    return (_day(point) + timedelta(1)).isoformat()


def _day(point: str) -> date:
    """Return the first day of a year, a month or a day."""
    return date.fromisoformat(point + "-01-01"[len(point) - len("2025") :])


def _range(begin: str, end: str, today: date) -> DateRange | None:
    """Parse a range by its ends, of which one may be blank; the last takes what it lacks from the first."""
    first = _point(begin, today) if begin else None
    if (begin and not first) or not (begin or end):
        return None
    if not end:
        return None if first is None or first.is_of_every_year else DateRange(first.first, None)
    last = _point(end, today) or (_point(f"民国{end}", today) if begin.startswith("民国") else None)
    if first and first.first and last is None and (day := _BARE_DAY.fullmatch(end)):
        month, _, _ = first.first.rpartition("-")
        last = _point(f"{month}-{day['day']}", today)
    if last is None:
        return None
    if first is None:
        return None if last.is_of_every_year else DateRange(None, last.last)
    if last.is_of_every_year and not first.is_of_every_year:
        assert first.first  # a point has both ends
        last = DateRange(None, f"{first.first[:4]}-{last.last}")
    if first.is_of_every_year and not last.is_of_every_year:
        return None
    return DateRange(first.first, last.last)


def _point(text: str, today: date) -> DateRange | None:
    """Parse one date: what it spans."""
    if relative := _relative(text, today):
        return relative
    if _AMBIGUOUS.fullmatch(text) or len({*text} & {*"-/."}) > 1:
        return None
    if decade := _DECADE.fullmatch(text):
        first = f"{decade['century'] or ('19' if decade['decade'] > '2' else '20')}{decade['decade']}0"
        return DateRange(first, f"{int(first) + 9}")
    match = _IN_YEAR.fullmatch(text)
    if match:
        year = _year(match, today)
        return None if year is None else _within(year, match)
    match = _IN_EVERY_YEAR.fullmatch(text)
    return _within("", match) if match else None


def _year(match: re.Match[str], today: date) -> str | None:
    if match["relative"]:
        year = today.year + RELATIVE_YEARS[match["relative"]]
    elif match["year"]:
        year = int("".join(char if char.isdecimal() else str(parse_numeral(char)) for char in match["year"]))
    else:
        count = match["republic"] or match["bare"]
        year = BEFORE_REPUBLIC + (1 if count == "元" else parse_numeral(count))
        if not BEFORE_REPUBLIC < year < _LAST_YEAR:
            return None
    return f"{year:04}-"


def _within(year: str, match: re.Match[str]) -> DateRange | None:
    """Span the part of a year that a match names, or all of it."""
    quarter = match["quarter"] or match["q"]
    if quarter:
        last = 3 * parse_numeral(quarter)
        return DateRange(f"{year}{last - 2:02}", f"{year}{last:02}")
    if match["half"]:
        first = 1 if match["half"].startswith("上") else 7
        return DateRange(f"{year}{first:02}", f"{year}{first + 5:02}")
    named = [parse_numeral(match[name]) for name in ("month", "day") if match[name]]
    if not _is_there(year, named):
        return None
    whole = year + "-".join(f"{number:02}" for number in named) if named else year.rstrip("-")
    return DateRange(whole, whole)


def _is_there(year: str, named: Sequence[int]) -> bool:
    """Tell whether a month, or a month and a day, are in the calendar; of a year where one is named."""
    month, day = (*named, 1, 1)[:2]
    if not (1 <= month <= len(_LAST_DAYS) and 1 <= day <= _LAST_DAYS[month - 1]):
        return False
    return not (year and (month, day) == (2, 29)) or isleap(int(year.rstrip("-")))


def _relative(text: str, today: date) -> DateRange | None:
    """Parse what is counted from today: 昨天, 上周, 本月, 上季度, 近三个月."""
    days = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2}
    if text in days:
        return _days(today - timedelta(days[text]), today - timedelta(days[text]))
    if text in ("本周", "这周", "上周"):
        monday = today - timedelta(today.weekday() + 7 * (text == "上周"))
        return _days(monday, monday + timedelta(6))
    if text in ("本月", "这个月", "上月", "上个月"):
        month = today if text[0] in "本这" else today.replace(day=1) - timedelta(1)
        return DateRange(f"{month:%Y-%m}", f"{month:%Y-%m}")
    if text in ("本季度", "上季度"):
        quarters = today.year * 4 + (today.month - 1) // 3 - (text == "上季度")
        year, before = divmod(quarters, 4)
        return DateRange(f"{year:04}-{3 * before + 1:02}", f"{year:04}-{3 * before + 3:02}")
    if match := _RECENT.fullmatch(text):
        number = parse_numeral(match["number"].replace("两", "二"))
        return _days(today - timedelta(number * _DAYS_OF[match["unit"]]), today)
    return None


def _days(first: date, last: date) -> DateRange:
    return DateRange(first.isoformat(), last.isoformat())
