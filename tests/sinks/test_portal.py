"""The reference portal over real HTTP: what it takes, refuses, keeps and shows."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from sinks.body import render
from sinks.http import HttpAdaptor
from sinks.ports import Verdict
from sinks.reference.portal import ReferencePortal, serve
from streams.domain.stages import Action
from tests.sinks import make
from tests.sinks.asking import ask, order
from tests.sinks.conftest import SECRET, Portal
from tests.sinks.deliveries import delivery_of, now
from tests.sinks.make import CITY


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
