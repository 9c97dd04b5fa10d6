"""A ledger in which a real portal has accepted decisions, and a clock that a test moves."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import aiohttp
from sqlalchemy import Engine, select

from sinks import queue
from sinks.body import render
from sinks.http import HttpAdaptor
from sinks.ledger.database import reading, writing
from sinks.ledger.tables import audit, outgoing
from sinks.outbox import Outbox
from sinks.path import DecisionPath, path_of
from sinks.ports import Verdict
from sinks.probing.choosing import probe_for
from sinks.probing.ports import Look, Probe, Sent, Sight
from sinks.probing.prober import Prober
from sinks.probing.watch import Watch
from sinks.settlement import Result, settle
from sinks.states import State
from streams.domain.stages import PortalId, Public
from streams.records import Record, spans_of
from streams.topics import RECEIPT
from tests.sinks import make
from tests.sinks.conftest import SECRET, Portal
from tests.sinks.make import CITY, CODEC, Log
from tests.sinks.recording import record

DAY = timedelta(days=1)


class Clock:
    """Stands still unless a test moves it."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.at

    def on(self, **time: float) -> None:
        """Move on."""
        self.at += timedelta(**time)


class FakeProbe:
    """Shows what it is told, or what was sent; counts its looks."""

    def __init__(self, *looks: Look | Exception) -> None:
        self.looks = list(looks)
        self.seen: list[Sent] = []

    async def look(self, sent: Sent) -> Look:
        """Look once."""
        self.seen.append(sent)
        told = self.looks.pop(0) if self.looks else Look(records=(sent.columns,))
        if isinstance(told, Exception):
            raise told
        return told

    async def close(self) -> None:
        """Have nothing to let go of."""


class FakeObserver:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.looks: list[Sight] = []
        self.stands: dict[str, tuple[int, timedelta, Mapping[str, int]]] = {}

    def looked(self, *, portal: PortalId, sight: Sight) -> None:
        """Count a look."""
        self.looks.append(sight)

    def standing(
        self,
        *,
        portal: PortalId,
        unseen: int,
        oldest: timedelta,
        within: timedelta,
        findings: Mapping[str, int],
    ) -> None:
        """Remember how a portal stands."""
        self.stands[portal] = (unseen, oldest, findings)


class Town:
    """One ledger with its recorder and outbox, and a prober for one portal."""

    def __init__(self, ledger: Engine, portal: Portal, probe: Probe | None = None) -> None:
        self.ledger, self.portal, self.clock = ledger, portal, Clock()
        self.observer, self.log = FakeObserver(), Log()
        self.probe = probe or probe_for(f"{portal.url}/{{key}}", portal.url, SECRET)
        self.prober = self.another()

    def another(self, probe: Probe | None = None) -> Prober:
        """Return a prober of its own on the same ledger."""
        probes = {CITY: (probe or self.probe, Watch(probe="told"))}
        return Prober(self.ledger, probes, self.observer, make.due_day, self.clock)

    async def close(self) -> None:
        """Let go of connections."""
        await self.probe.close()

    def record(self, *records: Record) -> None:
        """Take records into the ledger's picture."""
        record(self.ledger, records)

    def expect(self, *events: Public) -> None:
        """Let the topic bring events to recorder and outbox."""
        records = [record for event in events for record in self.log.released(event)]
        self.record(*records)
        Outbox(self.ledger, "deliver", CODEC, render).apply(records, spans_of(records))

    async def deliver(self, *events: Public) -> None:
        """Bring events to the portal, which accepts them, and its receipts to the recorder."""
        self.expect(*events)
        adaptor = HttpAdaptor(self.portal.url, SECRET, lambda: datetime.now(UTC))
        while claims := self._claims():
            results = [
                Result(
                    claim=claim,
                    answer=await adaptor.deliver(claim.delivery),
                    started_at=self.clock.at,
                    ended_at=self.clock.at,
                    state=State.ACCEPTED,
                    next_try_at=self.clock.at,
                )
                for claim in claims
            ]
            assert {one.answer.verdict for one in results} == {Verdict.ACCEPTED}
            with writing(self.ledger, chained=True) as connection:
                settle(connection, results, CODEC)
        await adaptor.close()
        with reading(self.ledger) as connection:
            payloads = connection.execute(select(outgoing.c.payload).order_by(outgoing.c.id)).scalars().all()
        self.record(*(self.log.raw(RECEIPT.name, payload) for payload in payloads))

    def _claims(self) -> list[queue.Claim]:
        self.clock.on(seconds=1)
        until = self.clock.at + timedelta(minutes=1)
        with writing(self.ledger) as connection:
            return queue.claim(connection, {CITY: 99}, lease=str(uuid4()), now=self.clock.at, until=until)

    async def order(self, **told: object) -> None:
        """Tell the portal to misbehave."""
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.portal.base}/control", json=told) as answer,
        ):
            assert answer.status == 200

    async def look(self, **later: float) -> int:
        """Move the clock on, and take the looks that are due; return how many."""
        self.clock.on(**later)
        return await self.prober.once(CITY)

    def path(self, number: int = 1) -> DecisionPath:
        """Return what the ledger knows of a decision."""
        (path,) = path_of(self.ledger, make.key_of(number))
        return path

    def entries(self) -> list[str]:
        """Return what the audit trail says of looks."""
        with reading(self.ledger) as connection:
            told = connection.execute(select(audit.c.entry).order_by(audit.c.seq)).scalars().all()
        return [entry for entry in told if entry in tuple(Sight)]
