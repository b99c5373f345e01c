"""Days as people type them."""

from datetime import date

import pytest

from monitor.text.days import DaySpan, read_days

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2026-06", date(2026, 6, 1), date(2026, 6, 30)),
        ("June 2026", date(2026, 6, 1), date(2026, 6, 30)),
        ("feb. 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("Sept 2024", date(2024, 9, 1), date(2024, 9, 30)),
        ("31 October 2000", date(2000, 10, 31), date(2000, 10, 31)),
        ("October 31, 2000", date(2000, 10, 31), date(2000, 10, 31)),
        ("2025-01-31", date(2025, 1, 31), date(2025, 1, 31)),
        ("yesterday", date(2026, 11, 29), date(2026, 11, 29)),
        ("today", TODAY, TODAY),
        ("7d", date(2026, 11, 23), date(2026, 11, 23)),
        ("2 weeks ago", date(2026, 11, 16), date(2026, 11, 16)),
        ("1m", date(2026, 10, 30), date(2026, 10, 30)),
        ("9m", date(2026, 2, 28), date(2026, 2, 28)),  # February has no 30th
        ("1y", date(2025, 11, 30), date(2025, 11, 30)),
    ],
)
def test_a_day_a_month_or_a_year_is_read_as_people_type_it(typed: str, first: date, last: date) -> None:
    assert read_days(typed, TODAY) == DaySpan(first, last)


@pytest.mark.parametrize(
    "typed", ["", "soon", "2025-13", "2025-02-30", "ju 2024", "june", "0000", "99999y", "31/10/2000"]
)
def test_what_is_no_day_is_refused_with_what_is_expected(typed: str) -> None:
    with pytest.raises(ValueError, match="expected a date such as 2025-01-31"):
        read_days(typed, TODAY)
