"""Decisions in a ledger's outbox, for benchmarks of delivering them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import psutil
from sqlalchemy import Engine, func, literal, select

from benchmarks.portals import CITY
from schemas.codec import Codec
from schemas.store import RepositoryStore
from sinks.body import render
from sinks.ledger.database import reading
from sinks.ledger.tables import delivery
from sinks.outbox import Outbox
from sinks.states import State
from streams.clock import now
from streams.domain.stages import Action, DecisionKey, EventId, Kind, Public, SubjectClass
from streams.records import Record, spans_of
from streams.topics import portal_topic

CODEC = Codec(RepositoryStore())


class Unseen:
    """An observer that counts nothing."""

    def __getattr__(self, _name: str) -> object:
        return lambda **_told: None


def fill(engine: Engine, count: int, *, first: int = 0) -> None:
    """Put decisions for all six portals into the outbox, as its consumer does."""
    outbox = Outbox(engine, "deliver", CODEC, render)
    events = [CODEC.encode_public(public(number)) for number in range(first, first + count)]
    for portal in CITY:
        records = [
            Record(portal_topic(portal).name, 0, first + place, now(), b"", event)
            for place, event in enumerate(events)
        ]
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


def waiting(engine: Engine) -> bool:
    """Tell whether any delivery waits: a look that costs next to nothing."""
    with reading(engine) as connection:
        state = literal(State.WAITING, literal_execute=True)
        asked = select(delivery.c.id).where(delivery.c.state == state).limit(1)
        return connection.execute(asked).first() is not None


def accepted(engine: Engine) -> int:
    """Return how many deliveries a portal has accepted."""
    with reading(engine) as connection:
        asked = select(func.count()).where(delivery.c.state == State.ACCEPTED)
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
