"""A year of the deadline agent: every alert that must be raised is raised once, on its day, and no other.

What must be raised is reckoned here from the State Council's notice for 2026 as a table of its own, day by
day, without the calendar and steps of the program. `GONGSHI_YEAR_DECISIONS` makes the year a larger one.
"""

import os
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import pytest
from sqlalchemy import Engine, select

from sinks.deadlines import Deadlines
from sinks.ledger.alerts import alert
from sinks.ledger.audit import verify
from sinks.ledger.database import reading
from sinks.record import Recorder
from streams.domain.calendar import Calendar
from streams.records import spans_of
from tests.sinks import make
from tests.sinks.make import CODEC, Log

DECISIONS = int(os.environ.get("GONGSHI_YEAR_DECISIONS", "1200"))
DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 5), date(2026, 12, 30)
CALENDAR = Calendar()


def days(first: str, last: str) -> set[date]:
    """Return all days from one to another of 2026, both counted."""
    begin, end = date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last}")
    return {begin + number * DAY for number in range((end - begin).days + 1)}


HOLIDAYS = (
    days("01-01", "01-03")
    | days("02-15", "02-23")
    | days("04-04", "04-06")
    | days("05-01", "05-05")
    | days("06-19", "06-21")
    | days("09-25", "09-27")
    | days("10-01", "10-07")
)
"""国务院办公厅关于2026年部分节假日安排的通知."""
WORKED = {date(2026, *day) for day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))}
"""Weekends that are worked, by the same notice."""


def works(day: date) -> bool:
    """Tell whether offices work."""
    return day in WORKED or (day.weekday() < 5 and day not in HOLIDAYS)


@cache
def after(day: date, working: int) -> date:
    """Return the day that so many working days lead to."""
    while working:
        day += DAY
        working -= works(day)
    return day


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one decision, and when."""

    number: int
    decided: date
    arrives: date
    ends: date | None
    """On which day it is public everywhere, or withheld; None: never."""
    outcome: str

    @property
    def due(self) -> date:
        """The seventh working day."""
        return after(self.decided, 7)


def fates(chance: random.Random) -> list[Fate]:
    """Choose the year's decisions: most in time, some late, refused, withheld or forgotten."""
    chosen = []
    for number in range(DECISIONS):
        decided = FIRST + chance.randrange(330) * DAY
        arrives = decided + chance.choices((chance.randrange(3), chance.randrange(3, 40)), (9, 1))[0] * DAY
        outcome = chance.choices(("public", "forgotten", "refused", "withheld"), (85, 5, 5, 5))[0]
        slow = chance.choices((chance.randrange(2), chance.randrange(2, 30)), (6, 4))[0]
        ends = arrives + slow * DAY if outcome in ("public", "withheld") else None
        chosen.append(Fate(number, decided, arrives, ends, outcome))
    return chosen


def events(fate: Fate, day: date) -> Iterator[make.Event]:
    """Yield what is told of a decision on that day."""
    number = fate.number
    if day == fate.arrives:
        columns = {**make.submitted(number).columns, "CF_JDRQ": fate.decided.isoformat()}
        yield replace(make.submitted(number), columns=columns)
        if fate.outcome == "public":
            public = replace(
                make.public(number), decided_on=fate.decided, due_on=CALENDAR.due_day(fate.decided)
            )
            yield from ((portal, public) for portal in make.BOTH)
            yield make.receipt(number, make.CITY)
        elif fate.outcome == "refused":
            yield replace(make.rejected(number), decided_on=fate.decided)
    if day == fate.ends:
        match fate.outcome:
            case "public":
                yield make.receipt(number, make.CREDIT)
            case "withheld":
                yield replace(make.withheld(number), decided_on=fate.decided)


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the clock: on which day, as its own clock tells, and what that clock shows."""

    day: date
    clock: date


def looks(chance: random.Random) -> list[Look]:
    """Choose when an agent looks: twice a day, but for days away; and clocks that are set back."""
    away = set[date]()
    for _ in range(8):
        begin = FIRST + chance.randrange(350) * DAY
        away |= {begin + number * DAY for number in range(chance.randrange(1, 8))}
    chosen = []
    day = FIRST
    while day <= LAST:
        if day not in away:
            chosen += [Look(day, day), Look(day, day)]
            if chance.random() < 0.05:
                chosen.append(Look(day, day - chance.randrange(1, 20) * DAY))
        day += DAY
    return chosen


def step(due: date, today: date) -> tuple[int, str, int] | None:
    """Return how far a decision has come: its place among the steps, its kind, and the days past."""
    if today < due:
        return (1, "due_soon", 0) if after(today, 2) >= due else None
    if today == due:
        return (2, "due_today", 0)
    passed = sum(works(due + number * DAY) for number in range(1, (today - due).days))
    return max((place, "overdue", past) for place, past in ((3, 0), (4, 1), (5, 3), (6, 7)) if past <= passed)


def wanted(fate: Fate, seen: list[Look]) -> Iterator[tuple[str, int, date]]:
    """Yield kind, days past and clock of every alert that one decision must raise."""
    said = 0
    for look in seen:
        if look.day < fate.arrives:
            continue
        if fate.ends is not None and look.day >= fate.ends:
            if said:
                yield ("resolved", 0, look.clock)
            return
        came = step(fate.due, look.clock)
        if came and came[0] > said:
            said = came[0]
            yield (*came[1:], look.clock)


def moment(day: date) -> datetime:
    """Return noon of a day, in China."""
    return datetime.combine(day, time(4), UTC)


@pytest.mark.timeout(3_000)
def test_a_year_raises_what_it_must_and_nothing_else(ledger: Engine) -> None:
    """Spring Festival, National Day, worked weekends, agents away and clocks set back: each alert once."""
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)  # noqa: S311 -- chooses a year
    year, seen = fates(chance), looks(chance)
    news = defaultdict(list)
    for fate in year:
        for day in {fate.arrives, fate.ends or fate.arrives}:
            news[day].append(fate)
    log, recorder = Log(), Recorder(ledger, "record", CODEC, CALENDAR.due_day)
    deadlines = Deadlines(ledger, CODEC)
    day = FIRST
    while day <= LAST:
        told = [log.record(event) for fate in news.get(day, ()) for event in events(fate, day)]
        if told:
            recorder.apply(told, spans_of(told))
        for look in seen:
            if look.day == day:
                deadlines.tick(moment(look.clock), make.reached(look.clock))
        day += DAY

    with reading(ledger) as connection:
        raised = sorted(
            (row.identity, row.kind, row.days_past, row.raised_at.date())
            for row in connection.execute(select(alert))
        )
    expected = sorted((make.key_of(fate.number), *one) for fate in year for one in wanted(fate, seen))
    assert raised == expected, f"seed {seed}"
    assert len({kind for _, kind, _, _ in raised}) == 4
    assert verify(ledger).broken_at is None
