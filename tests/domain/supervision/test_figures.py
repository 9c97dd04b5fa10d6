"""Rates and working days are exact."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.domain.calendar import DEADLINE_WORKING_DAYS, Calendar
from streams.domain.supervision.assembling import ranked
from streams.domain.supervision.figures import Figures, Rate
from streams.domain.supervision.month import Month

DAYS = st.dates(date(2024, 1, 1), date(2026, 11, 1))


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(1, 3, "33.33"), (2, 3, "66.67"), (1, 1, "100.00"), (0, 7, "0.00"), (1, 800, "0.13"), (5, 0, None)],
)
def test_a_rate_is_rounded_half_up(part: int, whole: int, percent: str | None) -> None:
    """Two decimals; nothing to divide by is no rate, not nought."""
    assert Rate(part=part, whole=whole).percent == (None if percent is None else Decimal(percent))


def test_equal_rates_share_a_place() -> None:
    """1/2 and 2/4 are one place, the next is behind both, and who has no rate has no place."""
    rates = {"a": Rate(part=1, whole=2), "b": Rate(part=2, whole=4), "c": Rate(part=1, whole=3)}
    assert ranked({**rates, "d": Rate(part=0, whole=0)}) == {"a": 1, "b": 1, "c": 3}


@given(DAYS, st.integers(-3, 40), st.booleans())
def test_seven_days_taken_are_in_time(decided: date, later: int, count_first: bool) -> None:  # noqa: FBT001
    """At most seven working days are taken by exactly what is public by the due day."""
    calendar = Calendar(count_first_day=count_first)
    published = decided + timedelta(days=later)
    taken = calendar.days_taken(decided, published)
    assert (taken <= DEADLINE_WORKING_DAYS) == (published <= calendar.due_day(decided))


def test_a_day_without_work_counts_to_the_next() -> None:
    """Decided on Monday: Friday is the fourth working day, Saturday already the fifth."""
    calendar = Calendar()
    assert [calendar.days_taken(date(2026, 3, 2), date(2026, 3, day)) for day in (2, 3, 6, 7, 8, 9)] == [
        0, 1, 4, 5, 5, 5,
    ]  # fmt: skip


def test_months_follow_one_another() -> None:
    """Back over the year's end, forth again, and in the hours of China."""
    assert str(Month(2026, 2).back(3)) == "2025-11"
    assert Month(2025, 11).back(-3) == Month(2026, 2)
    assert Month(2026, 2).last == date(2026, 2, 28)
    assert Month(2026, 12).ends.isoformat() == "2027-01-01T00:00:00+08:00"
    assert Month.read("2026-13") is None


def test_figures_add_up() -> None:
    """Every count of two figures is added, and rates follow from the sums."""
    both = Figures(in_time=1, overdue=1).plus(Figures(in_time=2, published_late=4))
    assert (both.timeliness.part, both.timeliness.whole) == (3, 8)
