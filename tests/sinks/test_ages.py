"""For how long the ledger waits, and how far clocks are apart, on both databases."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from sinks.ages import Ages, ages
from sinks.ledger.clock import ahead
from sinks.record import Recorder
from sinks.relay import Relay
from streams.records import spans_of
from tests.sinks import make
from tests.sinks.make import CODEC, DUE, NOON, Log
from tests.sinks.test_deadlines import Ledger

HOUR = timedelta(hours=1)


def test_what_is_held_ages_from_its_arrival(ledger: Engine) -> None:
    """Nothing waits at first; a held decision does since it came, and no more once it is ruled on."""
    assert ages(ledger, NOON) == Ages(held=timedelta(), outgoing=timedelta())
    log, recorder = Log(), Recorder(ledger, "record", CODEC, make.due_day)

    def record(*events: make.Event) -> datetime:
        records = [log.record(event) for event in events]
        recorder.apply(records, spans_of(records))
        return records[0].timestamp

    came = record(make.submitted(1), make.held(1), make.submitted(2), make.held(2))
    assert ages(ledger, came + 3 * HOUR).held == 3 * HOUR
    assert ages(ledger, came - HOUR).held == timedelta()  # by a clock that is behind
    record(*(event for n in (1, 2) for event in (make.submitted(n, 2), make.withheld(n, 2))))
    assert ages(ledger, came + 3 * HOUR).held == timedelta()


async def test_what_kafka_has_not_taken_ages(ledger: Engine) -> None:
    """An alert waits from when it was raised until the broker has it."""
    at = Ledger(ledger)
    at.record(make.submitted(1))
    at.deadlines.tick(NOON, make.reached(DUE))
    assert ages(ledger, NOON + HOUR).outgoing == HOUR

    async def send(outputs: object) -> None:
        """Take all."""

    await Relay(ledger, send, lambda: NOON).once()
    assert ages(ledger, NOON + HOUR).outgoing == timedelta()


def test_a_clock_is_compared_with_the_databases(ledger: Engine) -> None:
    """A process whose clock is behind knows by how much; SQLite has no clock of its own."""
    behind = timedelta(minutes=2)
    told = ahead(ledger, lambda: datetime.now(UTC) - behind)
    if ledger.dialect.name == "sqlite":
        assert told == timedelta()
    else:
        assert abs(told + behind) < timedelta(seconds=5)
