"""Full decisions reach 市公共信用信息平台 once each, and nobody else."""

import asyncio

import aiohttp
from sqlalchemy import Engine, select

from sinks.deliver import Deliverer
from sinks.http import HttpAdaptor
from sinks.ledger.database import reading
from sinks.ledger.tables import delivery
from sinks.ledger.unreadables import unreadable
from sinks.ports import Verdict
from sinks.queue import claim
from sinks.sharing.adaptor import ShareAdaptor
from sinks.sharing.counting import count_shared
from sinks.sharing.outbox import ShareOutbox
from sinks.sharing.sealing import Seal
from sinks.summary import PortalCount
from streams.domain.stages import Action
from streams.topics import PLATFORM, SHARE
from tests.sinks import make
from tests.sinks.conftest import SECRET, Portal
from tests.sinks.deliveries import now
from tests.sinks.delivering import FakeObserver, pace, settled, until
from tests.sinks.make import CODEC
from tests.sinks.sharing.platform import KEY, NUMBER, Platform, shared, take


async def deliver(ledger: Engine, platform: Platform) -> None:
    """Deliver all that waits."""
    adaptor = ShareAdaptor(f"{platform.base}/decisions", SECRET, Seal(KEY), now)
    deliverer = Deliverer(ledger, {PLATFORM: adaptor}, FakeObserver(), CODEC, now, pace=pace())
    task = asyncio.create_task(deliverer.run())
    try:
        await until(lambda: settled(ledger))
    finally:
        deliverer.stop()
        await task
        await adaptor.close()


async def test_full_decisions_arrive_in_order_and_once(ledger: Engine, platform: Platform) -> None:
    """The platform has every identifier of what is in force, the correction and not what was withdrawn."""
    take(ledger, *map(shared, range(5)), shared(1, 2), shared(2, 2, Action.WITHDRAW))
    take(ledger, shared(3), start=7)
    await deliver(ledger, platform)

    kept = platform.kept()
    assert kept.keys() == {make.key_of(number) for number in (0, 1, 3, 4)}
    assert {body["columns"]["CF_XDR_ZJHM"] for body in kept.values()} == {NUMBER}
    assert kept[make.key_of(1)]["columns"]["CF_NR"] == "罚款2元"
    assert count_shared(ledger) == PortalCount(expected=7, accepted=7)
    async with aiohttp.ClientSession() as session, session.get(f"{platform.base}/statistics") as told:
        assert (await told.json())["applied"] == 7


async def test_a_public_portal_gets_nothing_of_it(ledger: Engine, portal: Portal) -> None:
    """Even what is handed to a public portal's adaptor by mistake is refused there, and tells nothing."""
    take(ledger, shared(1))
    with ledger.begin() as connection:
        (mine,) = claim(connection, {PLATFORM: 1}, lease="l", now=now(), until=now())
    adaptor = HttpAdaptor(portal.url, SECRET, now)
    answer = await adaptor.deliver(mine.delivery)
    await adaptor.close()
    assert answer.verdict is Verdict.REFUSED
    assert NUMBER.encode() not in mine.delivery.body


def test_what_comes_late_or_is_no_decision_is_not_sent(ledger: Engine) -> None:
    """An older revision after a newer one, other records and tombstones are no deliveries."""
    take(ledger, shared(1, 2), shared(1, 1), CODEC.encode_public(make.public(3)), b"", None)
    with reading(ledger) as connection:
        rows = connection.execute(select(delivery.c.revision, delivery.c.state)).all()
        noted = connection.execute(select(unreadable)).all()
    assert {tuple(row) for row in rows} == {(2, "waiting"), (1, "superseded")}
    assert len(noted) == 2
    assert ShareOutbox(ledger, CODEC, Seal(KEY)).positions([(SHARE.name, 0)]) == {(SHARE.name, 0): 5}


async def test_the_platform_shows_nobody_anything(ledger: Engine, platform: Platform) -> None:
    """It has no public page, neither of one decision nor of all."""
    take(ledger, shared(1))
    await deliver(ledger, platform)
    async with aiohttp.ClientSession() as session:
        for page in ("decisions", f"decisions/{make.key_of(1)}"):
            async with session.get(f"{platform.base}/{page}") as answer:
                assert answer.status in (404, 405)
                assert NUMBER not in await answer.text()
