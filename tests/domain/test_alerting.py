"""Which step an open decision has come to on which day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.domain.alerting import STEPS, reaches, step_of
from streams.domain.calendar import Calendar
from streams.domain.events import AlertKind

CALENDAR = Calendar()
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 20))
WARN = st.integers(0, 5)


def came_to(due_on: date, today: date, warn: int = 2) -> tuple[str, int] | None:
    """Return kind and working days past of the step that a decision due on `due_on` has come to."""
    step = step_of(due_on, reaches(today, CALENDAR, warn_working_days=warn))
    return (step.kind.value, step.days_past) if step else None


@pytest.mark.parametrize(
    ("due_on", "today", "step"),
    [
        # 2026: the Spring Festival is 02-15 to 02-23, with 02-14 and 02-28 worked
        ("2026-02-13", "2026-02-10", None),
        ("2026-02-13", "2026-02-11", ("due_soon", 0)),
        ("2026-02-13", "2026-02-13", ("due_today", 0)),
        ("2026-02-13", "2026-02-14", ("overdue", 0)),
        ("2026-02-13", "2026-02-15", ("overdue", 1)),
        ("2026-02-13", "2026-02-25", ("overdue", 1)),
        ("2026-02-13", "2026-02-26", ("overdue", 3)),
        ("2026-02-13", "2026-03-02", ("overdue", 3)),
        ("2026-02-13", "2026-03-03", ("overdue", 7)),
        # a warning of two working days reaches over the festival
        ("2026-02-25", "2026-02-13", None),
        ("2026-02-25", "2026-02-14", ("due_soon", 0)),
    ],
)
def test_steps_go_by_working_days(due_on: str, today: str, step: tuple[str, int] | None) -> None:
    """Holidays and worked weekends count as the State Council's notice has them."""
    assert came_to(date.fromisoformat(due_on), date.fromisoformat(today)) == step


def test_the_day_of_a_decision_may_count_without_moving_the_steps() -> None:
    """Whether a decision's own day counts changes its due day, and no step from there on."""
    other = Calendar(count_first_day=True)
    for day in (date(2026, 2, 11), date(2026, 9, 30), date(2026, 11, 28)):
        assert reaches(day, other, warn_working_days=2) == reaches(day, CALENDAR, warn_working_days=2)


@given(due_on=DAYS, today=DAYS, warn=WARN)
def test_a_step_is_what_its_words_say(due_on: date, today: date, warn: int) -> None:
    """Counted day by day, the working days since the due day agree with the step."""
    passed = sum(
        CALENDAR.is_working_day(due_on + timedelta(number)) for number in range(1, (today - due_on).days)
    )
    left = CALENDAR.working_days_between(today, due_on) if today <= due_on else 0
    if today > due_on:
        wanted = ("overdue", max(days for days in (0, 1, 3, 7) if days <= passed))
    elif today == due_on:
        wanted = ("due_today", 0)
    else:
        wanted = ("due_soon", 0) if left <= warn else None

    assert came_to(due_on, today, warn) == wanted


@given(due_on=DAYS, today=DAYS, warn=WARN)
def test_steps_only_go_forward(due_on: date, today: date, warn: int) -> None:
    """From one day to the next no decision falls back a step."""
    stages = [
        step.stage if step else 0
        for day in (today, today + timedelta(1))
        for step in [step_of(due_on, reaches(day, CALENDAR, warn_working_days=warn))]
    ]
    assert stages == sorted(stages)


def test_stages_are_counted_from_one() -> None:
    """A decision of which nothing was said stands before the first step."""
    assert [step.stage for step in STEPS] == list(range(1, len(STEPS) + 1))
    assert STEPS[0].kind is AlertKind.DUE_SOON
