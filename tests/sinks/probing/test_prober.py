"""What a prober finds on both ledgers, against a portal that shows what it likes."""

from datetime import timedelta

from sqlalchemy import select

from sinks.ledger.audit import verify
from sinks.ledger.database import reading, writing
from sinks.ledger.sightings import sighting
from sinks.ledger.tables import audit, delivery
from sinks.probing import queue
from sinks.probing.listing import finding_lines, look_again, seen_by_portal
from sinks.probing.ports import Sight
from sinks.settling import Status
from sinks.summary import summary
from streams.domain.stages import Action
from tests.sinks import make
from tests.sinks.make import CITY, CREDIT
from tests.sinks.probing.town import Town


async def test_what_is_seen_everywhere_is_verified(town: Town) -> None:
    """Accepted it is published, seen it is verified; that is on the audit trail, and it stays balanced."""
    town.record(town.log.record(make.submitted(1)))
    await town.deliver(make.public(1, portals=(CITY,)))
    assert town.path().status is Status.PUBLISHED
    assert await town.look(seconds=1) == 1
    path = town.path()
    assert path.status is Status.VERIFIED
    assert [(line.sight, line.seen_at, line.found_at) for line in path.portals] == [
        ("seen", town.clock.at, None)
    ]
    told = summary(town.ledger)
    assert (told.published, told.verified, told.balanced) == (1, 1, True)
    assert (town.entries(), verify(town.ledger).broken_at) == (["seen"], None)
    assert await town.look(hours=20) == 0
    assert await town.look(hours=10) == 1
    assert town.entries() == ["seen"]


async def test_a_portal_that_nobody_looks_at_verifies_nothing(town: Town) -> None:
    """With one of two portals seen, the decision is published and no more."""
    await town.deliver(make.public(1))
    town.record(town.log.record(make.receipt(1, CREDIT)))
    await town.look(seconds=1)
    assert town.path().status is Status.PUBLISHED
    assert {line.portal: line.sight for line in town.path().portals} == {CITY: "seen", CREDIT: ""}


async def test_what_is_accepted_and_never_shown_is_found_out(town: Town) -> None:
    """Answered 200 and never shown: nothing for a day, then a finding; shown at last, that ends."""
    await town.order(fault="hide")
    await town.deliver(make.public(1, portals=(CITY,)))
    await town.look(seconds=1)
    assert finding_lines(town.ledger) == ()
    (early,) = finding_lines(town.ledger, late=False)
    assert (early.sight, early.found_at) == ("missing", None)
    await town.look(hours=24)
    (line,) = finding_lines(town.ledger, CITY)
    assert (line.key, line.sight, line.found_at) == (make.key_of(1), "missing", town.clock.at)
    (stand,) = seen_by_portal(town.ledger, [CITY], town.clock.at)
    assert (stand.unseen, stand.findings) == (1, {"missing": 1})
    assert stand.oldest >= timedelta(hours=24)
    assert town.path().status is Status.PUBLISHED

    await town.order(fault="none")
    assert look_again(town.ledger, CITY, town.clock.at) == 1
    await town.look()
    assert (finding_lines(town.ledger, late=False), town.path().status) == ((), Status.VERIFIED)
    (stand,) = seen_by_portal(town.ledger, [CITY], town.clock.at)
    assert (stand.unseen, stand.oldest, stand.findings) == (0, timedelta(), {})
    assert town.entries() == ["missing", "seen"]


async def test_another_amount_is_found_and_not_told(town: Town) -> None:
    """Shown with another amount, the column is named; neither amount is in ledger, audit or list."""
    await town.order(fault="alter", column="CF_NR_FK")
    await town.deliver(make.public(1, portals=(CITY,), content="罚款贰仟元整"))
    await town.look(hours=25)
    (line,) = finding_lines(town.ledger)
    assert (line.sight, line.differs) == ("different", ("CF_NR_FK",))
    with reading(town.ledger) as connection:
        rows = [*connection.execute(select(sighting)), *connection.execute(select(audit))]
    told = repr([[value for value in row if value != make.key_of(1)] for row in rows])
    assert not any(word in told for word in ("另一内容", "贰仟", "商贸"))


async def test_what_was_withdrawn_must_be_gone(town: Town) -> None:
    """A withdrawn decision that is still shown is a finding; once it is gone that ends."""
    await town.deliver(make.public(1, portals=(CITY,)))
    await town.look(seconds=1)
    await town.order(fault="keep")
    await town.deliver(make.public(1, 2, portals=(CITY,), action=Action.WITHDRAW))
    await town.look(hours=25)
    assert [(line.revision, line.sight) for line in finding_lines(town.ledger)] == [(2, "still_shown")]
    await town.order(fault="none")
    await town.look(hours=2)
    assert (finding_lines(town.ledger), town.path().status) == ((), Status.WITHDRAWN)
    assert town.entries() == ["seen", "still_shown", "seen"]


async def test_what_disappears_later_is_noticed(town: Town) -> None:
    """A decision that was seen, and is gone weeks later, is verified no longer, and found a day on."""
    await town.deliver(make.public(1, portals=(CITY,)))
    for _ in range(3):
        await town.look(days=5)
    await town.order(fault="hide")
    await town.look(days=9)
    assert (town.path().status, finding_lines(town.ledger)) == (Status.PUBLISHED, ())
    await town.look(days=1)
    assert [line.sight for line in finding_lines(town.ledger)] == ["missing"]


async def test_a_correction_takes_the_place_of_what_it_corrects(town: Town) -> None:
    """With a newer revision accepted, the old one is looked for no more and its finding ends."""
    await town.order(fault="alter", column="CF_NR")
    await town.deliver(make.public(1, portals=(CITY,)))
    for _ in range(8):
        await town.look(hours=4)
    assert len(finding_lines(town.ledger)) == 1
    await town.order(fault="none")
    await town.deliver(make.public(1, 2, portals=(CITY,), content="罚款3000元"))
    assert await town.look(seconds=1) == 1
    assert finding_lines(town.ledger, late=False) == ()
    assert seen_by_portal(town.ledger, [CITY], town.clock.at)[0].findings == {}
    assert town.path().status is Status.VERIFIED
    with reading(town.ledger) as connection:
        due = select(delivery.c.revision).where(delivery.c.probe_at.is_not(None))
        assert connection.execute(due).scalars().all() == [2]


async def test_what_was_accepted_before_is_looked_for(town: Town) -> None:
    """A claim takes the longest due first, and no more than it is asked for."""
    await town.deliver(make.public(1, portals=(CITY,)))
    town.clock.on(hours=1)
    await town.deliver(make.public(2, portals=(CITY,)))
    now = town.clock.at + timedelta(seconds=1)
    with writing(town.ledger) as connection:
        claims = queue.claim(connection, CITY, 1, now, now + timedelta(minutes=1))
    assert [claim.sent.key for claim in claims] == [make.key_of(1)]
    assert Sight.UNANSWERED is claims[0].standing.sight
