"""Looks at the ledger's clock again and again, and has what is due or overdue alerted."""

import asyncio
import logging
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from streams.domain.alerting import Reach, ahead, reaches
from streams.domain.calendar import DEADLINE_WORKING_DAYS, Calendar
from streams.domain.errors import UnavailableError

log = logging.getLogger(__name__)

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The day on which a decision is due ends in China."""
SHOWN_WORKING_DAYS = DEADLINE_WORKING_DAYS
"""How far ahead due days are shown: as far as a decision made today can have its own."""


class Ledger(Protocol):
    """Where due days and alerts are kept; a second agent on it alerts nobody twice."""

    def tick(self, *, now: datetime, at: Sequence[Reach]) -> object:
        """Raise what has become due since, resolve what was published; each alert once.

        Raises `UnavailableError` while the ledger is away.
        """
        ...

    def counts(self, today: date, until: date) -> Sequence["Counted"]:
        """Return the open decisions past their due day, and due up to `until`, by department and day."""
        ...


class Counted(Protocol):
    """Open decisions of one department that are due on one day."""

    @property
    def department_code(self) -> str:
        """统一社会信用代码."""
        ...

    @property
    def due_on(self) -> date | None:
        """None where the day has passed."""
        ...

    @property
    def count(self) -> int:
        """How many."""
        ...


class Observer(Protocol):
    """Told after each tick; implemented by `monitoring.deadlines`."""

    def ticked(self, *, at: datetime) -> None:
        """One tick is done."""
        ...

    def due(self, *, near: Mapping[str, int], past: Mapping[str, int]) -> None:
        """Department code → open decisions near due, and past due."""
        ...

    def coming(self, *, left: Mapping[tuple[str, int], int], days: Sequence[date]) -> None:
        """(Department code, working days left) → open decisions; the n-th of `days` is that day."""
        ...

    def working_day(self, *, works: bool) -> None:
        """Whether offices work today."""
        ...

    def calendar_known(self, *, year: int, known: bool) -> None:
        """Whether the holidays of `year` are known, or only guessed from the weekday."""
        ...

    def calendar_ends(self, *, on: date) -> None:
        """Until which day all holidays are known."""
        ...


def add_deadline(
    app: Any,
    *,
    ledger: Ledger,
    calendar: Calendar,
    now: Callable[[], datetime],
    every_s: float,
    warn_working_days: int,
    observer: Observer,
) -> None:
    """Add the timer that ticks the ledger every `every_s` seconds.

    An uncaught error would end the worker; while the ledger is away the tick is left to the next one,
    which catches up: a tick looks at the state, not at the time since the last.
    """

    @app.timer(every_s, name="deadline", on_leader=False)  # type: ignore[untyped-decorator]  # Faust has no types
    async def deadline() -> None:
        moment = now()
        today = moment.astimezone(SHANGHAI).date()
        at = reaches(today, calendar, warn_working_days=warn_working_days)
        days = (today, *calendar.working_days_after(today, SHOWN_WORKING_DAYS))
        try:
            await asyncio.to_thread(ledger.tick, now=moment, at=at)
            counts = await asyncio.to_thread(ledger.counts, today, days[-1])
        except UnavailableError as error:
            log.warning("deadlines wait for the ledger: %s", error)
            return
        observer.ticked(at=moment)
        _tell_due(counts, days, ahead(today, calendar, warn_working_days), observer)
        _tell_calendar(calendar, today, observer)


def _tell_due(counts: Sequence[Counted], days: Sequence[date], warn_until: date, observer: Observer) -> None:
    near, past, left = Counter[str](), Counter[str](), Counter[tuple[str, int]]()
    for one in counts:
        if one.due_on is None:
            past[one.department_code] += one.count
            continue
        if one.due_on <= warn_until:
            near[one.department_code] += one.count
        # by another calendar, a day may be due that is no working day here: the next one is shown
        left[one.department_code, bisect_left(days, one.due_on)] += one.count
    observer.due(near=near, past=past)
    observer.coming(left=left, days=days)


def _tell_calendar(calendar: Calendar, today: date, observer: Observer) -> None:
    observer.working_day(works=calendar.is_working_day(today))
    for year in (today.year, calendar.due_day(today).year):
        observer.calendar_known(year=year, known=calendar.known(year))
    last = next(year for year in count(today.year) if not calendar.known(year)) - 1
    observer.calendar_ends(on=date(last, 12, 31))
