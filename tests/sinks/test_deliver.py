"""The deliverer on both databases: each delivery tried in order, settled once, explained by its log."""

import asyncio
from datetime import timedelta

from sqlalchemy import Engine, select

from sinks.ledger.audit import verify
from sinks.ledger.database import reading
from sinks.ledger.tables import attempt, delivery
from sinks.ports import Answer, Delivery, Verdict
from sinks.retrying import Retries
from streams.domain.errors import UnavailableError
from streams.domain.events import Receipt
from tests.sinks import make
from tests.sinks.delivering import (
    ACCEPT,
    AWAY,
    LOST,
    REFUSE,
    FakeAdaptor,
    delivering,
    receipts,
    settled,
    states,
    take_public,
    until,
)
from tests.sinks.make import CITY, CODEC, CREDIT


async def test_each_portal_gets_each_decision(ledger: Engine) -> None:
    """Every delivery is tried once, and each acceptance leaves one receipt and one audit row."""
    take_public(ledger, *(make.public(number) for number in range(30)))
    city, credit = FakeAdaptor(seconds=0.005), FakeAdaptor()
    async with delivering(ledger, {CITY: city, CREDIT: credit}) as observer:
        await until(lambda: settled(ledger) and observer.waiting == {CITY: 0, CREDIT: 0})

    assert len(city.seen) == len(credit.seen) == 30
    assert city.most_under_way <= 4
    told = receipts(ledger)
    assert {(one.portal, one.key) for one in told} == {
        (p, make.key_of(n)) for p in (CITY, CREDIT) for n in range(30)
    }
    assert len(told) == 60
    assert verify(ledger).rows == 60
    assert observer.verdicts == {(CITY, Verdict.ACCEPTED): 30, (CREDIT, Verdict.ACCEPTED): 30}


async def test_revisions_go_in_order(ledger: Engine) -> None:
    """A correction waits until the revision before it is accepted, whatever that takes."""
    take_public(ledger, *(make.public(1, revision, portals=(CITY,)) for revision in (1, 2, 3)))
    city = FakeAdaptor({make.key_of(1): [AWAY, LOST, AWAY, ACCEPT, LOST]})
    async with delivering(ledger, {CITY: city}):
        await until(lambda: settled(ledger))

    assert [one.revision for one in city.seen] == [1, 1, 1, 1, 2, 2, 3]
    assert len({one.idempotency_key for one in city.seen}) == 3


async def test_a_stuck_decision_holds_back_no_other(ledger: Engine) -> None:
    """While one decision fails for ever, all others arrive."""
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(20)))
    city = FakeAdaptor({make.key_of(0): [AWAY] * 10_000})
    async with delivering(ledger, {CITY: city}, concurrency=1):
        await until(lambda: list(states(ledger).values()).count("accepted") == 19)

    assert states(ledger)[CITY, make.key_of(0), 1] == "waiting"


async def test_a_refusal_is_a_dead_letter(ledger: Engine) -> None:
    """A refused delivery keeps the portal's words, is tried no more, and lets the next revision go."""
    take_public(ledger, make.public(1, portals=(CITY,)), make.public(1, 2, portals=(CITY,)))
    city = FakeAdaptor({make.key_of(1): [REFUSE]})
    async with delivering(ledger, {CITY: city}) as observer:
        await until(lambda: settled(ledger) and observer.dead.get(CITY) == 1)

    assert [one.revision for one in city.seen] == [1, 2]
    assert [one.revision for one in receipts(ledger)] == [2]
    with reading(ledger) as connection:
        dead = connection.execute(select(delivery).where(delivery.c.state == "dead")).one()
    assert (dead.status, dead.reason, dead.attempts) == (422, "缺少许可编号", 1)


async def test_personal_data_does_not_leave(ledger: Engine) -> None:
    """A body with an identity number reaches no portal, is a dead letter, and is counted for the alert."""
    spoilt = make.public(1, portals=(CITY,), content="身份证号11010519491231002X")
    take_public(ledger, spoilt, make.public(2, portals=(CITY,)))
    city = FakeAdaptor()
    async with delivering(ledger, {CITY: city}) as observer:
        await until(lambda: settled(ledger) and observer.dead.get(CITY) == 1)

    assert [one.key for one in city.seen] == [make.key_of(2)]
    assert observer.verdicts == {(CITY, Verdict.PERSONAL): 1, (CITY, Verdict.ACCEPTED): 1}
    with reading(ledger) as connection:
        dead = connection.execute(select(delivery).where(delivery.c.state == "dead")).one()
    assert (dead.status, dead.reason) == (0, "not sent, personal data: CF_NR: identity number")


async def test_retries_end(ledger: Engine) -> None:
    """After the time for retries a delivery is a dead letter, and its log explains each try."""
    take_public(ledger, make.public(1, portals=(CITY,)))
    retries = Retries(base=timedelta(milliseconds=20), give_up_after=timedelta(milliseconds=200))
    async with delivering(ledger, {CITY: FakeAdaptor({make.key_of(1): [AWAY] * 999})}, retries=retries):
        await until(lambda: settled(ledger))

    assert set(states(ledger).values()) == {"dead"}
    with reading(ledger) as connection:
        tries = connection.execute(select(attempt).order_by(attempt.c.number)).all()
    assert [one.number for one in tries] == list(range(1, len(tries) + 1))
    assert {(one.verdict, one.status, one.reason) for one in tries} == {("retry", 503, "维护中")}


async def test_an_unreported_lease_ends(ledger: Engine) -> None:
    """A try that hangs is given up before its lease ends, and made again with the same key."""
    take_public(ledger, make.public(1, portals=(CITY,)))

    class Hanging(FakeAdaptor):
        async def deliver(self, delivery: Delivery) -> Answer:
            self.seen.append(delivery)
            if len(self.seen) == 1:
                await asyncio.sleep(60)
            return ACCEPT

    city = Hanging()
    async with delivering(ledger, {CITY: city}, lease=timedelta(milliseconds=300)) as observer:
        await until(lambda: settled(ledger))

    assert observer.verdicts == {(CITY, Verdict.INDETERMINATE): 1, (CITY, Verdict.ACCEPTED): 1}
    assert len({one.idempotency_key for one in city.seen}) == 1
    assert len(receipts(ledger)) == 1


async def test_stopping_settles_what_is_under_way(ledger: Engine) -> None:
    """A deliverer that is stopped waits for answers, gives up the slow ones, and leaves all on the log."""
    take_public(ledger, make.public(1, portals=(CITY,)), make.public(2, portals=(CREDIT,)))
    adaptors = {CITY: FakeAdaptor(seconds=0.2), CREDIT: FakeAdaptor(seconds=60)}
    async with delivering(ledger, adaptors, grace=timedelta(seconds=0.5)):
        await until(lambda: bool(adaptors[CITY].seen and adaptors[CREDIT].seen))

    assert states(ledger)[CITY, make.key_of(1), 1] == "accepted"
    assert states(ledger)[CREDIT, make.key_of(2), 1] == "waiting"
    with reading(ledger) as connection:
        verdicts = connection.execute(select(attempt.c.verdict).order_by(attempt.c.verdict)).scalars().all()
    assert verdicts == ["accepted", "indeterminate"]


async def test_a_broken_adaptor_is_like_a_lost_answer(ledger: Engine) -> None:
    """An adaptor that raises fails its delivery only, and that is tried again."""
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(3)))

    class Broken(FakeAdaptor):
        async def deliver(self, delivery: Delivery) -> Answer:
            self.seen.append(delivery)
            if len(self.seen) == 1:
                raise ZeroDivisionError
            return ACCEPT

    async with delivering(ledger, {CITY: Broken()}) as observer:
        await until(lambda: settled(ledger))
    assert observer.verdicts[CITY, Verdict.INDETERMINATE] == 1
    assert len(receipts(ledger)) == 3


async def test_several_deliverers_share_the_work(ledger: Engine) -> None:
    """Deliverers on one ledger try each delivery once between them."""
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(60)))
    city = FakeAdaptor(seconds=0.002)
    async with (
        delivering(ledger, {CITY: city}),
        delivering(ledger, {CITY: city}),
        delivering(ledger, {CITY: city}),
    ):
        await until(lambda: settled(ledger))

    assert len(city.seen) == 60
    assert len(receipts(ledger)) == 60
    assert verify(ledger).broken_at is None


async def test_a_ledger_that_goes_away_is_waited_for(ledger: Engine) -> None:
    """While results cannot be written they are kept, and written when the ledger is back."""
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(3)))

    class Away:
        calls = 0

        def encode_receipt(self, event: Receipt) -> bytes:
            self.calls += 1
            if self.calls < 3:
                raise UnavailableError("away")
            return CODEC.encode_receipt(event)

    city = FakeAdaptor()
    async with delivering(ledger, {CITY: city}, codec=Away()):
        await until(lambda: settled(ledger))
    assert len(city.seen) == 3
    with reading(ledger) as connection:
        assert len(connection.execute(select(attempt)).all()) == 3
