"""A deliverer at work on a ledger, with fakes in the place of portals and of who observes it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import Engine, select

from sinks.body import render
from sinks.deliver import Deliverer
from sinks.ledger.database import reading
from sinks.ledger.tables import delivery, outgoing
from sinks.outbox import Outbox
from sinks.pace import Pace
from sinks.ports import Adaptor, Answer, Delivery, Verdict
from sinks.retrying import Retries
from streams.domain.events import Receipt
from streams.domain.stages import PortalId, Public
from streams.records import Record, spans_of
from tests.sinks.deliveries import now
from tests.sinks.make import CODEC, Log

ACCEPT = Answer(verdict=Verdict.ACCEPTED, status=200, remote_id="r-1")
AWAY = Answer(verdict=Verdict.RETRY, status=503, reason="维护中")
LOST = Answer(verdict=Verdict.INDETERMINATE, reason="ServerDisconnectedError")
REFUSE = Answer(verdict=Verdict.REFUSED, status=422, reason="缺少许可编号")


def pace(**changes: object) -> Pace:
    """Return a quick pace."""
    retries = Retries(base=timedelta(milliseconds=5), longest=timedelta(milliseconds=20))
    chosen = {
        "concurrency": 4,
        "lease": timedelta(seconds=5),
        "poll": timedelta(milliseconds=10),
        "report": timedelta(milliseconds=30),
        "grace": timedelta(seconds=1),
        "retries": retries,
    }
    return Pace(**{**chosen, **changes})  # type: ignore[arg-type] -- a test's shorthand


class FakeAdaptor:
    """Answers as told, decision by decision, and accepts where nothing is told."""

    def __init__(
        self, answers: Mapping[str, Sequence[Answer]] | None = None, *, seconds: float = 0.0
    ) -> None:
        self.seen: list[Delivery] = []
        self.under_way = 0
        self.most_under_way = 0
        self._answers = {key: list(told) for key, told in (answers or {}).items()}
        self._seconds = seconds

    async def deliver(self, delivery: Delivery) -> Answer:
        """Take a delivery."""
        self.seen.append(delivery)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await asyncio.sleep(self._seconds)
        self.under_way -= 1
        told = self._answers.get(delivery.key, [])
        return told.pop(0) if told else ACCEPT

    async def close(self) -> None:
        """Have nothing to let go of."""


class FakeObserver:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.verdicts: Counter[tuple[str, Verdict]] = Counter()
        self.waiting: dict[str, int] = {}
        self.dead: dict[str, int] = {}
        self.statuses: Mapping[str, int] = {}
        self.conditions: dict[str, tuple[str, float]] = {}

    def attempted(self, *, portal: PortalId, verdict: Verdict, seconds: float) -> None:
        """Count a try."""
        assert seconds >= 0
        self.verdicts[portal, verdict] += 1

    def backlog(self, *, portal: PortalId, waiting: int, oldest: timedelta, dead: int) -> None:
        """Remember the backlog."""
        assert oldest >= timedelta()
        self.waiting[portal], self.dead[portal] = waiting, dead

    def portal(self, *, portal: PortalId, condition: str, way_off: float) -> None:
        """Remember a portal's condition."""
        self.conditions[portal] = (condition, way_off)

    def ledger(self, *, statuses: Mapping[str, int]) -> None:
        """Remember the statuses."""
        self.statuses = statuses


def take(ledger: Engine, records: Sequence[Record]) -> None:
    """Put records into the outbox."""
    Outbox(ledger, "deliver", CODEC, render).apply(records, spans_of(records))


def take_public(ledger: Engine, *events: Public) -> None:
    """Put public decisions into the outbox, each for all of its portals."""
    log = Log()
    for portal in sorted({portal for event in events for portal in event.portals}):
        start = Outbox(ledger, "deliver", CODEC, render).positions([(f"portal.{portal}", 0)])
        log._next[f"portal.{portal}"] = start.get((f"portal.{portal}", 0), 0)  # noqa: SLF001 -- goes on where it was
    take(ledger, [record for event in events for record in log.released(event)])


def states(ledger: Engine) -> dict[tuple[str, str, int], str]:
    """Return where every delivery stands."""
    with reading(ledger) as connection:
        rows = connection.execute(select(delivery)).all()
    return {(row.portal, row.decision_key, row.revision): row.state for row in rows}


def receipts(ledger: Engine) -> list[Receipt]:
    """Return the receipts that are to go out."""
    with reading(ledger) as connection:
        rows = connection.execute(select(outgoing.c.payload).order_by(outgoing.c.id)).all()
    return [CODEC.decode_receipt(row.payload) for row in rows]


@asynccontextmanager
async def delivering(
    ledger: Engine, adaptors: Mapping[PortalId, Adaptor], **changes: object
) -> AsyncIterator[FakeObserver]:
    """Run a deliverer meanwhile."""
    observer = FakeObserver()
    codec = changes.pop("codec", CODEC)
    limits = changes.pop("limits", None)
    deliverer = Deliverer(ledger, adaptors, observer, codec, now, pace=pace(**changes), limits=limits)  # type: ignore[arg-type]
    task = asyncio.create_task(deliverer.run())
    try:
        yield observer
    finally:
        deliverer.stop()
        await asyncio.wait_for(task, 10)


async def until(condition: Callable[[], bool], seconds: float = 15.0) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 -- what is waited for is in a database
            await asyncio.sleep(0.01)


def settled(ledger: Engine) -> bool:
    """Tell whether nothing waits."""
    return "waiting" not in states(ledger).values()
