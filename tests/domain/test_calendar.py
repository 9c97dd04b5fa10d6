"""The working-day calendar, against the notices themselves and a reckoning by hand."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.domain.calendar import Calendar

DAYS = st.dates(date(2004, 1, 1), date(2026, 11, 30))
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("decided", "due"),
    [
        ("2026-09-24", "2026-10-12"),  # over 中秋节 and 国庆节, with the working Saturday 10-10
        ("2026-09-22", "2026-10-09"),
        ("2026-10-10", "2026-10-20"),  # decided on a working Saturday
        ("2026-02-13", "2026-03-02"),  # over 春节, with the working Saturdays 02-14 and 02-28
        ("2026-04-30", "2026-05-13"),  # over 劳动节, with the working Saturday 05-09
        ("2026-01-01", "2026-01-12"),  # decided on a holiday; the Sunday 01-04 is worked
        ("2025-12-31", "2026-01-12"),
    ],
)
def test_due_day(decided: str, due: str) -> None:
    """The seventh working day after the decision is the due day, by the State Council's notices."""
    assert Calendar().due_day(date.fromisoformat(decided)) == date.fromisoformat(due)


@given(day=DAYS)
def test_agrees_with_the_notices(day: date) -> None:
    """In the years whose notice is known, a day is worked exactly when the notice says so."""
    assert Calendar().is_working_day(day) is chinese_calendar.is_workday(day)


@given(day=DAYS, working_days=st.integers(0, 20))
def test_counts_exactly(day: date, working_days: int) -> None:
    """Between the decision and its due day lie exactly the working days asked for, the last one worked."""
    calendar = Calendar()
    due = calendar.due_day(day, working_days)
    worked, at = 0, day
    while at < due:
        at += ONE
        worked += chinese_calendar.is_workday(at) if at.year <= 2026 else at.weekday() < 5
    assert worked == working_days == calendar.working_days_between(day, due)
    assert working_days == 0 or calendar.is_working_day(due)


@given(first=DAYS, second=DAYS)
def test_later_decisions_are_due_no_earlier(first: date, second: date) -> None:
    """A decision of a later day is never due before one of an earlier day."""
    earlier, later = sorted((first, second))
    assert Calendar().due_day(earlier) <= Calendar().due_day(later)


@given(first=DAYS, second=DAYS)
def test_between_is_antisymmetric(first: date, second: date) -> None:
    """Working days from one day to another are the negative of those on the way back."""
    calendar = Calendar()
    assert calendar.working_days_between(first, second) == -calendar.working_days_between(second, first)


def test_unknown_year() -> None:
    """A year without a notice is told as unknown, and worked from Monday to Friday."""
    calendar = Calendar()
    assert (calendar.known(2026), calendar.known(2031)) == (True, False)
    assert calendar.is_working_day(date(2031, 10, 1))
    assert not calendar.is_working_day(date(2031, 10, 4))


def test_overrides_come_first() -> None:
    """A day in the overrides is worked or not as they say, whatever the notice or the weekday."""
    calendar = Calendar(
        {date(2031, 10, 1): False, date(2031, 10, 4): True, date(2026, 9, 25): True}, known_years=[2031]
    )
    assert calendar.known(2031)
    assert not calendar.is_working_day(date(2031, 10, 1))
    assert calendar.is_working_day(date(2031, 10, 4))
    assert calendar.is_working_day(date(2026, 9, 25))


def test_first_day_may_count() -> None:
    """Where the day of the decision counts as the first, a decision is due a working day earlier."""
    assert Calendar(count_first_day=True).due_day(date(2026, 9, 24)) == date(2026, 10, 10)
    assert Calendar(count_first_day=True).due_day(date(2026, 9, 25)) == date(2026, 10, 12)
