"""The end of publicity, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Engine, select

from sinks.expiry import Expiry
from sinks.ledger.audit import verify
from sinks.ledger.database import reading
from sinks.ledger.tables import outgoing
from streams.domain.calendar import Calendar
from streams.domain.stages import Action, Checked, DecisionKey, Submitted
from streams.domain.validation import check
from tests.sinks import make
from tests.sinks.make import CODEC, NOON, Log
from tests.sinks.recording import record

UNTIL = date(2026, 6, 2)


def take(engine: Engine, log: Log, *events: make.Event) -> None:
    """Record events in the ledger."""
    record(engine, [log.record(event) for event in events])


def published(number: int, revision: int = 1, until: date | None = UNTIL) -> list[make.Event]:
    """Return a decision that is public at both portals, until a day."""
    public = replace(make.public(number, revision), public_until=until)
    receipts = [make.receipt(number, portal, revision) for portal in make.BOTH]
    return [make.submitted(number, revision), *((portal, public) for portal in make.BOTH), *receipts]


def asked(engine: Engine) -> list[Submitted]:
    """Return what is to be handed in."""
    with reading(engine) as connection:
        rows = connection.execute(select(outgoing).order_by(outgoing.c.id)).all()
    return [CODEC.decode_submitted(row.payload) for row in rows if row.topic == "decision.submitted"]


def test_a_withdrawal_is_handed_in_once_when_the_period_is_over(ledger: Engine) -> None:
    """On the last day nothing happens; the day after each decision is withdrawn, however often one looks."""
    log = Log()
    take(ledger, log, *published(1), *published(2, until=None), *published(3, until=UNTIL + timedelta(1)))
    expiry = Expiry(ledger, CODEC)
    seen = [expiry.tick(NOON, UNTIL + timedelta(days)) for days in (0, 1, 1)]
    take(ledger, log, make.receipt(1, make.CITY))  # settles the decision anew
    seen.append(Expiry(ledger, CODEC).tick(NOON, UNTIL + timedelta(1)))

    assert seen == [0, 1, 0, 0]
    (withdrawal,) = asked(ledger)
    assert (withdrawal.key, withdrawal.action, withdrawal.reason) == (
        make.key_of(1),
        Action.WITHDRAW,
        "公示期满",
    )
    assert withdrawal.revision > 1
    assert verify(ledger).broken_at is None


def test_the_withdrawal_passes_the_review(ledger: Engine) -> None:
    """The decision's key tells all that the review asks of a withdrawal, and it comes to the same key."""
    key = DecisionKey("11370100MB9A000146|济市监罚〔2026〕1号|济南某商贸有限公司")
    public = replace(make.public(1), key=key, public_until=UNTIL)
    take(ledger, Log(), make.submitted(1, key=key), (make.CITY, public))
    Expiry(ledger, CODEC).tick(NOON, UNTIL + timedelta(1))
    checked = check(asked(ledger)[0], today=UNTIL, calendar=Calendar())
    assert isinstance(checked, Checked)
    assert checked.key == key


def test_a_correction_may_lengthen_the_period(ledger: Engine) -> None:
    """What counts is the newest revision's last day."""
    log = Log()
    take(ledger, log, *published(1), *published(1, 2, until=UNTIL + timedelta(30)))
    expiry = Expiry(ledger, CODEC)
    assert expiry.tick(NOON, UNTIL + timedelta(1)) == 0
    assert expiry.tick(NOON, UNTIL + timedelta(31)) == 1


def test_what_is_withdrawn_is_left_alone(ledger: Engine) -> None:
    """A decision that was withdrawn before its period ended is not withdrawn again."""
    log = Log()
    gone = make.public(1, 2, action=Action.WITHDRAW)
    take(ledger, log, *published(1), *((portal, gone) for portal in make.BOTH))
    assert Expiry(ledger, CODEC).tick(NOON, UNTIL + timedelta(1)) == 0
