"""Breaker, rate and quiet hours on both databases, with deliverers at work."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from random import Random

import pytest
from sqlalchemy import Engine

from sinks import queue
from sinks.admitting import Admitting
from sinks.breaking import Breaking, Condition
from sinks.deliver import Deliverer
from sinks.ledger import breakers
from sinks.ledger.audit import verify
from sinks.ledger.database import reading, writing
from sinks.ports import Answer, Verdict
from sinks.switching import portal_lines, switch
from streams.domain.limits import Limits
from streams.domain.stages import PortalId
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
from tests.sinks.make import CITY, CODEC, CREDIT

QUICK = Breaking(first=timedelta(milliseconds=200), longest=timedelta(milliseconds=400))


def condition(ledger: Engine, portal: PortalId = CITY) -> Condition:
    """Return the condition of a portal."""
    with reading(ledger) as connection:
        return breakers.load(connection, [portal])[portal].condition


class Broken(FakeAdaptor):
    """Fails everything until it is mended."""

    def __init__(self, answer: Answer = AWAY) -> None:
        super().__init__()
        self.answer = answer
        self.mended = False

    async def deliver(self, delivery: object) -> Answer:
        """Fail, or take."""
        answer = await super().deliver(delivery)  # type: ignore[arg-type]  # passed on as it came
        return answer if self.mended else self.answer


async def test_a_broken_portal_is_left_alone_and_taken_up_again(ledger: Engine) -> None:
    """While it fails it gets single tries, the other portal gets all; mended, it gets all that waited."""
    take_public(ledger, *(make.public(number) for number in range(100)))
    city, credit = Broken(), FakeAdaptor()
    async with delivering(ledger, {CITY: city, CREDIT: credit}, breaking=QUICK) as observer:
        await until(lambda: len(credit.seen) == 100 and condition(ledger) is not Condition.CLOSED)
        await until(lambda: observer.conditions.get(CITY, ("", 0))[0] in ("open", "half_open"))
        before = len(city.seen)
        await asyncio.sleep(1)
        assert len(city.seen) - before <= 6  # a try a pause, where a closed breaker let hundreds through
        city.mended = True
        await until(lambda: settled(ledger))
        await until(lambda: observer.conditions[CITY] == ("closed", 0))

    assert condition(ledger) is Condition.CLOSED
    assert set(states(ledger).values()) == {"accepted"}


async def test_a_refusal_is_no_failure_of_the_portal(ledger: Engine) -> None:
    """A portal that refuses decisions works: nothing is held back."""
    refuse = Answer(verdict=Verdict.REFUSED, status=422, reason="缺少许可编号")
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(30)))
    async with delivering(ledger, {CITY: Broken(refuse)}):
        await until(lambda: settled(ledger))
    assert condition(ledger) is Condition.CLOSED
    assert set(states(ledger).values()) == {"dead"}


async def test_retry_after_holds_the_whole_portal(ledger: Engine) -> None:
    """When several were told 429 with a time, nobody asks again before."""
    wait = Answer(verdict=Verdict.RETRY, status=429, retry_after=timedelta(seconds=2))
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(50)))
    city = Broken(wait)
    async with delivering(ledger, {CITY: city}, concurrency=1):
        await until(lambda: condition(ledger) is Condition.OPEN)
        asked = len(city.seen)
        assert asked == 5
        await asyncio.sleep(1)
        assert len(city.seen) == asked
        city.mended = True
        await until(lambda: settled(ledger))


async def test_a_switched_off_portal_gets_nothing_until_it_is_switched_on(ledger: Engine) -> None:
    """A person's word counts over everything, is on the audit trail, and loses nothing."""
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(5)))
    assert switch(ledger, CITY, on=False, by="李审核", now=now())
    assert not switch(ledger, CITY, on=False, by="李审核", now=now())
    city = FakeAdaptor()
    async with delivering(ledger, {CITY: city}):
        await asyncio.sleep(0.5)
        assert city.seen == []
        (line,) = portal_lines(ledger, [CITY], now())
        assert (line.condition, line.waiting) == ("off", 5)
        assert switch(ledger, CITY, on=True, by="王运维", now=now())
        await until(lambda: settled(ledger))
    assert verify(ledger).rows == 7


async def test_a_rate_holds_over_all_processes(ledger: Engine) -> None:
    """Two deliverers together send no more a second than the portal takes."""
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(40)))
    city = FakeAdaptor()
    limits = {CITY: Limits(rate=10.0)}
    began = asyncio.get_running_loop().time()
    both = [
        Deliverer(ledger, {CITY: city}, FakeObserver(), CODEC, now, pace=pace(), limits=limits)
        for _ in range(2)
    ]
    tasks = [asyncio.create_task(one.run()) for one in both]
    await until(lambda: settled(ledger), 60)
    seconds = asyncio.get_running_loop().time() - began
    for one in both:
        one.stop()
    await asyncio.gather(*tasks)
    # a second's worth may go at once, at the very start by both; the rest waits for its turn
    assert len(city.seen) == 40
    assert seconds >= 1.9


def granted(ledger: Engine, limits: Mapping[PortalId, Limits], at: datetime) -> Mapping[PortalId, int]:
    """Return what may be begun at that moment, with nothing under way."""
    admitting = Admitting(limits, Random(1))  # noqa: S311 -- any will do
    with writing(ledger) as connection:
        wanted = admitting.wanted(connection, {}, at)
        slots = admitting.granted(connection, wanted, at, at + timedelta(minutes=1))
        claims = queue.claim(connection, slots, lease="x", now=at, until=at + timedelta(minutes=1))
        admitting.begun(connection, claims, at)
    return {portal: slots.get(portal, 0) for portal in limits}


def test_what_is_begun_counts_against_the_rate(ledger: Engine) -> None:
    """Of a rate of four a second, two that were begun leave two, and half a second later four."""
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(2)))
    at = now() + timedelta(seconds=1)
    limits = {CITY: Limits(rate=4.0)}
    assert granted(ledger, limits, at) == {CITY: 4}
    assert granted(ledger, limits, at) == {CITY: 2}
    assert granted(ledger, limits, at + timedelta(seconds=0.5)) == {CITY: 4}


@pytest.mark.parametrize(
    ("clock", "slots"),
    [("21:59", 16), ("22:00", 0), ("03:00", 0), ("05:59", 0), ("06:00", 16), ("12:00", 16)],
)
def test_nothing_is_sent_in_quiet_hours(ledger: Engine, clock: str, slots: int) -> None:
    """From ten in the evening to six in the morning, China's time, a portal may have its peace."""
    hour, minute = map(int, clock.split(":"))
    at = datetime(2026, 3, 2, hour, minute, tzinfo=UTC) - timedelta(hours=8)
    assert granted(ledger, {CITY: Limits(quiet=(time(22), time(6)))}, at) == {CITY: slots}
