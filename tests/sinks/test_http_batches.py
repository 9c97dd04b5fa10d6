"""Several deliveries in one HTTP request: each once, with an answer of its own, signed with each secret."""

import asyncio
from dataclasses import replace

import pytest

from sinks.http import HttpAdaptor, Timeouts
from sinks.ports import Verdict
from tests.sinks.asking import ask, order
from tests.sinks.conftest import SECRET, Portal
from tests.sinks.deliveries import now, some

NEW_SECRET = "whsec_" + "bmV3LXNlY3JldC1mb3ItdGVzdHMtb25seS0wMTIzNDU="


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
