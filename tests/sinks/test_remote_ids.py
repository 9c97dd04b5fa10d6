"""The portal's own ids, kept in the ledger and used to correct and to remove."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine

from sinks.adaptors import adaptor_for
from sinks.ports import Answer, Verdict
from sinks.remote_ids import LedgerRemoteIds, Standing
from sinks.retrying import Retries
from tests.sinks import make
from tests.sinks.asking import look, order_national
from tests.sinks.conftest import ACCOUNT, National
from tests.sinks.deliveries import delivery_of, now, withdrawal
from tests.sinks.delivering import (
    AWAY,
    LOST,
    REFUSE,
    FakeAdaptor,
    delivering,
    settled,
    states,
    take_public,
    until,
)
from tests.sinks.make import CITY

ONCE = Retries(base=timedelta(milliseconds=1), longest=timedelta(milliseconds=1), give_up_after=timedelta())
# a few at a time, as a portal that only fails is left alone for longer and longer
FAULTS = (
    "reset",
    "slow",
    "slow",
    "lie_failed",
    "throttle",
    "slow",
    "slow",
    "fail",
    "redirect",
    "slow",
    "slow",
)


async def test_every_decision_stands_once_at_a_platform_that_fails(
    ledger: Engine, national: National
) -> None:
    """New, corrected and withdrawn ones end as the last revision says, whatever answers were lost."""
    ids = LedgerRemoteIds(ledger)
    adaptor = adaptor_for(national.url, ACCOUNT, now, ids)
    for number in range(12):
        corrected = make.public(number, 2, portals=(CITY,), content=f"罚款{number}元")
        take_public(ledger, make.public(number, portals=(CITY,)), corrected)
        if number % 3 == 0:
            take_public(ledger, replace(withdrawal(number, 3), portals=(CITY,)))
    for fault in FAULTS * 2:
        await order_national(national, fault=fault, count=1, delay=0, retry_after="0")
    async with delivering(ledger, {CITY: adaptor}):
        await until(lambda: settled(ledger), 120)
    await adaptor.close()
    assert set(states(ledger).values()) == {"accepted"}

    records = await look(national, "records")
    standing = {one["number"]: one["columns"]["CF_NR"] for one in records if not one["removed"]}
    assert standing == {
        make.public(number).values["CF_WSH"]: f"罚款{number}元" for number in range(12) if number % 3
    }
    assert (await look(national, "statistics"))["misbehaved"] == 2 * len(FAULTS)


async def test_the_last_accepted_answer_tells_what_stands(ledger: Engine) -> None:
    """The id is that of the last accepted revision of this portal; after a withdrawal nothing stands."""
    ids = LedgerRemoteIds(ledger)
    answers = [Answer(verdict=Verdict.ACCEPTED, status=200, remote_id=f"r-{n}") for n in range(3)]
    adaptor = FakeAdaptor({make.key_of(1): answers})
    take_public(ledger, make.public(1, portals=(CITY,)), make.public(1, 2, portals=(CITY,)))
    async with delivering(ledger, {CITY: adaptor}):
        await until(lambda: settled(ledger), 120)
    assert await ids.before(delivery_of(make.public(1))) == Standing()
    assert await ids.before(delivery_of(make.public(1, 2))) == Standing(remote_id="r-0")
    assert await ids.before(delivery_of(make.public(1, 3))) == Standing(remote_id="r-1")
    assert await ids.before(delivery_of(make.public(2, 3))) == Standing()


async def test_a_lost_answer_that_was_given_up_leaves_doubt(ledger: Engine) -> None:
    """After a dead letter something may stand there only if one of its answers was missing."""
    ids = LedgerRemoteIds(ledger)
    told = {1: LOST, 2: REFUSE, 3: AWAY}
    adaptor = FakeAdaptor({make.key_of(number): [answer] * 9 for number, answer in told.items()})
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in told))
    async with delivering(ledger, {CITY: adaptor}, retries=ONCE):
        await until(lambda: settled(ledger), 120)
    doubts = {number: (await ids.before(delivery_of(make.public(number, 2)))).uncertain for number in told}
    assert doubts == {1: True, 2: False, 3: False}
