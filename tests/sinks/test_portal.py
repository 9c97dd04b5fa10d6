"""The reference portal and the HTTP adaptor, over real HTTP."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest
from yarl import URL

from sinks.body import render
from sinks.http import HttpAdaptor, Timeouts
from sinks.ports import Delivery, Verdict
from sinks.reference.portal import ReferencePortal, serve
from streams.domain.errors import ConfigurationError
from streams.domain.stages import Action, Public
from tests.sinks import make
from tests.sinks.conftest import SECRET, Portal
from tests.sinks.make import CITY


def now() -> datetime:
    """Return the real time, as the portal checks the signature's age."""
    return datetime.now(UTC)


def delivery_of(event: Public, *, attempt_key: str = "") -> Delivery:
    """Return the delivery of an event to the city portal."""
    return Delivery(
        portal=CITY,
        key=event.key,
        revision=event.revision,
        event_id=event.event_id,
        action=event.action,
        body=render(event),
        idempotency_key=attempt_key or f"{CITY}:{event.event_id}",
    )


@pytest.fixture
async def adaptor(portal: Portal) -> AsyncIterator[HttpAdaptor]:
    """Give an adaptor that speaks to the portal, and waits a second at most."""
    adaptor = HttpAdaptor(portal.url, SECRET, now, Timeouts(connect=1.0, total=1.0))
    yield adaptor
    await adaptor.close()


async def ask(portal: Portal, path: str) -> tuple[int, Any]:
    """Return status and JSON of a page."""
    url = URL(f"{portal.base}{path}", encoded=False)
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.json()


async def order(portal: Portal, told: Mapping[str, object]) -> int:
    """Tell the portal to misbehave."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{portal.base}/control", json=told) as response,
    ):
        return response.status


async def test_a_delivery_becomes_public(portal: Portal, adaptor: HttpAdaptor) -> None:
    """What is delivered can be read at the portal, under its key, as it was sent."""
    event = make.public(1)
    answer = await adaptor.deliver(delivery_of(event))

    assert (answer.verdict, answer.status, answer.remote_id) == (Verdict.ACCEPTED, 200, "city-portal-1")
    status, shown = await ask(portal, f"/decisions/{event.key}")
    assert (status, shown) == (200, orjson.loads(render(event)))
    assert (await ask(portal, "/decisions?kind=penalty"))[1] == [shown]
    assert (await ask(portal, "/decisions?kind=licence"))[1] == []


async def test_it_shows_what_it_is_told_to(portal: Portal, adaptor: HttpAdaptor) -> None:
    """Told so, its public page hides a decision, alters a column, or keeps what was withdrawn."""
    event = make.public(1)
    page = f"/decisions/{event.key}"
    await adaptor.deliver(delivery_of(event))
    for fault in ({"fault": "hide"}, {"fault": "alter", "column": "CF_NR_FK"}):
        assert await order(portal, {**fault, "count": 1}) == 200
    assert (await ask(portal, page))[0] == 404
    assert (await ask(portal, page))[1]["columns"]["CF_NR_FK"] != "0.2"
    assert (await ask(portal, page))[1]["columns"]["CF_NR_FK"] == "0.2"
    await adaptor.deliver(delivery_of(make.public(1, 2, action=Action.WITHDRAW)))
    assert await order(portal, {"fault": "keep", "count": 1}) == 200
    assert [(await ask(portal, page))[0] for _ in range(2)] == [200, 410]


async def test_faults_of_pages_do_not_touch_deliveries(portal: Portal, adaptor: HttpAdaptor) -> None:
    """A portal that hides what it has takes it all the same, and one that fails still shows what it has."""
    await order(portal, {"fault": "hide"})
    assert (await adaptor.deliver(delivery_of(make.public(1)))).verdict is Verdict.ACCEPTED
    await order(portal, {"fault": "none"})
    await order(portal, {"fault": "fail", "status": 503})
    assert (await ask(portal, f"/decisions/{make.key_of(1)}"))[0] == 200


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


async def test_the_same_key_is_applied_once(portal: Portal, adaptor: HttpAdaptor) -> None:
    """A delivery that comes twice is acknowledged twice with the same id, and applied once."""
    event = make.public(1)
    first, second = [await adaptor.deliver(delivery_of(event)) for _ in range(2)]

    assert first == second
    statistics = (await ask(portal, "/statistics"))[1]
    assert (statistics["received"], statistics["applied"], statistics["duplicates"]) == (2, 1, 1)
    assert statistics["decisions"] == {event.key: {"1": 1}}


async def test_an_older_revision_changes_nothing(portal: Portal, adaptor: HttpAdaptor) -> None:
    """A revision that arrives after a newer one is acknowledged and not applied."""
    for event in (make.public(1, 2, content="更正后"), make.public(1, 1)):
        assert (await adaptor.deliver(delivery_of(event))).verdict is Verdict.ACCEPTED

    assert (await ask(portal, f"/decisions/{make.key_of(1)}"))[1]["columns"]["CF_NR"] == "更正后"
    assert (await ask(portal, "/statistics"))[1]["stale"] == 1


async def test_a_withdrawn_decision_is_gone(portal: Portal, adaptor: HttpAdaptor) -> None:
    """After a withdrawal the decision is shown to nobody."""
    for event in (make.public(1), make.public(1, 2, action=Action.WITHDRAW)):
        assert (await adaptor.deliver(delivery_of(event))).verdict is Verdict.ACCEPTED

    assert (await ask(portal, f"/decisions/{make.key_of(1)}"))[0] == 410
    assert (await ask(portal, "/decisions"))[1] == []


@pytest.mark.parametrize(
    "text", ["电话13812345678联系", "身份证370102198803071234", "证号37010219880307124x。"]
)
async def test_personal_data_is_refused(portal: Portal, adaptor: HttpAdaptor, text: str) -> None:
    """A body with an identity or mobile number in it is refused for good, and not stored."""
    answer = await adaptor.deliver(delivery_of(make.public(1, content=text)))

    assert (answer.verdict, answer.status) == (Verdict.REFUSED, 422)
    assert "CF_NR" in answer.reason
    assert text not in answer.reason
    assert (await ask(portal, f"/decisions/{make.key_of(1)}"))[0] == 404


@pytest.mark.parametrize(
    "text", ["统一社会信用代码91370100MA3C123456", "许可证JY13701020012345", "3701021988****1234"]
)
async def test_public_numbers_pass(adaptor: HttpAdaptor, text: str) -> None:
    """Codes of companies, licence numbers and masked numbers are no personal data."""
    assert (await adaptor.deliver(delivery_of(make.public(1, content=text)))).verdict is Verdict.ACCEPTED


async def test_a_wrong_signature_is_refused(portal: Portal) -> None:
    """Without the portal's secret nothing is taken."""
    stranger = HttpAdaptor(portal.url, "whsec_" + "c3RyYW5nZXI=" * 3, now)
    answer = await stranger.deliver(delivery_of(make.public(1)))
    await stranger.close()
    assert (answer.verdict, answer.status) == (Verdict.REFUSED, 401)
    assert (await ask(portal, "/statistics"))[1]["unauthorised"] == 1


async def test_an_old_signature_is_refused(portal: Portal) -> None:
    """A delivery that was signed long ago cannot be played again."""
    late = HttpAdaptor(portal.url, SECRET, lambda: now() - timedelta(hours=1))
    answer = await late.deliver(delivery_of(make.public(1)))
    await late.close()
    assert answer.status == 401


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


async def test_orders_that_nobody_understands_are_refused(portal: Portal) -> None:
    """A portal says which orders there are when it is told something else."""
    assert await order(portal, {"fault": "explode"}) == 400
    assert await order(portal, {"fault": "slow", "delay": "long"}) == 400


async def test_what_was_taken_survives_a_restart(tmp_path: Path) -> None:
    """A portal that is started again knows its decisions and the keys that it has seen."""
    for _ in range(2):
        reference = ReferencePortal(CITY, SECRET, tmp_path / "again.db", now)
        port = await reference.start("127.0.0.1", 0)
        adaptor = HttpAdaptor(f"http://127.0.0.1:{port}/decisions", SECRET, now)
        assert (await adaptor.deliver(delivery_of(make.public(1)))).verdict is Verdict.ACCEPTED
        statistics = (await ask(Portal(reference, f"http://127.0.0.1:{port}"), "/statistics"))[1]
        await adaptor.close()
        await reference.close()
    assert (statistics["applied"], statistics["duplicates"]) == (1, 1)


async def test_a_portal_serves_until_it_is_cancelled(tmp_path: Path) -> None:
    """`serve` tells its port once it listens, and closes its file when it is ended."""
    listening: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(
        serve(CITY, "127.0.0.1", 0, SECRET, tmp_path / "s.db", clock=now, ready=listening.set_result)
    )
    adaptor = HttpAdaptor(f"http://127.0.0.1:{await listening}/decisions", SECRET, now)
    assert (await adaptor.deliver(delivery_of(make.public(1)))).verdict is Verdict.ACCEPTED
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await adaptor.deliver(delivery_of(make.public(1)))).verdict is not Verdict.ACCEPTED
    await adaptor.close()


async def test_broken_bodies_are_refused(portal: Portal, adaptor: HttpAdaptor) -> None:
    """A body that is no decision is refused with a reason."""
    whole = delivery_of(make.public(1))
    for body in (b"[]", b"no json", b'{"columns": {}}'):
        answer = await adaptor.deliver(replace(whole, body=body))
        assert (answer.verdict, answer.status) == (Verdict.REFUSED, 422)


@pytest.mark.parametrize(
    ("url", "secret"), [("ftp://host", SECRET), ("http://host", ""), ("http://host", "whsec_!")]
)
def test_wrong_settings_are_told_at_once(url: str, secret: str) -> None:
    """An address or secret that cannot work is a mistake in the configuration, and stays unquoted."""
    with pytest.raises(ConfigurationError) as caught:
        HttpAdaptor(url, secret, now)
    assert not secret or secret not in str(caught.value)
