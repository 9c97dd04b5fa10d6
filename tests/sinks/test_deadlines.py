"""The deadlines in the ledger, on both databases."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from sinks import deadlines
from sinks.deadlines import Contact, Deadlines, TickResult
from sinks.due_counts import DueCount
from sinks.ledger.audit import verify
from sinks.ledger.database import reading
from sinks.ledger.tables import outgoing
from sinks.summary import summary
from streams.domain.events import Addressee, Alert, AlertKind
from streams.domain.stages import DecisionKey
from tests.sinks import make
from tests.sinks.make import AUTHORITY, CITY, CODEC, CREDIT, DUE, NOON, Log
from tests.sinks.recording import record

DAY = timedelta(days=1)
OFFICE = "市市场监管局信用科 王科长"
NOTHING = TickResult()


class Ledger:
    """A ledger with its recorder and deadlines, as the tests use them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.log = Log()
        self.deadlines = Deadlines(engine, CODEC, lambda _: Contact(department="某局", responsible=OFFICE))

    def record(self, *events: make.Event) -> None:
        """Record events."""
        record(self.engine, [self.log.record(event) for event in events])

    def tick(self, days: int) -> TickResult:
        """Look so many days after the day on which the decisions of the tests are due."""
        today = DUE + days * DAY
        return self.deadlines.tick(NOON + days * DAY, make.reached(today))

    def alerts(self) -> list[Alert]:
        """Return the alerts that are to go out."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(outgoing).order_by(outgoing.c.id)).all()
        return [CODEC.decode_alert(row.payload) for row in rows if row.topic == "deadline.alert"]


def test_a_decision_is_warned_of_alerted_and_resolved_once(ledger: Engine) -> None:
    """Each step comes on its day, once: two days before, today, past, further up, public at last."""
    at = Ledger(ledger)
    at.record(make.submitted(1), *((portal, make.public(1)) for portal in make.BOTH), make.receipt(1, CITY))
    # DUE is a Wednesday: a working day has passed on Friday, three on Tuesday, seven on the next Saturday
    steps = {
        -3: NOTHING,
        -2: TickResult(raised_due_soon=1),
        -1: NOTHING,
        0: TickResult(raised_due_today=1),
        1: TickResult(raised_overdue=1),
        2: TickResult(raised_overdue=1),
        5: NOTHING,
        6: TickResult(raised_overdue=1),
        9: NOTHING,
        10: TickResult(raised_overdue=1),
        60: NOTHING,
    }
    for days, raised in steps.items():
        assert (days, at.tick(days), at.tick(days)) == (days, raised, NOTHING)
    at.record(make.receipt(1, CREDIT))
    assert (at.tick(60), at.tick(61)) == (TickResult(resolved=1), NOTHING)

    alerts = at.alerts()
    responsible, head, supervisor = Addressee
    assert [(one.kind, one.days_past, one.addressee) for one in alerts] == [
        (AlertKind.DUE_SOON, 0, responsible),
        (AlertKind.DUE_TODAY, 0, responsible),
        (AlertKind.OVERDUE, 0, responsible),
        (AlertKind.OVERDUE, 1, responsible),
        (AlertKind.OVERDUE, 3, head),
        (AlertKind.OVERDUE, 7, supervisor),
        (AlertKind.RESOLVED, 7, supervisor),
    ]
    assert [one.portals for one in alerts] == [(CREDIT,)] * 6 + [()]
    assert {(one.key, one.responsible, one.due_on) for one in alerts} == {(make.key_of(1), OFFICE, DUE)}
    assert len({one.event_id for one in alerts}) == 7
    assert summary(ledger).alerts == {"due_soon": 1, "due_today": 1, "overdue": 1, "resolved": 1}
    assert verify(ledger).broken_at is None


def test_what_an_agent_was_away_for_is_said_once(ledger: Engine) -> None:
    """After days without an agent each decision has the furthest step it came to, not all of them."""
    at = Ledger(ledger)
    at.record(*(make.submitted(number) for number in range(1, 4)))
    assert at.tick(-2) == TickResult(raised_due_soon=3)

    assert at.tick(7) == TickResult(raised_overdue=3)

    assert Counter((one.kind, one.days_past) for one in at.alerts()) == {
        (AlertKind.DUE_SOON, 0): 3,
        (AlertKind.OVERDUE, 3): 3,
    }


def test_a_clock_that_is_set_back_says_nothing_again(ledger: Engine) -> None:
    """A step that was taken stays taken, whatever day the clock tells afterwards."""
    at = Ledger(ledger)
    at.record(make.submitted(1))
    at.tick(2)

    assert [at.tick(days) for days in (-2, 0, 1, 2, 5)] == [NOTHING] * 5
    assert at.tick(6) == TickResult(raised_overdue=1)


def test_the_clock_runs_for_whatever_is_not_public(ledger: Engine) -> None:
    """Received and rejected decisions are overdue like others; withheld and published ones never."""
    at = Ledger(ledger)
    at.record(*(make.submitted(number) for number in range(1, 5)))
    at.record(make.rejected(2), make.withheld(3), make.rejected(90, key=DecisionKey("")))
    at.record((CITY, make.public(4, portals=(CITY,))), make.receipt(4, CITY))

    assert at.tick(1) == TickResult(raised_overdue=3)
    assert {one.key for one in at.alerts()} == {make.key_of(1), make.key_of(2), make.event_of(90)}
    assert all(one.portals == () for one in at.alerts())


def test_a_decision_that_is_found_overdue_is_not_warned_of(ledger: Engine) -> None:
    """What arrives after its day is overdue at once, and skips the warning."""
    at = Ledger(ledger)
    at.record(make.submitted(1))
    assert at.tick(30) == TickResult(raised_overdue=1)


def test_a_due_day_that_moves_begins_anew(ledger: Engine) -> None:
    """A wrong date that is mended: the alert of the old due day ends, and the new one has all its steps."""
    at = Ledger(ledger)
    at.record(make.submitted(1), make.submitted(2))
    assert at.tick(1) == TickResult(raised_overdue=2)

    def dated(number: int, revision: int, day: str) -> make.Event:
        event = make.submitted(number, revision)
        return replace(event, columns={**event.columns, "CF_JDRQ": day})

    at.record(dated(1, 2, "2026/3/20"))  # nine days later: 3-29, a Sunday
    later = DueCount(department_code=AUTHORITY, due_on=DUE + 18 * DAY, count=1)
    assert later in at.deadlines.counts(DUE + DAY, DUE + 30 * DAY)
    assert (at.tick(1), at.tick(1)) == (TickResult(resolved=1), NOTHING)
    assert at.tick(18) == TickResult(raised_due_today=1, raised_overdue=1)
    assert at.tick(19) == TickResult(raised_overdue=1)
    at.record(dated(1, 3, "2026/3/3"), dated(2, 2, "2026/3/3"))
    at.record(*((CITY, make.public(2, 2, portals=(CITY,))), make.receipt(2, CITY, 2)))
    assert (at.tick(19), at.tick(19)) == (TickResult(resolved=2), TickResult(raised_overdue=1))

    mine = [(one.kind, (one.due_on - DUE).days) for one in at.alerts() if one.key == make.key_of(1)]
    assert mine == [
        (AlertKind.OVERDUE, 0),
        (AlertKind.RESOLVED, 0),
        (AlertKind.DUE_TODAY, 18),
        (AlertKind.OVERDUE, 18),
        (AlertKind.RESOLVED, 18),
        (AlertKind.OVERDUE, 1),
    ]
    ended = [one for one in at.alerts() if one.key == make.key_of(2)][-1]
    assert (ended.kind, ended.due_on) == (AlertKind.RESOLVED, DUE)
    assert verify(ledger).broken_at is None


def test_withholding_resolves(ledger: Engine) -> None:
    """An alert ends when the decision turns out to be one that is not to be published."""
    at = Ledger(ledger)
    at.record(make.submitted(1))
    at.tick(0)
    at.record(make.submitted(1, 2), make.withheld(1, 2))
    assert at.tick(0).resolved == 1


def test_a_record_that_moved_to_another_key_resolves_there(ledger: Engine) -> None:
    """When the review finds the right key, the alert under the wrong one ends."""
    at = Ledger(ledger)
    at.record(make.submitted(1, key=DecisionKey("typed|wrongly|x")))
    at.tick(1)
    at.record(make.rejected(1))
    assert at.tick(1) == TickResult(raised_overdue=1, resolved=1)
    assert summary(ledger).submitted == 1


def test_counts_are_by_department_and_day(ledger: Engine) -> None:
    """Open decisions are counted for their department by due day, in one row once that has passed."""
    at = Ledger(ledger)
    at.record(*(make.submitted(number) for number in range(1, 4)))
    at.record((CITY, make.public(3, portals=(CITY,))), make.receipt(3, CITY))

    def counts(days: int) -> tuple[DueCount, ...]:
        today = DUE + days * DAY
        return at.deadlines.counts(today, today + 2 * DAY)

    assert counts(-3) == ()
    assert counts(-1) == counts(0) == (DueCount(department_code=AUTHORITY, due_on=DUE, count=2),)
    at.tick(1)
    assert counts(1) == (DueCount(department_code=AUTHORITY, due_on=None, count=2),)


def test_what_is_much_is_raised_in_pieces(ledger: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a long absence every decision is told of once, however many transactions that takes."""
    monkeypatch.setattr(deadlines, "AT_ONCE", 3)
    at = Ledger(ledger)
    at.record(*(make.submitted(number) for number in range(10)))
    assert at.tick(1) == TickResult(raised_overdue=10)
    at.record(*((CITY, make.public(n, portals=(CITY,))) for n in range(10)))
    at.record(*(make.receipt(number, CITY) for number in range(10)))
    assert (at.tick(1), at.tick(1)) == (TickResult(resolved=10), NOTHING)
    assert Counter(one.key for one in at.alerts()) == {make.key_of(number): 2 for number in range(10)}
    assert verify(ledger).broken_at is None


def test_agents_that_look_at_once_raise_each_alert_once(ledger: Engine, ledger_url: str) -> None:
    """Several agents on one ledger raise every alert exactly once between them."""
    at = Ledger(ledger)
    at.record(*(make.submitted(number) for number in range(300)))
    code = f"""
from datetime import UTC, date, datetime
from schemas.codec import Codec
from schemas.store import RepositoryStore
from sinks.deadlines import Deadlines
from sinks.ledger.database import open_ledger
from streams.domain.alerting import reaches
from streams.domain.calendar import Calendar
deadlines = Deadlines(open_ledger({ledger_url!r}), Codec(RepositoryStore()))
at = reaches(date({DUE.year}, {DUE.month}, {DUE.day + 1}), Calendar(), warn_working_days=2)
print(deadlines.tick(datetime(2026, 3, 12, tzinfo=UTC), at).raised_overdue)
"""
    processes = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    raised = [int(process.communicate(timeout=60)[0]) for process in processes]
    assert sum(raised) == 300
    assert Counter(one.key for one in at.alerts()) == {make.key_of(number): 1 for number in range(300)}
    assert at.deadlines.tick(datetime(2026, 3, 12, tzinfo=UTC), make.reached(DUE + DAY)) == NOTHING
