"""Leases on deliveries: whoever lost one has nothing to say any more."""

from datetime import timedelta

from sqlalchemy import Engine, select

from sinks import queue
from sinks.body import render
from sinks.ledger.database import reading, writing
from sinks.ledger.tables import attempt, delivery, outgoing
from sinks.outbox import Outbox
from sinks.ports import Answer, Verdict
from sinks.queue import Claim
from sinks.settlement import Result, settle
from sinks.states import State
from streams.records import spans_of
from tests.sinks import make
from tests.sinks.make import CITY, CODEC, NOON, Log

MINUTE = timedelta(minutes=1)


def claim(ledger: Engine, lease: str, minutes: int) -> list[Claim]:
    """Claim what there is for a minute, so many minutes after noon."""
    now = NOON + minutes * MINUTE
    with writing(ledger) as connection:
        return queue.claim(connection, {CITY: 9}, lease=lease, now=now, until=now + MINUTE)


def end(ledger: Engine, one: Claim, verdict: Verdict, state: State, minutes: int) -> None:
    """Settle a claim."""
    now = NOON + minutes * MINUTE
    result = Result(
        claim=one,
        answer=Answer(verdict=verdict, status=200),
        started_at=now,
        ended_at=now,
        state=state,
        next_try_at=now,
    )
    with writing(ledger, chained=True) as connection:
        settle(connection, [result], CODEC)


def test_an_acceptance_counts_without_its_lease(ledger: Engine) -> None:
    """A slow process that brings the acceptance settles the delivery; who took over says nothing new."""
    records = Log().released(make.public(1, portals=(CITY,)))
    Outbox(ledger, "deliver", CODEC, render).apply(records, spans_of(records))
    (slow,) = claim(ledger, "slow", 0)
    (quick,) = claim(ledger, "quick", 2)
    end(ledger, slow, Verdict.ACCEPTED, State.ACCEPTED, 2)
    end(ledger, quick, Verdict.REFUSED, State.DEAD, 3)

    with reading(ledger) as connection:
        assert connection.execute(select(delivery.c.state)).scalars().all() == ["accepted"]
        assert len(connection.execute(select(outgoing)).all()) == 1
        tries = connection.execute(select(attempt.c.number, attempt.c.verdict).order_by(attempt.c.id)).all()
    assert tries == [(1, "indeterminate"), (1, "accepted"), (2, "refused")]


def test_a_lost_lease_settles_nothing(ledger: Engine) -> None:
    """A slow process whose lease went to another changes no delivery, but its try stays on the log."""
    records = Log().released(make.public(1, portals=(CITY,)))
    Outbox(ledger, "deliver", CODEC, render).apply(records, spans_of(records))
    (slow,) = claim(ledger, "slow", 0)
    assert claim(ledger, "quick", 0) == []
    (quick,) = claim(ledger, "quick", 2)
    assert quick.delivery == slow.delivery
    assert (slow.attempts, quick.attempts) == (1, 2)

    end(ledger, slow, Verdict.RETRY, State.WAITING, 2)
    end(ledger, slow, Verdict.REFUSED, State.DEAD, 2)
    assert claim(ledger, "third", 2) == []
    end(ledger, quick, Verdict.ACCEPTED, State.ACCEPTED, 2)
    end(ledger, quick, Verdict.ACCEPTED, State.ACCEPTED, 2)

    with reading(ledger) as connection:
        assert connection.execute(select(delivery.c.state)).scalars().all() == ["accepted"]
        assert len(connection.execute(select(outgoing)).all()) == 1
        tries = connection.execute(select(attempt).order_by(attempt.c.id)).all()
    silent = tries[0]
    assert (silent.number, silent.started_at, silent.seconds) == (1, NOON, 120.0)
    assert [(one.number, one.verdict) for one in tries] == [
        (1, "indeterminate"),  # noted by who took over
        (1, "retry"),
        (1, "refused"),
        (2, "accepted"),
        (2, "accepted"),
    ]
