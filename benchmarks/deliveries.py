"""Decisions in a ledger's outbox, for benchmarks of delivering them."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import psutil
from sqlalchemy import Engine, func, literal, select

from benchmarks.portals import CITY, SECRET
from schemas.codec import Codec
from schemas.store import RepositoryStore
from sinks.body import render
from sinks.deliver import Deliverer
from sinks.http import HttpAdaptor
from sinks.ledger.database import reading
from sinks.ledger.tables import delivery
from sinks.outbox import Outbox
from sinks.pace import Pace
from sinks.states import State
from streams.clock import now
from streams.domain.limits import Limits
from streams.domain.stages import Action, DecisionKey, EventId, Kind, PortalId, Public, SubjectClass
from streams.records import Record, spans_of
from streams.topics import portal_topic

CODEC = Codec(RepositoryStore())
PATIENCE_S = 600.0
FILLED_AT_ONCE = 1_000


class Unseen:
    """An observer that counts nothing."""

    def __getattr__(self, _name: str) -> object:
        return lambda **_told: None


def fill(
    engine: Engine, numbers: range, portals: Sequence[PortalId] = CITY, ago: timedelta = timedelta()
) -> None:
    """Put the decisions of these numbers into the outbox, as its consumer does, a thousand at a time."""
    outbox = Outbox(engine, "deliver", CODEC, render)
    for begin in range(0, len(numbers), FILLED_AT_ONCE):
        some = numbers[begin : begin + FILLED_AT_ONCE]
        events = [(number, CODEC.encode_public(public(number))) for number in some]
        for portal in portals:
            name = portal_topic(portal).name
            records = [Record(name, 0, number, now() - ago, b"", event) for number, event in events]
            outbox.apply(records, spans_of(records))


def public(number: int) -> Public:
    """Return a decision as the review releases it."""
    return Public(
        event_id=EventId(f"0195a000-0000-7000-8000-{number:012x}"),
        key=DecisionKey(f"11370100MB9A000146|济市监罚〔2026〕{number}号|济南样例{number}号商贸有限公司"),
        revision=1,
        action=Action.PUBLISH,
        kind=Kind.PENALTY,
        subject_class=SubjectClass.LEGAL,
        department="济南市市场监督管理局",
        department_code="11370100MB9A000146",
        region="370100",
        item="CF-001",
        portals=CITY,
        decided_on=date(2026, 11, 18),
        due_on=date(2026, 11, 27),
        reason="",
        values={
            "CF_WSH": f"济市监罚〔2026〕{number}号",
            "CF_XDR_MC": f"济南样例{number}号商贸有限公司",
            "CF_SY": "经查，当事人销售的电线经检验不合格，货值金额3000元，违法所得420元。",
            "CF_NR": "罚款贰仟元整",
            "CF_JDRQ": date(2026, 11, 18),
        },
    )


@asynccontextmanager
async def delivering(
    engine: Engine, addresses: Mapping[PortalId, str], limits: Mapping[PortalId, Limits]
) -> AsyncIterator[None]:
    """Run one deliverer for the length of the block."""
    adaptors = {portal: HttpAdaptor(url, SECRET, now) for portal, url in addresses.items()}
    pace = Pace(report=timedelta(hours=1))
    deliverer = Deliverer(engine, adaptors, Unseen(), CODEC, now, pace=pace, limits=limits)  # type: ignore[arg-type]  # every name is there
    task = asyncio.create_task(deliverer.run())
    try:
        yield
    finally:
        deliverer.stop()
        await task
        for adaptor in adaptors.values():
            await adaptor.close()


async def until_none_waits(engine: Engine, portals: Sequence[PortalId] = CITY) -> float:
    """Return the seconds until nothing waits for `portals`."""
    begun = time.perf_counter()
    async with asyncio.timeout(PATIENCE_S):
        while await asyncio.to_thread(waiting, engine, portals):  # noqa: ASYNC110 -- it is in a database
            await asyncio.sleep(0.05)
    return time.perf_counter() - begun


def waiting(engine: Engine, portals: Sequence[PortalId] = CITY) -> bool:
    """Tell whether any delivery waits for `portals`: a look that costs next to nothing."""
    state = literal(State.WAITING, literal_execute=True)
    asked = select(delivery.c.id).where(delivery.c.state == state).limit(1)
    with reading(engine) as connection:
        return any(connection.execute(asked.where(delivery.c.portal == portal)).first() for portal in portals)


def accepted(engine: Engine, portals: Sequence[PortalId] = CITY) -> int:
    """Return how many deliveries `portals` have accepted."""
    asked = select(func.count()).where(delivery.c.state == State.ACCEPTED, delivery.c.portal.in_(portals))
    with reading(engine) as connection:
        return int(connection.execute(asked).scalar_one())


@dataclass(slots=True)
class Spent:
    """Processor seconds of this process and of all that it has started and that still run."""

    own: float = 0.0
    others: float = 0.0


@contextmanager
def spending() -> Iterator[Spent]:
    """Measure a block."""
    spent = Spent()
    before = _seconds()
    yield spent
    after = _seconds()
    spent.own, spent.others = after.own - before.own, after.others - before.others


def _seconds() -> Spent:
    me = psutil.Process()
    times = [one.cpu_times() for one in me.children(recursive=True)]
    own = me.cpu_times()
    return Spent(own.user + own.system, sum(time.user + time.system for time in times))
