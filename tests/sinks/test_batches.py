"""Several deliveries in one request: once each, each with an answer of its own, whatever the portal does."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import Engine

from sinks.adaptors import adaptor_for
from sinks.admitting import Admitting
from sinks.deliver import Deliverer
from sinks.http import HttpAdaptor, Timeouts
from sinks.ledger import breakers
from sinks.ledger.database import reading, writing
from sinks.ports import Answer, BatchAdaptor, Delivery, Verdict
from sinks.queue import claim
from sinks.soap import SoapAdaptor
from sinks.soap_batch import import_rows
from sinks.soap_messages import Told
from streams.domain.limits import Limits
from tests.sinks import make
from tests.sinks.conftest import ACCOUNT, SECRET, FakeRemoteIds, National, Portal
from tests.sinks.make import CITY, CODEC
from tests.sinks.test_deliver import (
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
from tests.sinks.test_portal import ask, delivery_of, now, order
from tests.sinks.test_soap import look
from tests.sinks.test_soap import order as order_national
from tests.sinks.ways import withdrawal

NEW_SECRET = "whsec_" + "bmV3LXNlY3JldC1mb3ItdGVzdHMtb25seS0wMTIzNDU="


def some(count: int = 5) -> list[Delivery]:
    """Return that many new decisions' deliveries."""
    return [delivery_of(make.public(number)) for number in range(count)]


async def test_each_delivery_has_its_own_answer(portal: Portal) -> None:
    """Of five in one request the bad one is refused with the portal's words, the others are public."""
    deliveries = some()
    deliveries[2] = replace(deliveries[2], body=b'{"columns": 1}')
    adaptor = HttpAdaptor(portal.url, SECRET, now)
    answers = await adaptor.deliver_batch(deliveries)
    again = await adaptor.deliver_batch(deliveries[3:])
    await adaptor.close()

    assert [answer.verdict for answer in answers] == [Verdict.ACCEPTED] * 2 + [Verdict.REFUSED] + [
        Verdict.ACCEPTED
    ] * 2
    assert answers[2].reason == "缺少 columns"
    assert len({answer.remote_id for answer in answers} - {""}) == 4
    assert [answer.remote_id for answer in again] == [answer.remote_id for answer in answers[3:]]
    counted = (await ask(portal, "/statistics"))[1]
    assert (counted["applied"], counted["duplicates"], counted["refused"]) == (4, 2, 1)


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ({"fault": "fail", "status": 503}, Verdict.RETRY),
        ({"fault": "fail", "status": 403}, Verdict.REFUSED),
        ({"fault": "throttle"}, Verdict.RETRY),
        ({"fault": "redirect"}, Verdict.RETRY),
        ({"fault": "reset"}, Verdict.INDETERMINATE),
        ({"fault": "slow", "delay": 1.5}, Verdict.INDETERMINATE),
        ({"fault": "lie_failed"}, Verdict.RETRY),
        ({"fault": "lie_accepted"}, Verdict.INDETERMINATE),
        ({"fault": "fail", "status": 413}, Verdict.ACCEPTED),
    ],
    ids=str,
)
async def test_a_fault_is_that_of_all_and_the_next_try_mends_it(
    portal: Portal, told: dict[str, object], verdict: Verdict
) -> None:
    """A request that fails fails for all in it, one that is too large goes in halves; again, each is once."""
    adaptor = HttpAdaptor(portal.url, SECRET, now, Timeouts(connect=1.0, total=1.0))
    assert await order(portal, {**told, "count": 1}) == 200
    assert {answer.verdict for answer in await adaptor.deliver_batch(some())} == {verdict}
    if told["fault"] == "slow":
        await asyncio.sleep(1.0)  # the portal works on after the sender went away
    regrouped = some()
    for part in (regrouped[3:], regrouped[:3]):
        assert {one.verdict for one in await adaptor.deliver_batch(part)} == {Verdict.ACCEPTED}
    await adaptor.close()
    statistics = (await ask(portal, "/statistics"))[1]
    assert (statistics["applied"], statistics["stale"]) == (5, 0)


@pytest.mark.parametrize(
    ("secrets", "verdict"),
    [
        (f"{NEW_SECRET} {SECRET}", Verdict.ACCEPTED),
        (f"{SECRET}\n{NEW_SECRET}", Verdict.ACCEPTED),
        (NEW_SECRET, Verdict.REFUSED),
    ],
    ids=["new-old", "old-new", "new"],
)
async def test_a_secret_can_be_changed_without_a_gap(portal: Portal, secrets: str, verdict: Verdict) -> None:
    """While both secrets stand in the file every message is signed with both: knowing one is enough."""
    adaptor = HttpAdaptor(portal.url, secrets, now)
    assert (await adaptor.deliver(some()[0])).verdict is verdict
    assert {one.verdict for one in await adaptor.deliver_batch(some())} == {verdict}
    await adaptor.close()


def soap(national: National, ids: FakeRemoteIds) -> BatchAdaptor:
    """Return the national import's adaptor."""
    adaptor = adaptor_for(national.url, ACCOUNT, now, ids)
    assert isinstance(adaptor, SoapAdaptor)
    return adaptor


async def test_a_bad_row_is_set_aside_and_the_rest_imported(national: National) -> None:
    """Two rows that the platform refuses come back with its words, all others are imported in few calls."""
    adaptor = soap(national, FakeRemoteIds())
    standing = make.public(2)
    await adaptor.deliver(delivery_of(standing))
    deliveries = some(8)
    other = replace(standing, event_id=make.event_of(99), values={**standing.values, "CF_NR": "别的"})
    deliveries[2] = delivery_of(other)
    deliveries[5] = replace(deliveries[5], body=deliveries[5].body.replace("罚款".encode(), b"\\u0001"))
    answers = await adaptor.deliver_batch(deliveries)
    await adaptor.close()

    refused = {place: one.reason for place, one in enumerate(answers) if one.verdict is not Verdict.ACCEPTED}
    assert refused[2] == "02 line 3: 文书号与相对人名称重复"
    assert "控制字符" in refused[5]
    assert refused.keys() == {2, 5}
    records = {one["id"]: one["number"] for one in await look(national, "records")}
    assert [records.get(one.remote_id) for one in answers] == [
        None if place in refused else f"济市监罚〔2026〕{place}号" for place in range(8)
    ]
    assert (await look(national, "statistics"))["received"] == 3  # the first, the batch, the rest of it


@pytest.mark.parametrize("line", [0, 9, None])
async def test_what_is_said_of_the_whole_document_is_each_rows_own_to_find_out(line: int | None) -> None:
    """Line 0, a line that is not there and a refusal without one have every row sent alone, none refused."""
    told = Told(code="02", line=line, ids=(), words="文档无法解析", fault="")
    if line is None:
        told = replace(told, code="", fault="Client")
    asked: list[int] = []

    async def ask(rows: Sequence[object]) -> Told:
        asked.append(len(rows))
        return told

    def judged(_told: Told) -> Answer:
        return Answer(verdict=Verdict.REFUSED, reason="02")

    assert await import_rows(ask, judged, {"a": 1, "b": 2}) == {"a": None, "b": None}
    assert asked == [2]


async def test_corrections_and_withdrawals_go_alone(national: National) -> None:
    """What removes a record is done one by one beside a batch of new rows."""
    ids = FakeRemoteIds()
    adaptor = soap(national, ids)
    first = await adaptor.deliver_batch(some(3))
    for number, answer in enumerate(first):
        ids.accepted[CITY, make.key_of(number), 1] = answer.remote_id
    mixed = [
        delivery_of(make.public(7)),
        delivery_of(make.public(0, 2, content="罚款3000元")),
        delivery_of(withdrawal(1, 2)),
        delivery_of(make.public(8)),
    ]
    assert {one.verdict for one in await adaptor.deliver_batch(mixed)} == {Verdict.ACCEPTED}
    await adaptor.close()
    public = {one["number"]: one["columns"] for one in await look(national, "records") if not one["removed"]}
    assert sorted(public) == [f"济市监罚〔2026〕{number}号" for number in (0, 2, 7, 8)]
    assert public["济市监罚〔2026〕0号"]["CF_NR"] == "罚款3000元"


@pytest.mark.parametrize("fault", ["reset", "fail", "throttle", "lie_accepted"])
async def test_a_failed_import_is_made_again(national: National, fault: str) -> None:
    """Whatever becomes of a batch's call, the next try leaves exactly one record of each."""
    adaptor = soap(national, FakeRemoteIds())
    await order_national(national, fault=fault, status=503, count=1)
    await adaptor.deliver_batch(some())
    assert {one.verdict for one in await adaptor.deliver_batch(some())} == {Verdict.ACCEPTED}
    await adaptor.close()
    assert len(await look(national, "records")) == 5


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
