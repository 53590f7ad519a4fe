"""Days named in a text, completed with the year of the page."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

__all__ = ["first_date", "page_year"]

_FULL = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[年\-/.]\s*(?P<month>\d{1,2})\s*[月\-/.]\s*(?P<day>\d{1,2})(?!\d)"
)
_SHORT = re.compile(r"(?<![\d年])(?P<month>\d{1,2})月(?P<day>\d{1,2})日")


def page_year(text: str) -> int | None:
    """Return the year that the full dates of a page name most often, the first of equals."""
    years = Counter(int(match["year"]) for match in _FULL.finditer(text))
    return years.most_common(1)[0][0] if years else None


def first_date(text: str, year: int | None) -> str | None:
    """Return the first day named in `text` as `YYYY-MM-DD`; one without a year needs `year`."""
    found = [(match.start(), int(match["year"]), match) for match in _FULL.finditer(text)]
    if year is not None:
        found += [(match.start(), year, match) for match in _SHORT.finditer(text)]
    for _, its_year, match in sorted(found, key=lambda item: item[0]):
        try:
            return date(its_year, int(match["month"]), int(match["day"])).isoformat()
        except ValueError:  # 13月40日 is no day
            continue
    return None
