"""The recorder on both databases."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import Engine, select, update

from sinks.holds import held
from sinks.ledger.audit import verify
from sinks.ledger.database import reading, writing
from sinks.ledger.tables import audit, decision, event, publication
from sinks.path import path_of
from sinks.record import Recorder
from sinks.settling import Status
from sinks.summary import PortalCount, summary
from streams.domain.errors import StalePositionError
from streams.domain.stages import Action, Cause, DecisionKey, Review, Ruling
from streams.records import Record, spans_of
from streams.topics import SUBMITTED
from tests.sinks import make
from tests.sinks.make import BOTH, CITY, CODEC, CREDIT, NOON, Log


def recorder(engine: Engine) -> Recorder:
    """Return a recorder of the group that the tests use."""
    return Recorder(engine, "record", CODEC, make.due_day)


def record(engine: Engine, records: list[Record]) -> None:
    """Apply records one topic after the other, in offset order, as one batch."""
    recorder(engine).apply(records, spans_of(sorted(records, key=lambda r: (r.topic, r.offset))))


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


def test_a_decision_without_a_day_is_due_from_its_arrival(ledger: Engine) -> None:
    """What cannot be read is due from the day in Shanghai on which it arrived."""
    late = NOON.replace(hour=17)  # 1 a.m. of the next day in Shanghai
    record(ledger, [Log().record(make.rejected(90, key=DecisionKey("")), late)])

    (path,) = path_of(ledger, make.event_of(90))
    assert path.identity == make.event_of(90)
    assert path.due_on == make.DUE + timedelta(days=1)


def test_the_path_tells_everything(ledger: Engine) -> None:
    """A decision's path, found by its document number, has its findings, portals and audit trail."""
    log = Log()
    record(ledger, [log.record(make.submitted(1)), log.record(make.rejected(1))])
    record(ledger, [log.record(make.submitted(1, 2)), *log.released(make.public(1, 2))])
    record(ledger, [log.record(make.receipt(1, CITY, 2))])

    (path,) = path_of(ledger, "济市监罚〔2026〕1号")
    assert [finding.code for finding in path.findings] == ["MISSING"]
    assert [(line.portal, line.state) for line in path.portals] == [(CITY, "accepted"), (CREDIT, "expected")]
    assert path.open_portals == (CREDIT,)
    assert [line.entry for line in path.audit] == ["received", "rejected", "received", "released"]
    assert path.status is Status.RECEIVED


def test_a_hand_in_that_changes_nothing_is_accounted_for(ledger: Engine) -> None:
    """A duplicate leaves the decision as it stands, published, with its trace on the audit trail."""
    log = Log()
    record(ledger, [log.record(make.submitted(1)), *log.released(make.public(1))])
    record(ledger, [log.record(make.receipt(1, portal)) for portal in BOTH])
    record(ledger, [log.record(make.submitted(1, 2))])
    assert summary(ledger).received == 1

    record(ledger, [log.record(make.unchanged(1, 2, Cause.SAME_CONTENT))])

    (path,) = path_of(ledger, make.key_of(1))
    assert (path.status, path.revision) == (Status.PUBLISHED, 1)
    assert [line.entry for line in path.audit] == ["received", "released", "received", "unchanged"]
    assert summary(ledger).balanced


def test_a_withdrawn_decision_is_settled(ledger: Engine) -> None:
    """When every portal has taken the withdrawal the decision is withdrawn, and its clock stands."""
    log = Log()
    gone = make.public(1, 2, action=Action.WITHDRAW)
    record(ledger, [log.record(make.submitted(1)), *log.released(make.public(1)), *log.released(gone)])
    assert path_of(ledger, make.key_of(1))[0].status is Status.RECEIVED

    record(ledger, [log.record(make.receipt(1, portal, revision)) for portal in BOTH for revision in (1, 2)])

    (path,) = path_of(ledger, make.key_of(1))
    assert (path.status, summary(ledger).withdrawn, summary(ledger).balanced) == (Status.WITHDRAWN, 1, True)


def test_what_is_withheld_later_is_withdrawn_and_withheld(ledger: Engine) -> None:
    """One event that withholds and withdraws is told by two topics: withheld counts, in either order."""
    log = Log()
    gone = make.public(1, 2, action=Action.WITHDRAW)
    records = [log.record(make.withheld(1, 2)), *log.released(gone), log.record(make.submitted(1, 2))]
    for order in (records, records[::-1]):
        facts = [replace(one, partition=number + 10 * len(order)) for number, one in enumerate(order)]
        record(ledger, [replace(one, offset=one.offset + (order is not records) * 9) for one in facts])
        (path,) = path_of(ledger, make.key_of(1))
        assert (path.status, path.ground, path.open_portals) == (Status.WITHHELD, "国家秘密", BOTH)


def test_what_is_held_waits_for_a_person(ledger: Engine) -> None:
    """A held decision is listed with its signs and its record's place, its clock running."""
    log = Log()
    record(ledger, [log.record(make.submitted(9)), log.record(make.submitted(1)), log.record(make.held(1))])

    (line,) = held(ledger, "济市监罚〔2026〕1号")
    assert (line.key, line.place, line.due_on) == (make.key_of(1), (0, 1), make.DUE)
    assert [sign.code for sign in line.signs] == ["HOLD_MINOR"]
    with reading(ledger) as connection:
        opened = select(decision.c.open).where(decision.c.identity == make.key_of(1))
        assert connection.execute(opened).scalar_one()
    assert (summary(ledger).held, held(ledger, "no such")) == (1, ())


def test_a_ruling_is_on_the_audit_trail(ledger: Engine) -> None:
    """Who has ruled what and when stands in the chain, and is no hand-in of the department's."""
    log = Log()
    later = NOON + timedelta(hours=1)
    review = Review(ruling=Ruling.APPROVE, held=make.event_of(1), by="李审核", at=later)
    again = replace(make.submitted(1, 2), review=review)
    record(ledger, [log.record(make.submitted(1)), log.record(make.held(1))])
    approved = [log.record((portal, make.public(1, 2)), later) for portal in BOTH]
    record(ledger, [log.record(again, later), *approved])

    (path,) = path_of(ledger, make.key_of(1))
    assert [(line.entry, line.by, line.at) for line in path.audit][2:] == [
        ("approve", "李审核", later),
        ("released", "", later),
    ]
    assert path.received_at == NOON
    assert verify(ledger).broken_at is None
    with writing(ledger) as connection:
        connection.execute(update(audit).where(audit.c.entry == "approve").values(by="王审核"))
    assert verify(ledger).broken_at == 3


def test_keeps_where_was_masked_once(ledger: Engine) -> None:
    """Places of masking are on file and proven by the audit trail, once however often their record comes."""
    log = Log()
    records = [log.record(make.submitted(1)), log.record(make.masking(1)), log.record(make.masking(1))]
    record(ledger, records)
    record(ledger, [log.record(make.masking(1))])

    (path,) = path_of(ledger, make.key_of(1))
    assert [(line.column, line.start, line.end, line.kind) for line in path.masked] == [
        ("CF_SY", 3, 14, "MOBILE"),
        ("CF_SY", 20, 23, "PERSON"),
    ]
    assert [line.entry for line in path.audit] == ["received", "masked"]
    assert verify(ledger).broken_at is None


def test_the_trail_notices_when_places_are_changed(ledger: Engine) -> None:
    """The hash of the places is part of the chain: nobody can put others in their stead unseen."""
    log = Log()
    record(ledger, [log.record(make.submitted(1)), log.record(make.masking(1))])
    with writing(ledger) as connection:
        connection.execute(update(audit).where(audit.c.entry == "masked").values(about="0" * 64))
    assert verify(ledger).broken_at == 2
