"""What the deadline agent shows: who is near and past due days, the coming days, and who was told."""

from collections import Counter as Tally
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry

from monitoring import definitions
from monitoring.labels import known_only
from monitoring.making import gathered, make_counter, make_gauge

SHANGHAI = ZoneInfo("Asia/Shanghai")
OVERDUE = "overdue"
"""Label of what is past its due day, beside the working days that are left."""


class Deadlines:
    """Shows due days kept and missed; fits `streams.agents.deadline.Observer`.

    A department code that the catalogue does not know was typed by somebody and may be anything: it is
    shown as `other`.
    """

    def __init__(self, registry: CollectorRegistry, departments: Collection[str]) -> None:
        self._near = make_gauge(registry, definitions.NEAR_DUE)
        self._past = make_gauge(registry, definitions.PAST_DUE)
        self._open = make_gauge(registry, definitions.OPEN)
        self._day = make_gauge(registry, definitions.DAY)
        self._working_day = make_gauge(registry, definitions.WORKING_DAY)
        self._calendar = make_gauge(registry, definitions.CALENDAR)
        self._calendar_end = make_gauge(registry, definitions.CALENDAR_END)
        self._tick = make_gauge(registry, definitions.TICK)
        self._held_oldest = make_gauge(registry, definitions.HELD_OLDEST)
        self._outgoing_oldest = make_gauge(registry, definitions.OUTGOING_OLDEST)
        self._departments = departments
        self._shown: set[str] = set()

    def due(self, *, near: Mapping[str, int], past: Mapping[str, int]) -> None:
        """Show department code → open decisions near due and past due."""
        counts = [gathered(tally, self._department) for tally in (near, past)]
        self._shown |= {code for tally in counts for code in tally}
        for gauge, tally in zip((self._near, self._past), counts, strict=True):
            for code in self._shown:
                gauge.labels(code).set(tally[code])
        for code in self._shown:
            self._open.labels(code, OVERDUE).set(counts[1][code])

    def coming(self, *, left: Mapping[tuple[str, int], int], days: Sequence[date]) -> None:
        """Show (department code, working days left) → open decisions, and which day each of `days` is."""
        counts: Tally[tuple[str, int]] = Tally()
        for (code, number), count in left.items():
            counts[self._department(code), number] += count
        self._shown |= {code for code, _ in counts}
        for number, day in enumerate(days):
            self._day.labels(str(number)).set(_begin(day).timestamp())
            for code in self._shown:
                self._open.labels(code, str(number)).set(counts[code, number])

    def ticked(self, *, at: datetime) -> None:
        """Show when the due days were last looked at."""
        self._tick.set(at.timestamp())

    def working_day(self, *, works: bool) -> None:
        """Show whether offices work today."""
        self._working_day.set(works)

    def calendar_known(self, *, year: int, known: bool) -> None:
        """Show whether the holidays of `year` are known."""
        self._calendar.labels(str(year)).set(known)

    def calendar_ends(self, *, on: date) -> None:
        """Show until which day all holidays are known."""
        self._calendar_end.set(_begin(on + timedelta(days=1)).timestamp())

    def waits(self, *, held: timedelta, outgoing: timedelta) -> None:
        """Show for how long the ledger has waited for a person, and for Kafka."""
        self._held_oldest.set(held.total_seconds())
        self._outgoing_oldest.set(outgoing.total_seconds())

    def _department(self, code: str) -> str:
        return known_only(self._departments, code)


class Notices:
    """Counts who is told of alerts; fits `sinks.notices.ports.Observer`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._told = make_counter(registry, definitions.NOTICES)
        self._waiting = make_gauge(registry, definitions.NOTICES_WAITING)
        self._oldest = make_gauge(registry, definitions.NOTICES_OLDEST)

    def told(self, *, channel: str, verdict: str, count: int) -> None:
        """Count alerts that were tried."""
        self._told.labels(channel, verdict).inc(count)

    def waiting(self, *, channel: str, count: int, oldest: timedelta) -> None:
        """Show what waits for a channel."""
        self._waiting.labels(channel).set(count)
        self._oldest.labels(channel).set(oldest.total_seconds())


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
