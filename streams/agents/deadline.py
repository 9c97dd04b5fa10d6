"""Looks at the ledger's clock again and again, and has what is due or overdue alerted."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from streams.domain.alerting import Reach, reaches
from streams.domain.calendar import Calendar
from streams.domain.errors import UnavailableError

log = logging.getLogger(__name__)

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The day on which a decision is due ends in China."""


class Ledger(Protocol):
    """Where due days and alerts are kept; a second agent on it alerts nobody twice."""

    def tick(self, *, now: datetime, at: Sequence[Reach]) -> object:
        """Raise what has become due since, resolve what was published; each alert once.

        Raises `UnavailableError` while the ledger is away.
        """
        ...

    def counts(self, today: date, warn_until: date) -> Sequence["Counted"]:
        """Return the open decisions near and past their due day, a value a department."""
        ...


class Counted(Protocol):
    """Open decisions of one department."""

    @property
    def department_code(self) -> str:
        """统一社会信用代码."""
        ...

    @property
    def near(self) -> int:
        """Due today or within the days of warning."""
        ...

    @property
    def past(self) -> int:
        """Past their due day."""
        ...


class Observer(Protocol):
    """Told after each tick; implemented by `monitoring.metrics`."""

    def ticked(self, *, at: datetime) -> None:
        """One tick is done."""
        ...

    def due(self, *, near: Mapping[str, int], past: Mapping[str, int]) -> None:
        """Department code → open decisions near due, and past due."""
        ...

    def calendar_known(self, *, year: int, known: bool) -> None:
        """Whether the holidays of `year` are known, or only guessed from the weekday."""
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

    @app.timer(every_s, name="deadline", on_leader=False)  # type: ignore[untyped-decorator]
    async def deadline() -> None:
        moment = now()
        today = moment.astimezone(SHANGHAI).date()
        warn_until = calendar.due_day(today, warn_working_days)
        at = reaches(today, calendar, warn_working_days=warn_working_days)
        try:
            await asyncio.to_thread(ledger.tick, now=moment, at=at)
            counts = await asyncio.to_thread(ledger.counts, today, warn_until)
        except UnavailableError as error:
            log.warning("deadlines wait for the ledger: %s", error)
            return
        observer.ticked(at=moment)
        observer.due(
            near={count.department_code: count.near for count in counts},
            past={count.department_code: count.past for count in counts},
        )
        for year in (today.year, calendar.due_day(today).year):
            observer.calendar_known(year=year, known=calendar.known(year))
