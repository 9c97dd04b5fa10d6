"""Probers at work: several at once, slow, broken, without their ledger, and ended."""

import asyncio
import logging
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from sinks.ledger.database import open_ledger, reading
from sinks.ledger.sightings import sighting
from sinks.probing import queue
from sinks.probing.listing import finding_lines
from sinks.probing.ports import Look, Sight
from sinks.probing.prober import Gait, Prober
from sinks.probing.watch import Watch
from sinks.settling import Status
from sinks.summary import summary
from streams.domain.errors import UnavailableError
from streams.domain.stages import PortalId
from tests.sinks import make
from tests.sinks.conftest import Portal
from tests.sinks.make import CITY
from tests.sinks.probing.town import FakeObserver, FakeProbe, Town


async def test_two_probers_look_once(ledger: Engine, portal: Portal) -> None:
    """Of forty decisions each is looked for once, though two probers run at once."""
    probe = FakeProbe()
    town = Town(ledger, portal, probe)
    await town.deliver(*(make.public(number, portals=(CITY,)) for number in range(40)))
    other = town.another()
    town.clock.on(seconds=1)
    for _ in range(3):
        await asyncio.gather(town.prober.once(CITY), other.once(CITY))
    assert sorted(sent.key for sent in probe.seen) == sorted(make.key_of(number) for number in range(40))
    assert town.entries() == ["seen"] * 40
    assert summary(ledger).verified == 40


async def test_a_prober_that_was_killed_or_slow_does_no_harm(ledger: Engine, portal: Portal) -> None:
    """A look whose process died is taken again after its lease; what a slow one says then counts no more."""
    town = Town(ledger, portal, FakeProbe(Look(records=())))
    await town.deliver(make.public(1, portals=(CITY,)))
    slow = SlowProbe()
    late = asyncio.create_task(town.another(slow).once(CITY))
    await slow.began.wait()
    assert await town.look(seconds=30) == 0
    assert await town.look(seconds=31) == 1
    slow.go.set()
    assert await late == 1
    with reading(ledger) as connection:
        (row,) = connection.execute(select(sighting))
    assert (row.sight, row.looks, town.entries()) == ("missing", 1, [])


class SlowProbe(FakeProbe):
    """Waits until it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.began, self.go = asyncio.Event(), asyncio.Event()

    async def look(self, sent: queue.Sent) -> Look:
        self.began.set()
        await self.go.wait()
        return await super().look(sent)


async def test_a_probe_that_breaks_says_nothing_and_leaks_nothing(
    ledger: Engine, portal: Portal, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of a probe is no finding, holds back no other decision, and no log line has its words."""
    town = Town(ledger, portal, FakeProbe(ValueError("罚款 370102199001011234"), Look(reason="HTTP 503")))
    await town.deliver(*(make.public(number, portals=(CITY,)) for number in range(3)))
    with caplog.at_level(logging.DEBUG):
        assert await town.look(hours=30) == 3
    assert sorted(town.observer.looks) == ["seen", "unanswered", "unanswered"]
    assert finding_lines(ledger) == ()
    assert {line.reason for line in finding_lines(ledger, late=False)} == {"ValueError", "HTTP 503"}
    assert "370102" not in caplog.text
    assert "济南" not in caplog.text


async def test_it_runs_by_itself_and_ends_when_told(town: Town) -> None:
    """A running prober sees what is accepted, shows how the portal stands, and ends."""
    await town.order(fault="hide")
    await town.deliver(make.public(1, portals=(CITY,)))
    gait = Gait(poll=timedelta(milliseconds=10), report=timedelta(milliseconds=10))
    probes = {CITY: (town.probe, Watch(within=timedelta(microseconds=1)))}
    prober = Prober(town.ledger, probes, town.observer, make.due_day, town.clock, gait=gait)
    running = asyncio.create_task(prober.run())
    async with asyncio.timeout(20):
        while town.observer.stands.get(CITY, (0, 0, {}))[2] != {"missing": 1}:
            town.clock.on(seconds=10)
            await asyncio.sleep(0.01)
        await town.order(fault="none")
        while town.path().status is not Status.VERIFIED:
            town.clock.on(seconds=10)
            await asyncio.sleep(0.01)
        prober.stop()
        await running


class HeldClock:
    """Keeps whoever asks for the time until it is let go."""

    def __init__(self) -> None:
        self.asked, self.free = threading.Event(), threading.Event()

    def __call__(self) -> datetime:
        self.asked.set()
        self.free.wait()
        return make.NOON


async def test_it_ends_after_what_it_asks_the_ledger(ledger: Engine) -> None:
    """Whoever waits for a prober may let go of the ledger: no thread of it is left that has a connection."""
    before, clock = set(threading.enumerate()), HeldClock()
    prober = Prober(ledger, {CITY: (FakeProbe(), Watch())}, FakeObserver(), make.due_day, clock)
    running = asyncio.create_task(prober.run())
    await asyncio.to_thread(clock.asked.wait)
    prober.stop()
    asyncio.get_running_loop().call_later(0.2, clock.free.set)
    await running
    begun = set(threading.enumerate()) - before
    clock.free.set()
    assert not [one for one in begun if one.name.startswith("probe-ledger")]


class BrokenObserver(FakeObserver):
    """Breaks when it is told of its first look."""

    def looked(self, *, portal: PortalId, sight: Sight) -> None:
        super().looked(portal=portal, sight=sight)
        if len(self.looks) == 1:
            raise ValueError(make.key_of(1))


async def test_a_fault_in_looking_does_not_end_the_process(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever breaks beside the probes, the prober goes on, as others deliver in its process."""
    await town.deliver(make.public(1, portals=(CITY,)))
    short = timedelta(milliseconds=10)
    gait = Gait(poll=short, report=short, longest_pause=short, lease=timedelta(seconds=30))
    probes = {CITY: (town.probe, Watch())}
    prober = Prober(town.ledger, probes, BrokenObserver(), make.due_day, town.clock, gait=gait)
    running = asyncio.create_task(prober.run())
    async with asyncio.timeout(60):
        while town.path().status is not Status.VERIFIED:
            town.clock.on(seconds=5)
            await asyncio.sleep(0.01)
        prober.stop()
        await running
    assert "looking at city-portal broke: ValueError" in caplog.text
    assert "济南" not in caplog.text


async def test_a_ledger_that_is_away_is_waited_for(tmp_path: Path) -> None:
    """Without its ledger a prober waits, and ends when told all the same."""
    away = open_ledger("postgresql://nobody@127.0.0.1:1/nothing")
    prober = Prober(away, {CITY: (FakeProbe(), Watch())}, FakeObserver(), make.due_day, lambda: make.NOON)
    with pytest.raises(UnavailableError):
        await prober.once(CITY)
    running = asyncio.create_task(prober.run())
    await asyncio.sleep(0.1)
    assert not running.done()
    prober.stop()
    async with asyncio.timeout(20):
        await running
