"""The numbers of days: they sort as the dates do, and go back to them."""

from __future__ import annotations

import pytest

from indexer.text.day_numbers import day_number, written_date

NUMBERS = [("2025", 20250000), ("2025-02", 20250200), ("2025-02-26", 20250226)]


@pytest.mark.parametrize(("date", "number"), [(None, 0), ("", 0), *NUMBERS])
def test_a_day_is_a_number_that_sorts_as_its_text(date: str | None, number: int) -> None:
    assert day_number(date) == number


@pytest.mark.parametrize(("date", "number"), NUMBERS)
def test_a_number_goes_back_to_its_date(date: str, number: int) -> None:
    assert written_date(number) == date
