"""The deliverer's batches: what goes together, what a failed one counts, and what its rate is."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from sqlalchemy import Engine

from sinks.admitting import Admitting
from sinks.deliver import Deliverer
from sinks.ledger import breakers
from sinks.ledger.database import reading, writing
from sinks.ports import Answer, Delivery
from sinks.queue import claim
from streams.domain.limits import Limits
from tests.sinks import make
from tests.sinks.deliveries import now
from tests.sinks.delivering import (
    AWAY,
    FakeAdaptor,
    FakeObserver,
    delivering,
    pace,
    settled,
    states,
    take_public,
    until,
)
from tests.sinks.make import CITY, CODEC


class FakeBatches(FakeAdaptor):
    """Takes batches; fails whole requests while `broken`."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[list[Delivery]] = []
        self.broken = False

    async def deliver_batch(self, deliveries: Sequence[Delivery]) -> Sequence[Answer]:
        """Take them all, or none."""
        self.batches.append(list(deliveries))
        if self.broken:
            return [AWAY] * len(deliveries)
        return [await self.deliver(delivery) for delivery in deliveries]


async def test_what_waits_goes_together(ledger: Engine) -> None:
    """A batch has what waits up to the limit, never two revisions of a decision, and all arrive in order."""
    take_public(ledger, *(make.public(n, r, portals=(CITY,)) for r in (1, 2) for n in range(50)))
    city = FakeBatches()
    async with delivering(ledger, {CITY: city}, limits={CITY: Limits(batch=20, concurrency=2)}):
        await until(lambda: settled(ledger))

    assert set(states(ledger).values()) == {"accepted"}
    assert len(city.seen) == 100
    assert max(len(batch) for batch in city.batches) == 20
    assert all(len({one.key for one in batch}) == len(batch) for batch in city.batches)
    seen = [(one.key, one.revision) for one in city.seen]
    assert all(seen.index((make.key_of(n), 1)) < seen.index((make.key_of(n), 2)) for n in range(50))


async def test_a_failed_request_counts_once(ledger: Engine) -> None:
    """A single failed request with many deliveries in it does not open the breaker by itself."""
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(50)))
    city = FakeBatches()
    city.broken = True
    limits = {CITY: Limits(batch=50, concurrency=1)}
    deliverer = Deliverer(
        ledger, {CITY: city}, FakeObserver(), CODEC, now, pace=pace(poll=timedelta(hours=1)), limits=limits
    )
    task = asyncio.create_task(deliverer.run())
    await until(lambda: bool(city.batches))
    deliverer.stop()
    await task
    with reading(ledger) as connection:
        assert 1 <= breakers.load(connection, [CITY])[CITY].failures <= len(city.batches) < 5


def test_a_rate_is_that_of_requests(ledger: Engine) -> None:
    """Forty deliveries in batches of twenty use up two requests of the rate."""
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(100)))
    admitting = Admitting({CITY: Limits(rate=3.0, batch=20)}, Random(1))  # noqa: S311 -- spreads tries only
    moment, until_then = now(), now() + timedelta(minutes=1)
    with writing(ledger) as connection:
        granted = admitting.granted(connection, {CITY: 320}, moment, until_then)
        assert granted == {CITY: 60}
        claims = claim(connection, {CITY: 40}, lease="l", now=moment, until=until_then)
        admitting.begun(connection, claims, moment)
        assert admitting.granted(connection, {CITY: 320}, moment, until_then) == {CITY: 20}
