"""The numbers of days, which sort: 2025-02-26 is 20250226; a month or a year is numbered before its days."""

from __future__ import annotations

__all__ = ["A_MONTH", "A_YEAR", "day_number", "written_date"]

A_YEAR = 10_000
"""Between the numbers of the same day in two years."""

A_MONTH = 100
"""Between the numbers of the same day in two months."""


def day_number(date: str | None) -> int:
    """Convert a date into a number that sorts as its text does: 2025-02 is 20250200, None is 0."""
    return int((date or "0").replace("-", "").ljust(8, "0"))


def written_date(number: int) -> str:
    """Convert the number of a day, a month or a year back into its date: 20250200 is 2025-02."""
    year, month, day = number // A_YEAR, number // A_MONTH % 100, number % A_MONTH
    return "-".join(f"{part:02}" for part in (year, month, day) if part)
