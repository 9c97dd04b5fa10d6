"""Probers that are killed while they look, against a portal that answers over real HTTP."""

import asyncio
import subprocess
import sys
from collections import Counter

from sqlalchemy import Engine, select

from sinks.ledger.audit import verify
from sinks.ledger.database import reading
from sinks.ledger.sightings import sighting
from sinks.summary import summary
from tests.sinks import make
from tests.sinks.conftest import Portal
from tests.sinks.make import CITY
from tests.sinks.probing.town import Town

DECISIONS = 40
KILLS = 2

PROBER = """
import asyncio, sys
from datetime import UTC, datetime, timedelta
from sinks.ledger.database import open_ledger
from sinks.probing.choosing import probe_for
from sinks.probing.prober import Gait, Prober
from sinks.probing.watch import Watch

class Silent:
    def looked(self, **_): pass
    def standing(self, **_): pass

async def main(ledger, portal):
    gait = Gait(lease=timedelta(seconds=1), poll=timedelta(milliseconds=200), batch=5)
    probe = probe_for(portal + "/{key}", portal, "")
    probes = {"city-portal": (probe, Watch())}
    now = lambda: datetime.now(UTC)
    await Prober(open_ledger(ledger), probes, Silent(), lambda day: day, now, gait=gait).run()

asyncio.run(main(*sys.argv[1:]))
"""


async def test_killed_probers_see_each_once(ledger: Engine, ledger_url: str, portal: Portal) -> None:
    """Though probers are killed at any moment, each decision is seen, on record once, and verified."""
    town = Town(ledger, portal)
    await town.deliver(*(make.public(number, portals=(CITY,)) for number in range(DECISIONS)))

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", PROBER, ledger_url, portal.url])

    probers = [start(), start()]
    try:
        for kill in range(KILLS):
            before = seen(ledger)
            async with asyncio.timeout(60):
                while seen(ledger) == before < DECISIONS:  # noqa: ASYNC110 -- it is in a database
                    await asyncio.sleep(0.02)
            probers[kill % 2].kill()
            probers[kill % 2].wait()
            probers[kill % 2] = start()
        async with asyncio.timeout(60):
            while seen(ledger) < DECISIONS:  # noqa: ASYNC110 -- likewise
                await asyncio.sleep(0.1)
    finally:
        for process in probers:
            process.kill()
            process.wait()
        await town.close()
    assert Counter(town.entries()) == {"seen": DECISIONS}
    assert (verify(ledger).broken_at, summary(ledger).verified) == (None, DECISIONS)


def seen(ledger: Engine) -> int:
    """Return how many decisions were seen."""
    with reading(ledger) as connection:
        return len(connection.execute(select(sighting.c.revision).where(sighting.c.sight == "seen")).all())
