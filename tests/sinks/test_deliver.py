"""Outbox, deliverer and relay on both databases."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from sinks.body import render
from sinks.deliver import Deliverer
from sinks.ledger.audit import verify
from sinks.ledger.database import reading
from sinks.ledger.tables import attempt, delivery, outgoing
from sinks.ledger.unreadables import unreadable
from sinks.outbox import Outbox
from sinks.pace import Pace
from sinks.path import path_of
from sinks.ports import Adaptor, Answer, Delivery, Verdict
from sinks.record import Recorder
from sinks.relay import Relay
from sinks.retrying import Retries
from streams.domain.errors import UnavailableError
from streams.domain.events import Receipt
from streams.domain.stages import PortalId, Public
from streams.records import Output, Record, spans_of
from tests.sinks import make
from tests.sinks.make import CITY, CODEC, CREDIT, Log

ACCEPT = Answer(verdict=Verdict.ACCEPTED, status=200, remote_id="r-1")
AWAY = Answer(verdict=Verdict.RETRY, status=503, reason="维护中")
LOST = Answer(verdict=Verdict.INDETERMINATE, reason="ServerDisconnectedError")
REFUSE = Answer(verdict=Verdict.REFUSED, status=422, reason="缺少许可编号")


def now() -> datetime:
    """Return the real time."""
    return datetime.now(UTC)


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


async def test_a_revision_that_comes_too_late_is_superseded(ledger: Engine) -> None:
    """An older revision that is read after a newer one is never sent."""
    take_public(ledger, make.public(1, 2, portals=(CITY,)))
    take_public(ledger, make.public(1, 1, portals=(CITY,)))
    city = FakeAdaptor()
    async with delivering(ledger, {CITY: city}):
        await until(lambda: settled(ledger))
    assert [one.revision for one in city.seen] == [2]
    assert states(ledger)[CITY, make.key_of(1), 1] == "superseded"


def test_the_outbox_takes_an_event_once(ledger: Engine) -> None:
    """The same event in two records is one delivery; what is no event is noted; a tombstone is nothing."""
    log, event = Log(), make.public(1, portals=(CITY,))
    twice = [log.record((CITY, event)), log.record((CITY, event))]
    take(ledger, [*twice, log.raw("portal.city-portal", b"nonsense"), log.raw("portal.city-portal", None)])

    assert list(states(ledger).values()) == ["waiting"]
    with reading(ledger) as connection:
        noted = connection.execute(select(unreadable)).one()
    assert (noted.topic, noted.record_offset, noted.code) == ("portal.city-portal", 2, "NOT_AVRO")


async def test_the_path_shows_each_try(ledger: Engine) -> None:
    """A decision is found by its key with every try, before the recorder has heard of it as well."""
    take_public(ledger, make.public(1, portals=(CITY,)))
    async with delivering(ledger, {CITY: FakeAdaptor({make.key_of(1): [AWAY]})}):
        await until(lambda: settled(ledger))
    assert path_of(ledger, make.key_of(1)) == ()
    records = Log().released(make.public(1, portals=(CITY,)))
    Recorder(ledger, "record", CODEC, make.due_day).apply(records, spans_of(records))
    (path,) = path_of(ledger, make.key_of(1))
    assert [(one.number, one.verdict) for one in path.attempts] == [(1, "retry"), (2, "accepted")]
    assert [(one.state, one.remote_id) for one in path.portals] == [("accepted", "r-1")]


class FakeSend:
    """Takes events, after failing as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.sent: list[Output] = []
        self._failures = failures

    async def __call__(self, outputs: Sequence[Output]) -> None:
        """Take a batch or fail."""
        await asyncio.sleep(0)
        if self._failures:
            self._failures -= 1
            raise UnavailableError("no broker")
        self.sent.extend(outputs)


async def test_the_relay_sends_each_event(ledger: Engine) -> None:
    """Receipts go to their topic in order, each once, also when the broker was away at first."""
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(25)))
    async with delivering(ledger, {CITY: FakeAdaptor()}):
        await until(lambda: settled(ledger))
    send = FakeSend(failures=2)
    relay = Relay(ledger, send, now, batch=10, poll=timedelta(milliseconds=10))
    task = asyncio.create_task(relay.run())
    await until(lambda: len(send.sent) == 25)
    relay.stop()
    await task

    assert {output.topic for output in send.sent} == {"publication.receipt"}
    assert [CODEC.decode_receipt(output.value) for output in send.sent] == receipts(ledger)
    assert await relay.once() == 0


async def test_what_was_sent_long_ago_is_swept_away(ledger: Engine) -> None:
    """After a week a sent event is deleted; what was not sent stays, however old it is."""
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(3)))
    async with delivering(ledger, {CITY: FakeAdaptor()}):
        await until(lambda: settled(ledger))
    await Relay(ledger, FakeSend(), now, batch=2).once()
    assert len(receipts(ledger)) == 3

    def in_days(days: int) -> Callable[[], datetime]:
        later = now() + timedelta(days=days)
        return lambda: later

    with pytest.raises(UnavailableError):
        await Relay(ledger, FakeSend(failures=1), in_days(6)).once()
    assert len(receipts(ledger)) == 3
    with pytest.raises(UnavailableError):
        await Relay(ledger, FakeSend(failures=1), in_days(8)).once()
    assert len(receipts(ledger)) == 1


async def test_a_relay_that_died_is_taken_over(ledger: Engine) -> None:
    """Events that a killed relay had in hand are sent by another once the lease is over."""
    take_public(ledger, make.public(1, portals=(CITY,)))
    async with delivering(ledger, {CITY: FakeAdaptor()}):
        await until(lambda: settled(ledger))

    class Dying(FakeSend):
        async def __call__(self, _outputs: Sequence[Output]) -> None:
            raise KeyboardInterrupt

    later = now() + timedelta(minutes=2)
    with pytest.raises(KeyboardInterrupt):
        await Relay(ledger, Dying(), now).once()
    send = FakeSend()
    assert await Relay(ledger, send, now).once() == 0
    assert await Relay(ledger, send, lambda: later).once() == 1
