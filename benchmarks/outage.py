"""What a portal's outage of 48 hours costs the others: `python -m benchmarks outage [--backlog N] [--decisions N]`.

One portal has been down for 48 hours: so many deliveries wait for it, and its breaker is open. The five others get so
many decisions each in batches, without and with that; then the portal is back, and what waits for it goes at the rate
that is configured: 10 requests a second of up to 50 deliveries.
"""

import argparse
import asyncio
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Engine

from benchmarks.deliveries import accepted, delivering, fill, until_none_waits
from benchmarks.ledgers import BACKENDS, ledger
from benchmarks.portals import CITY, portals
from sinks.breaking import Breaker, Condition
from sinks.ledger import breakers
from sinks.ledger.database import writing
from streams.clock import now
from streams.domain.limits import Limits
from streams.domain.stages import PortalId
from streams.embedded.ports import LOOPBACK, free_port

AWAY, *OTHERS = CITY
OUTAGE = timedelta(hours=48)
BUSY = Limits(batch=100, concurrency=2)
RATED = Limits(batch=50, rate=10.0)
DRAINING_S = 10.0
ROUNDS = 3


def main() -> None:
    """Print the figures of each ledger."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--backlog", type=int, default=50_000, help="deliveries that wait (50000)")
    options.add_argument("--decisions", type=int, default=1_500, help="for the five others (1500)")
    options.add_argument("--ledger", choices=BACKENDS, help="only this one")
    chosen = options.parse_args()
    for backend in [chosen.ledger] if chosen.ledger else BACKENDS:
        with ledger(backend) as engine, portals() as addresses:
            decisions = range(chosen.decisions)
            usual = [others(engine, addresses, decisions, number) for number in range(ROUNDS)]
            fail(engine, chosen.backlog)
            shut = {**addresses, AWAY: f"http://{LOOPBACK}:{free_port()}/decisions"}
            beside = [others(engine, shut, decisions, ROUNDS + number) for number in range(ROUNDS)]
            drained = asyncio.run(draining(engine, addresses))
        print(
            f"{backend}: the five others get {max(usual):,.0f} deliveries/s, beside the outage {max(beside):,.0f}"
        )
        print(
            f"{backend}: of {chosen.backlog:,} that waited {drained:,.0f}/s go out at 10 requests/s of 50",
            flush=True,
        )


def others(engine: Engine, addresses: Mapping[PortalId, str], decisions: range, number: int) -> float:
    """Return the deliveries a second of the five others."""
    first = number * len(decisions)
    fill(engine, range(first, first + len(decisions)), OTHERS)
    return len(decisions) * len(OTHERS) / asyncio.run(delivered(engine, addresses))


async def delivered(engine: Engine, addresses: Mapping[PortalId, str]) -> float:
    """Return the seconds until nothing waits for the five others."""
    async with delivering(engine, addresses, dict.fromkeys(addresses, BUSY)):
        return await until_none_waits(engine, OTHERS)


def fail(engine: Engine, backlog: int) -> None:
    """Leave the ledger as an outage does that began 48 hours ago."""
    fill(engine, range(backlog), [AWAY], OUTAGE)
    since = now() - OUTAGE
    state = Breaker(
        condition=Condition.OPEN,
        failures=9,
        last_failed=1,
        openings=9,
        failing_since=since,
        next_try_at=now(),
    )
    with writing(engine) as connection:
        breakers.save(connection, {AWAY: state}, now())


async def draining(engine: Engine, addresses: Mapping[PortalId, str]) -> float:
    """Return how many of what waits go out a second, once the portal is back."""
    async with delivering(engine, addresses, {**dict.fromkeys(addresses, BUSY), AWAY: RATED}):
        while not await asyncio.to_thread(accepted, engine, [AWAY]):  # noqa: ASYNC110 -- it is in a database
            await asyncio.sleep(0.1)
        await asyncio.sleep(2)  # what was saved up in the first second is not its rate
        before = await asyncio.to_thread(accepted, engine, [AWAY])
        begun = asyncio.get_running_loop().time()
        await asyncio.sleep(DRAINING_S)
        after = await asyncio.to_thread(accepted, engine, [AWAY])
        return (after - before) / (asyncio.get_running_loop().time() - begun)


if __name__ == "__main__":
    main()
