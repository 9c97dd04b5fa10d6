"""The recorder on both databases: whatever comes in whatever order is recorded once, and balances."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import Engine, select

from sinks.ledger.audit import verify
from sinks.ledger.database import reading
from sinks.ledger.tables import decision, event, publication
from sinks.settling import Status
from sinks.summary import PortalCount, summary
from streams.domain.errors import StalePositionError
from streams.domain.stages import DecisionKey
from streams.records import Record
from streams.topics import SUBMITTED
from tests.sinks import make
from tests.sinks.make import BOTH, CITY, CREDIT, NOON, Log
from tests.sinks.recording import record, recorder


def settled(engine: Engine) -> list[tuple[object, ...]]:
    """Return every row that must not depend on the order; where a record stood does, as the tests lay it."""
    with reading(engine) as connection:
        return [
            tuple(value for name, value in row.items() if name not in ("partition", "record_offset"))
            for table in (event, decision, publication)
            for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
            if "moved" not in row.values()
        ]


def a_day_of_work(log: Log) -> list[Record]:
    """Return the records of decisions of every fate."""
    later = NOON + timedelta(minutes=5)
    return [
        *(log.record(make.submitted(number)) for number in range(1, 6)),
        log.raw(SUBMITTED.name, b"no event"),
        log.record(make.submitted(1, 2), later),
        *log.released(make.public(1)),
        *log.released(make.public(1, 2)),
        *log.released(make.public(2)),
        log.record(make.rejected(3)),
        log.record(make.withheld(4)),
        log.record(make.rejected(90, key=DecisionKey(""))),
        *(log.record(make.receipt(1, portal, revision, at=later)) for portal in BOTH for revision in (1, 2)),
        log.record(make.receipt(2, CITY)),
    ]


def test_the_balance_counts_each_decision_once(ledger: Engine) -> None:
    """Decisions are counted over all their revisions, and what nobody can read is counted as well."""
    record(ledger, a_day_of_work(Log()))

    balance = summary(ledger)
    assert (balance.submitted, balance.received) == (6, 2)
    assert (balance.published, balance.rejected, balance.withheld) == (1, 2, 1)
    assert balance.deliveries == {
        CITY: PortalCount(expected=3, accepted=3),
        CREDIT: PortalCount(expected=3, accepted=2),
    }
    assert not balance.balanced


def test_a_settled_day_balances(ledger: Engine) -> None:
    """When every hand-in has its outcome and every portal has accepted, the balance says so."""
    log = Log()
    record(ledger, a_day_of_work(log))
    record(ledger, [log.record(make.receipt(2, CREDIT)), log.record(make.rejected(5))])

    assert summary(ledger).balanced


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_topics_does_not_matter(ledger: Engine, other_ledger: Engine, seed: int) -> None:
    """Whatever order the records of different topics arrive in, the same rows stand at the end."""
    records = a_day_of_work(Log())
    record(other_ledger, records)
    shuffled = [replace(one, partition=number) for number, one in enumerate(records)]
    Random(seed).shuffle(shuffled)  # noqa: S311 -- a reproducible order

    for one in shuffled:
        record(ledger, [one])

    assert settled(ledger) == settled(other_ledger)
    assert summary(ledger) == summary(other_ledger)
    assert verify(ledger).rows == verify(other_ledger).rows


def test_a_batch_is_recorded_once(ledger: Engine) -> None:
    """A batch that another follower has already recorded is refused as stale, and changes nothing."""
    records = a_day_of_work(Log())
    record(ledger, records)
    before = settled(ledger), summary(ledger), verify(ledger)

    with pytest.raises(StalePositionError):
        record(ledger, records)

    assert (settled(ledger), summary(ledger), verify(ledger)) == before
    assert recorder(ledger).positions([(SUBMITTED.name, 0), (SUBMITTED.name, 1)]) == {(SUBMITTED.name, 0): 7}


def test_the_hand_in_keeps_nothing_personal(ledger: Engine) -> None:
    """Of decision.submitted the ledger has the key, the authority and the day, and no column beside."""
    record(ledger, [Log().record(make.submitted(1))])

    with reading(ledger) as connection:
        row = connection.execute(select(decision)).mappings().one()
    assert (row["status"], row["department_code"], row["due_on"]) == (
        Status.RECEIVED,
        make.AUTHORITY,
        make.DUE,
    )
    assert row["received_at"] == NOON
