"""A portal is away for two days of an injected clock: others do not notice; then it drains at its rate."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import Engine, func, select

from sinks.breaking import Breaking
from sinks.deliver import Deliverer
from sinks.ledger.database import reading
from sinks.ledger.tables import attempt, delivery
from sinks.queue import LOST
from sinks.states import State
from streams.domain.limits import Limits
from streams.domain.stages import PortalId
from tests.sinks import make
from tests.sinks.delivering import FakeAdaptor, FakeObserver, pace, states, take_public, until
from tests.sinks.make import CITY, CODEC, CREDIT, NOON
from tests.sinks.test_admitting import Broken

STEP = timedelta(hours=1)
OUTAGE = timedelta(hours=48)
EACH_STEP = 4
RATE = 16
LEASE = timedelta(minutes=1)
LOOKS = 20
"""Of the clock: within so many the deliverer has looked for work several times."""
SOON = Breaking(first=timedelta(seconds=1), longest=timedelta(seconds=1))


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = NOON
        self.looks = 0

    def __call__(self) -> datetime:
        """Return the moment, and count that somebody asked."""
        self.looks += 1
        return self.moment


def count(ledger: Engine, portal: PortalId, state: State) -> int:
    """Return how many deliveries of a portal are in a state."""
    with reading(ledger) as connection:
        asked = select(func.count()).where(delivery.c.portal == portal, delivery.c.state == state)
        return int(connection.execute(asked).scalar_one())


def under_way(ledger: Engine) -> int:
    """Return how many deliveries are being tried."""
    with reading(ledger) as connection:
        asked = select(func.count()).where(delivery.c.lease != "", delivery.c.state == State.WAITING)
        return int(connection.execute(asked).scalar_one())


async def test_two_days_away_slow_nobody_down_and_drain_at_the_rate(ledger: Engine) -> None:
    """The other portal gets each decision at once, the failing one a try a step; then so many a second."""
    clock, city, credit = FakeClock(), Broken(), FakeAdaptor()
    deliverer = Deliverer(
        ledger,
        {CITY: city, CREDIT: credit},
        FakeObserver(),
        CODEC,
        clock,
        pace=pace(lease=LEASE, breaking=SOON),
        limits={CITY: Limits(rate=RATE, concurrency=2 * RATE)},
    )
    task = asyncio.create_task(deliverer.run())
    steps = int(OUTAGE / STEP)
    for step in range(steps):
        first = step * EACH_STEP
        tried = len(city.seen)
        clock.moment += STEP
        take_public(ledger, *(make.public(number) for number in range(first, first + EACH_STEP)))
        deliverer.wake()
        # what the other portal gets is there before the clock moves on: no second is lost on the failing one
        await until(lambda done=first + EACH_STEP: count(ledger, CREDIT, State.ACCEPTED) == done)
        await until(lambda tried=tried: len(city.seen) > tried and under_way(ledger) == 0)
    total = steps * EACH_STEP
    assert count(ledger, CITY, State.WAITING) == total
    assert steps <= len(city.seen) <= steps + 4 * EACH_STEP  # single probes, once the breaker is open

    city.mended = True
    seconds = [await second(ledger, deliverer, clock) for _ in range(total // RATE + 1)]
    deliverer.stop()
    await task
    assert set(states(ledger).values()) == {State.ACCEPTED}
    assert [taken for taken in seconds if taken] == [RATE] * (total // RATE)
    # a claim made with a look at the clock from before it moved has lost its lease by then, and is made again
    told = select(func.count()).where(attempt.c.reason != LOST)
    with reading(ledger) as connection:
        tries = connection.execute(told.select_from(attempt)).scalar_one()
    assert tries == len(city.seen) + len(credit.seen)


async def second(ledger: Engine, deliverer: Deliverer, clock: FakeClock) -> int:
    """Let a second pass, and return how many the portal has taken in it though the deliverer kept looking."""
    before = count(ledger, CITY, State.ACCEPTED)
    clock.moment += timedelta(seconds=1)
    deliverer.wake()
    left = count(ledger, CITY, State.WAITING)
    await until(lambda: count(ledger, CITY, State.ACCEPTED) - before >= min(RATE, left))
    looks = clock.looks
    await until(lambda: clock.looks > looks + LOOKS)
    await until(lambda: under_way(ledger) == 0)
    return count(ledger, CITY, State.ACCEPTED) - before
