"""A decision's path: where it stands after what was recorded of it, its portals and their tries."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, select

from sinks.holds import held
from sinks.ledger.database import reading
from sinks.ledger.tables import decision
from sinks.path import path_of
from sinks.settling import Status
from sinks.summary import summary
from streams.domain.stages import Action, Cause, DecisionKey
from tests.sinks import make
from tests.sinks.delivering import AWAY, FakeAdaptor, delivering, settled, take_public, until
from tests.sinks.make import BOTH, CITY, CREDIT, NOON, Log
from tests.sinks.recording import record


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


async def test_the_path_shows_each_try(ledger: Engine) -> None:
    """A decision is found by its key with every try, before the recorder has heard of it as well."""
    take_public(ledger, make.public(1, portals=(CITY,)))
    async with delivering(ledger, {CITY: FakeAdaptor({make.key_of(1): [AWAY]})}):
        await until(lambda: settled(ledger))
    assert path_of(ledger, make.key_of(1)) == ()
    record(ledger, Log().released(make.public(1, portals=(CITY,))))
    (path,) = path_of(ledger, make.key_of(1))
    assert [(one.number, one.verdict) for one in path.attempts] == [(1, "retry"), (2, "accepted")]
    assert [(one.state, one.remote_id) for one in path.portals] == [("accepted", "r-1")]
