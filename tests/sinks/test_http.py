"""The HTTP adaptor: what it sends, and what it makes of each answer and of none."""

import asyncio
import socket
from contextlib import ExitStack, closing
from datetime import timedelta

import orjson
import pytest

from sinks.body import render
from sinks.http import HttpAdaptor, Timeouts
from sinks.ports import Verdict
from streams.domain.errors import ConfigurationError
from tests.sinks import make
from tests.sinks.asking import ask, order
from tests.sinks.conftest import SECRET, Portal
from tests.sinks.deliveries import delivery_of, now


def test_the_body_carries_official_columns() -> None:
    """Columns go by their official codes, days as ISO 8601, amounts as decimal text."""
    body = orjson.loads(render(make.public(1)))
    assert body["columns"] == {
        "CF_WSH": "济市监罚〔2026〕1号",
        "CF_NR": "罚款2000元",
        "CF_NR_FK": "0.2",
        "CF_JDRQ": "2026-03-02",
    }
    assert (body["decided_on"], body["action"], body["revision"]) == ("2026-03-02", "publish", 1)


@pytest.mark.parametrize(
    ("told", "verdict", "applied"),
    [
        ({"fault": "fail", "status": 503}, Verdict.RETRY, 0),
        ({"fault": "fail", "status": 500}, Verdict.RETRY, 0),
        ({"fault": "fail", "status": 502}, Verdict.RETRY, 0),
        ({"fault": "fail", "status": 504}, Verdict.RETRY, 0),
        ({"fault": "fail", "status": 408}, Verdict.RETRY, 0),
        ({"fault": "fail", "status": 425}, Verdict.RETRY, 0),
        ({"fault": "fail", "status": 410}, Verdict.REFUSED, 0),
        ({"fault": "fail", "status": 403}, Verdict.REFUSED, 0),
        ({"fault": "redirect"}, Verdict.RETRY, 0),
        ({"fault": "throttle"}, Verdict.RETRY, 0),
        ({"fault": "slow", "delay": 1.5}, Verdict.INDETERMINATE, 1),
        ({"fault": "reset"}, Verdict.INDETERMINATE, 1),
        ({"fault": "lie_failed"}, Verdict.RETRY, 1),
        ({"fault": "lie_accepted"}, Verdict.ACCEPTED, 0),
    ],
    ids=str,
)
async def test_every_fault_has_its_verdict(
    portal: Portal, adaptor: HttpAdaptor, told: dict[str, object], verdict: Verdict, applied: int
) -> None:
    """What a portal does wrong once is judged rightly, and the next try with the same key mends it."""
    assert await order(portal, {**told, "count": 1}) == 200
    assert (await adaptor.deliver(delivery_of(make.public(1)))).verdict is verdict
    if told["fault"] == "slow":
        await asyncio.sleep(1.0)  # the portal works on after the sender went away
    assert (await ask(portal, "/statistics"))[1]["applied"] == applied

    assert (await adaptor.deliver(delivery_of(make.public(1)))).verdict is Verdict.ACCEPTED
    assert (await ask(portal, "/statistics"))[1]["applied"] == 1


@pytest.mark.parametrize("asked", ["7", (now() + timedelta(seconds=7)).strftime("%a, %d %b %Y %H:%M:%S GMT")])
async def test_retry_after_is_heard(portal: Portal, asked: str) -> None:
    """A portal may ask for a pause in seconds or until a moment."""
    start = now()
    adaptor = HttpAdaptor(portal.url, SECRET, now)
    await order(portal, {"fault": "throttle", "count": 1, "retry_after": asked})
    answer = await adaptor.deliver(delivery_of(make.public(1)))
    await adaptor.close()
    assert answer.retry_after is not None
    assert timedelta(seconds=0) <= answer.retry_after <= timedelta(seconds=7) + (now() - start)


async def test_a_portal_that_is_away_is_tried_again() -> None:
    """Nobody listening means: nothing has arrived, try again."""
    adaptor = HttpAdaptor("http://127.0.0.1:1/decisions", SECRET, now)
    answer = await adaptor.deliver(delivery_of(make.public(1)))
    await adaptor.close()
    assert (answer.verdict, answer.status) == (Verdict.RETRY, 0)


async def test_a_portal_that_takes_no_connection_is_given_up_soon() -> None:
    """A host that answers no connection at all has got nothing: tried again after seconds, not minutes."""
    with ExitStack() as sockets:
        full, *waiting = (sockets.enter_context(closing(socket.socket())) for _ in range(3))
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for one in waiting:  # these fill the queue, and further ones are let lie
            one.settimeout(0)
            one.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}/"
        adaptor = HttpAdaptor(url, SECRET, now, Timeouts(connect=0.5, total=30.0))
        async with asyncio.timeout(20):
            answer = await adaptor.deliver(delivery_of(make.public(1)))
        await adaptor.close()
    assert (answer.verdict, answer.reason) == (Verdict.RETRY, "ConnectionTimeoutError")


@pytest.mark.parametrize(
    ("url", "secret"), [("ftp://host", SECRET), ("http://host", ""), ("http://host", "whsec_!")]
)
def test_wrong_settings_are_told_at_once(url: str, secret: str) -> None:
    """An address or secret that cannot work is a mistake in the configuration, and stays unquoted."""
    with pytest.raises(ConfigurationError) as caught:
        HttpAdaptor(url, secret, now)
    assert not secret or secret not in str(caught.value)
