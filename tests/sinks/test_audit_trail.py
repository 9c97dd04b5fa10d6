"""What people rule and what is masked stands in the ledger's audit trail, and cannot be changed unseen."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, update

from sinks.ledger.audit import verify
from sinks.ledger.database import writing
from sinks.ledger.tables import audit
from sinks.path import path_of
from streams.domain.stages import Review, Ruling
from tests.sinks import make
from tests.sinks.make import BOTH, NOON, Log
from tests.sinks.recording import record


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
