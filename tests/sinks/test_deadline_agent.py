"""The deadline agent's ticks: what it asks of the ledger, and what it shows afterwards."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sinks.due_counts import DueCount
from streams.agents.deadline import add_deadline
from streams.domain.alerting import Reach
from streams.domain.calendar import Calendar
from streams.domain.errors import UnavailableError

A, B = "11370100MB9A000146", "11370100MB9A000221"
# noon before National Day of 2026: 10-01 to 10-07 are off, Saturday 10-10 is worked
NOON = datetime(2026, 9, 30, 4, tzinfo=UTC)


class FakeApp:
    """Keeps the timer's function, to be called by the test."""

    def __init__(self) -> None:
        self.tick: Callable[[], Coroutine[Any, Any, None]]

    def timer(self, every_s: float, **_: object) -> Callable[[Any], Any]:
        def keep(function: Any) -> Any:
            self.tick = function
            return function

        return keep


@dataclass
class FakeLedger:
    """Has these open decisions, or is away."""

    found: tuple[DueCount, ...] = ()
    away: bool = False
    asked: list[tuple[date, date]] = field(default_factory=list)

    def tick(self, *, now: datetime, at: Sequence[Reach]) -> object:
        if self.away:
            raise UnavailableError("the ledger is away")
        return None

    def counts(self, today: date, until: date) -> Sequence[DueCount]:
        self.asked.append((today, until))
        return self.found


@dataclass
class FakeObserver:
    """Remembers what it was told."""

    near: dict[str, int] = field(default_factory=dict)
    past: dict[str, int] = field(default_factory=dict)
    left: dict[tuple[str, int], int] = field(default_factory=dict)
    days: Sequence[date] = ()
    years: dict[int, bool] = field(default_factory=dict)
    ends: date | None = None
    works: bool | None = None
    ticks: list[datetime] = field(default_factory=list)

    def ticked(self, *, at: datetime) -> None:
        self.ticks.append(at)

    def due(self, *, near: Mapping[str, int], past: Mapping[str, int]) -> None:
        self.near, self.past = dict(near), dict(past)

    def coming(self, *, left: Mapping[tuple[str, int], int], days: Sequence[date]) -> None:
        self.left, self.days = dict(left), days

    def working_day(self, *, works: bool) -> None:
        self.works = works

    def calendar_known(self, *, year: int, known: bool) -> None:
        self.years[year] = known

    def calendar_ends(self, *, on: date) -> None:
        self.ends = on


async def look(ledger: FakeLedger, now: datetime, calendar: Calendar | None = None) -> FakeObserver:
    """Let the agent look once."""
    app, observer = FakeApp(), FakeObserver()
    add_deadline(
        app,
        ledger=ledger,
        calendar=calendar or Calendar(),
        now=lambda: now,
        every_s=30,
        warn_working_days=2,
        observer=observer,
    )
    await app.tick()
    return observer


def due(code: str, day: date | None, count: int) -> DueCount:
    """Return what the ledger counts."""
    return DueCount(department_code=code, due_on=day, count=count)


async def test_what_is_due_is_told_by_the_working_days_left() -> None:
    """Days off do not count: what is due after National Day has one, two, three working days left."""
    ledger = FakeLedger(
        (
            due(A, None, 4),
            due(A, date(2026, 9, 30), 1),
            due(A, date(2026, 10, 8), 2),
            due(B, date(2026, 10, 10), 5),
            due(B, date(2026, 10, 15), 6),
        )
    )
    told = await look(ledger, NOON)

    assert ledger.asked == [(date(2026, 9, 30), date(2026, 10, 15))]
    assert [day.isoformat()[5:] for day in told.days] == [
        *("09-30", "10-08", "10-09", "10-10", "10-12", "10-13", "10-14", "10-15"),
    ]
    assert told.left == {(A, 0): 1, (A, 1): 2, (B, 3): 5, (B, 7): 6}
    assert (told.near, told.past) == ({A: 3}, {A: 4})
    assert told.works is True


async def test_on_a_day_off_nothing_is_due_today() -> None:
    """On Saturday what is due on Monday has one working day left; what is due on Sunday is shown there."""
    ledger = FakeLedger((due(A, date(2026, 11, 30), 1), due(A, date(2026, 11, 29), 2)))
    told = await look(ledger, datetime(2026, 11, 28, 4, tzinfo=UTC))
    assert told.left == {(A, 1): 3}
    assert told.works is False


async def test_the_end_of_the_calendar_is_told() -> None:
    """The last day of the last year in a row whose holidays are known, and the years of today's due day."""
    told = await look(FakeLedger(), datetime(2026, 12, 28, 4, tzinfo=UTC))
    assert (told.ends, told.years) == (date(2026, 12, 31), {2026: True, 2027: False})
    longer = Calendar(known_years=(2027, 2029))
    told = await look(FakeLedger(), datetime(2026, 12, 28, 4, tzinfo=UTC), longer)
    assert (told.ends, told.years) == (date(2027, 12, 31), {2026: True, 2027: True})


async def test_a_ledger_that_is_away_is_no_tick() -> None:
    """Nothing is shown of a look that failed, so that it is seen that nobody watches."""
    told = await look(FakeLedger(away=True), NOON)
    assert (told.ticks, told.days) == ([], ())
