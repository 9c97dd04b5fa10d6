"""The steps of an alert: who is told on which working day that a decision is not public yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from streams.domain.calendar import Calendar
from streams.domain.events import Addressee, AlertKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing said of an open decision, at most once for each due day."""

    stage: int
    """Place among the steps; 0 is that nothing was said yet."""
    kind: AlertKind
    days_past: int
    """Working days that have passed since the due day, 0 where that is not the point."""
    addressee: Addressee


STEPS = tuple(
    Step(stage=stage, kind=kind, days_past=days_past, addressee=addressee)
    for stage, (kind, days_past, addressee) in enumerate(
        (
            (AlertKind.DUE_SOON, 0, Addressee.RESPONSIBLE),
            (AlertKind.DUE_TODAY, 0, Addressee.RESPONSIBLE),
            (AlertKind.OVERDUE, 0, Addressee.RESPONSIBLE),
            (AlertKind.OVERDUE, 1, Addressee.RESPONSIBLE),
            (AlertKind.OVERDUE, 3, Addressee.HEAD),
            (AlertKind.OVERDUE, 7, Addressee.SUPERVISOR),
        ),
        1,
    )
)
"""In the order in which a decision that is never published takes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Up to which due day a step is taken on one day."""

    step: Step
    until: date


def reaches(today: date, calendar: Calendar, *, warn_working_days: int) -> tuple[Reach, ...]:
    """Return each step, in order, with the last due day for which it is to be taken on `today`.

    A decision is overdue on the day after its due day, and n working days overdue on the day after the
    n-th of them.
    """
    days = (
        ahead(today, calendar, warn_working_days),
        today,
        *(_passed(today, calendar, step.days_past) for step in STEPS if step.kind is AlertKind.OVERDUE),
    )
    return tuple(Reach(step=step, until=until) for step, until in zip(STEPS, days, strict=True))


def step_of(due_on: date, at: Sequence[Reach]) -> Step | None:
    """Return the furthest step that a decision due on that day has come to, None before the first."""
    return next((reach.step for reach in reversed(at) if due_on <= reach.until), None)


def step_at(stage: int) -> Step:
    """Return the step of a stage from 1 on."""
    return STEPS[stage - 1]


def ahead(day: date, calendar: Calendar, working_days: int) -> date:
    """Return the day that so many working days lead to; `day` itself never counts, unlike in a due day."""
    return (day, *calendar.working_days_after(day, working_days))[-1]


def _passed(today: date, calendar: Calendar, working_days: int) -> date:
    """Return the last due day since which so many working days have passed when `today` begins."""
    day = today - timedelta(days=1)
    while ahead(day, calendar, working_days) >= today:
        day -= timedelta(days=1)
    return day
