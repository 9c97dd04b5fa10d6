"""Deliverers that are killed, against a portal that answers over real HTTP."""

import asyncio
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from random import Random

import aiohttp
from sqlalchemy import Engine, select

from sinks.body import render
from sinks.ledger.audit import verify
from sinks.ledger.database import reading
from sinks.ledger.tables import delivery, outgoing
from sinks.outbox import Outbox
from streams.records import spans_of
from tests.sinks import make
from tests.sinks.conftest import SECRET, Portal
from tests.sinks.make import CITY, CODEC, Log

DECISIONS = 150
REVISIONS = 2
KILLS = 6

DELIVERER = """
import asyncio, sys
from datetime import UTC, datetime, timedelta
from schemas.codec import Codec
from schemas.store import RepositoryStore
from sinks.deliver import Deliverer
from sinks.pace import Pace
from sinks.http import HttpAdaptor
from sinks.ledger.database import open_ledger
from sinks.breaking import Breaking
from sinks.retrying import Retries

class Silent:
    def attempted(self, **_): pass
    def backlog(self, **_): pass
    def ledger(self, **_): pass
    def portal(self, **_): pass

async def main(ledger, portal, secret):
    now = lambda: datetime.now(UTC)
    pace = Pace(
        concurrency=4, lease=timedelta(seconds=2), poll=timedelta(milliseconds=20),
        retries=Retries(base=timedelta(milliseconds=50)),
        breaking=Breaking(first=timedelta(milliseconds=50), longest=timedelta(milliseconds=200)),
    )
    adaptors = {"city-portal": HttpAdaptor(portal, secret, now)}
    await Deliverer(open_ledger(ledger), adaptors, Silent(), Codec(RepositoryStore()), now, pace=pace).run()

asyncio.run(main(*sys.argv[1:]))
"""


def waiting(ledger: Engine) -> int:
    """Return how many deliveries are not settled yet."""
    with reading(ledger) as connection:
        return len(connection.execute(select(delivery.c.id).where(delivery.c.state == "waiting")).all())


async def control(portal: Portal, **told: object) -> None:
    """Tell the portal to misbehave."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{portal.base}/control", json=told) as answer,
    ):
        assert answer.status == 200


async def test_killed_deliverers_deliver_once(ledger: Engine, ledger_url: str, portal: Portal) -> None:
    """Though deliverers are killed and answers lost, the portal applies each revision once, in order."""
    log = Log()
    events = [make.public(n, r, portals=(CITY,)) for r in range(1, REVISIONS + 1) for n in range(DECISIONS)]
    records = [record for event in events for record in log.released(event)]
    Outbox(ledger, "deliver", CODEC, render).apply(records, spans_of(records))
    random = Random(7)  # noqa: S311 -- a reproducible run

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", DELIVERER, ledger_url, portal.url, SECRET])

    deliverers = [start(), start()]
    try:
        for _ in range(KILLS):
            await control(portal, fault=random.choice(["slow", "reset", "lie_failed"]), delay=0.05, count=20)
            await asyncio.sleep(random.uniform(0.8, 1.4))
            victim = random.randrange(2)
            deliverers[victim].kill()
            deliverers[victim].wait()
            deliverers[victim] = start()
        async with asyncio.timeout(240):
            while await asyncio.to_thread(waiting, ledger):  # noqa: ASYNC110 -- it is in a database
                await asyncio.sleep(0.1)
    finally:
        for process in deliverers:
            process.kill()
            process.wait()
    await confirm(ledger, portal)


async def confirm(ledger: Engine, portal: Portal) -> None:
    """Compare what the portal counted with what the ledger says."""
    async with aiohttp.ClientSession() as session, session.get(f"{portal.base}/statistics") as answer:
        statistics = await answer.json()
    total = DECISIONS * REVISIONS
    assert (statistics["applied"], statistics["stale"], statistics["refused"]) == (total, 0, 0)
    assert Counter(n for revisions in statistics["decisions"].values() for n in revisions.values()) == {
        1: total
    }
    with reading(ledger) as connection:
        states = Counter(row.state for row in connection.execute(select(delivery.c.state)))
        payloads = [row.payload for row in connection.execute(select(outgoing.c.payload))]
    assert states == {"accepted": total}
    told = Counter((receipt.key, receipt.revision) for receipt in map(CODEC.decode_receipt, payloads))
    assert len(told) == total
    assert set(told.values()) == {1}
    assert verify(ledger).rows == total
    assert max(CODEC.decode_receipt(one).accepted_at for one in payloads) <= datetime.now(UTC)
