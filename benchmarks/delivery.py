"""How fast decisions get to six portals: `python -m benchmarks delivery [--decisions N] [--rounds N]`.

The portals listen on this machine, verify each signature and answer. The outbox of a ledger, on PostgreSQL (with
fsync) and on SQLite, is filled with so many decisions for all six, and one deliverer brings them there: each
delivery a request of its own, then in batches. The figure is the best round's, as others may use the machine; the
processor's microseconds for a delivery say what the rest costs: `own` of the deliverer, `others` of database and portals.
"""

import argparse
import asyncio
from collections.abc import Mapping
from itertools import product

from sqlalchemy import Engine

from benchmarks.deliveries import accepted, delivering, fill, spending, until_none_waits
from benchmarks.ledgers import BACKENDS, ledger
from benchmarks.portals import CITY, portals
from streams.domain.limits import Limits
from streams.domain.stages import PortalId

BATCH = 100
AT_ONCE = {1: 16, BATCH: 2}
"""Deliveries in a request → requests under way at a portal."""


def main() -> None:
    """Run both ledgers and print a line each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--decisions", type=int, default=2_000, help="for all six portals, each round (2000)"
    )
    options.add_argument("--rounds", type=int, default=3, help="of which the best counts (3)")
    options.add_argument("--ledger", choices=BACKENDS, help="only this one")
    options.add_argument("--batch", type=int, choices=tuple(AT_ONCE), help="only this one")
    chosen = options.parse_args()
    backends = [chosen.ledger] if chosen.ledger else BACKENDS
    batches = [chosen.batch] if chosen.batch else tuple(AT_ONCE)
    print(f"{'ledger':12s}{'batch':>8s}{'deliveries':>12s}{'a second':>10s}{'own µs':>10s}{'others µs':>10s}")
    for backend, batch in product(backends, batches):
        best = max(round_of(backend, batch, chosen.decisions) for _ in range(chosen.rounds))
        a_second, own, others = best
        total = chosen.decisions * len(CITY)
        print(f"{backend:12s}{batch:8d}{total:12,d}{a_second:10,.0f}{own:10.0f}{others:10.0f}", flush=True)


def round_of(backend: str, batch: int, count: int) -> tuple[float, float, float]:
    """Return deliveries a second, and a delivery's microseconds of the processor: the deliverer's, others'."""
    total = count * len(CITY)
    with ledger(backend) as engine, portals() as addresses:
        fill(engine, range(count))
        with spending() as spent:
            seconds = asyncio.run(delivered(engine, addresses, batch))
        if accepted(engine) != total:
            raise RuntimeError(f"{accepted(engine)} of {total} deliveries were accepted")
    return total / seconds, spent.own / total * 1e6, spent.others / total * 1e6


async def delivered(engine: Engine, addresses: Mapping[PortalId, str], batch: int) -> float:
    """Return the seconds until nothing waits."""
    limits = {portal: Limits(batch=batch, concurrency=AT_ONCE[batch]) for portal in addresses}
    async with delivering(engine, addresses, limits):
        return await until_none_waits(engine)


if __name__ == "__main__":
    main()
