"""How fast decisions get to six portals: `python -m benchmarks delivery [--decisions N]`.

Six reference portals run as processes of their own on this machine: each verifies the signature, keeps what it
has applied and answers. The outbox of a ledger, on PostgreSQL (with fsync) and on SQLite, is filled with so many
decisions for all six, and one deliverer brings them there: each delivery a request of its own, then in batches.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from urllib.request import urlopen

from sqlalchemy import Engine, func, select

from benchmarks.ledgers import BACKENDS, ledger
from schemas.codec import Codec
from schemas.store import RepositoryStore
from sinks.body import render
from sinks.deliver import Deliverer
from sinks.http import HttpAdaptor
from sinks.ledger.database import reading
from sinks.ledger.tables import delivery
from sinks.outbox import Outbox
from sinks.pace import Pace
from sinks.states import State
from streams.clock import now
from streams.domain.limits import Limits
from streams.domain.stages import Action, DecisionKey, EventId, Kind, PortalId, Public, SubjectClass
from streams.embedded.ports import free_port
from streams.records import Record, spans_of
from streams.topics import PORTALS, portal_topic

SECRET = "whsec_" + "YSBiZW5jaG1hcmsncyBvd24gc2VjcmV0IQ=="
CITY = tuple(portal for portal in PORTALS if portal != "county-portal")
CODEC = Codec(RepositoryStore())
PATIENCE_S = 600.0
BATCH = 100


class Unseen:
    """Counts nothing."""

    def __getattr__(self, _name: str) -> object:
        return lambda **_told: None


def main() -> None:
    """Run both ledgers and print a line each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--decisions", type=int, default=1_500, help="decisions for all six portals (1500)")
    count = options.parse_args().decisions
    print(f"{'ledger':12s}{'batch':>8s}{'deliveries':>12s}{'seconds':>10s}{'a second':>10s}")
    for backend, batch in product(BACKENDS, (1, BATCH)):
        with tempfile.TemporaryDirectory() as folder, ledger(backend) as engine:
            fill(engine, count)
            with portals(Path(folder)) as addresses:
                seconds = asyncio.run(delivered(engine, addresses, count * len(CITY), batch))
            deliveries = count * len(CITY)
            a_second = deliveries / seconds
            print(f"{backend:12s}{batch:8d}{deliveries:12,d}{seconds:10.1f}{a_second:10,.0f}", flush=True)


async def delivered(engine: Engine, addresses: Mapping[PortalId, str], wanted: int, batch: int) -> float:
    """Return the seconds until every delivery was accepted."""
    limits = {portal: Limits(batch=batch, concurrency=2 if batch > 1 else 16) for portal in addresses}
    adaptors = {portal: HttpAdaptor(url, SECRET, now) for portal, url in addresses.items()}
    deliverer = Deliverer(
        engine,
        adaptors,
        Unseen(),  # type: ignore[arg-type]  # every name is there
        CODEC,
        now,
        pace=Pace(report=timedelta(hours=1)),
        limits=limits,
    )
    begun = time.perf_counter()
    task = asyncio.create_task(deliverer.run())
    async with asyncio.timeout(PATIENCE_S):
        while await asyncio.to_thread(accepted, engine) < wanted:  # noqa: ASYNC110 -- it is in a database
            await asyncio.sleep(0.05)
    seconds = time.perf_counter() - begun
    deliverer.stop()
    await task
    for adaptor in adaptors.values():
        await adaptor.close()
    return seconds


def accepted(engine: Engine) -> int:
    """Return how many deliveries a portal has accepted."""
    with reading(engine) as connection:
        asked = select(func.count()).where(delivery.c.state == State.ACCEPTED)
        return int(connection.execute(asked).scalar_one())


def fill(engine: Engine, count: int) -> None:
    """Put the decisions into the outbox, as its consumer does."""
    outbox = Outbox(engine, "deliver", CODEC, render)
    for portal in CITY:
        records = [
            Record(portal_topic(portal).name, 0, number, now(), b"", CODEC.encode_public(public(number)))
            for number in range(count)
        ]
        outbox.apply(records, spans_of(records))


def public(number: int) -> Public:
    """Return a decision as the review releases it."""
    return Public(
        event_id=EventId(f"0195a000-0000-7000-8000-{number:012x}"),
        key=DecisionKey(f"11370100MB9A000146|济市监罚〔2026〕{number}号|济南样例{number}号商贸有限公司"),
        revision=1,
        action=Action.PUBLISH,
        kind=Kind.PENALTY,
        subject_class=SubjectClass.LEGAL,
        department="济南市市场监督管理局",
        department_code="11370100MB9A000146",
        region="370100",
        item="CF-001",
        portals=CITY,
        decided_on=date(2026, 11, 18),
        due_on=date(2026, 11, 27),
        reason="",
        values={
            "CF_WSH": f"济市监罚〔2026〕{number}号",
            "CF_XDR_MC": f"济南样例{number}号商贸有限公司",
            "CF_SY": "经查，当事人销售的电线经检验不合格，货值金额3000元，违法所得420元。",
            "CF_NR": "罚款贰仟元整",
            "CF_JDRQ": date(2026, 11, 18),
        },
    )


@contextmanager
def portals(folder: Path) -> Iterator[Mapping[PortalId, str]]:
    """Run the six reference portals and give their addresses."""
    ports = {portal: free_port() for portal in CITY}
    lines = [
        f'[{p}]\nurl = "http://127.0.0.1:{port}/decisions"\nsecret = "{SECRET}"' for p, port in ports.items()
    ]
    (folder / "portals.toml").write_text("\n".join(lines), encoding="utf-8")
    gongshi = str(Path(sys.executable).with_name("gongshi"))
    running = [
        subprocess.Popen(
            [gongshi, "portal", portal, "--port", str(port), "--data", str(folder)],
            env={"PATH": "/usr/bin:/bin", "GONGSHI_PORTALS": str(folder / "portals.toml")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for portal, port in ports.items()
    ]
    try:
        for port in ports.values():
            await_page(f"http://127.0.0.1:{port}/statistics")
        yield {portal: f"http://127.0.0.1:{port}/decisions" for portal, port in ports.items()}
    finally:
        for process in running:
            process.kill()
            process.wait()


def await_page(url: str) -> None:
    """Wait until a portal answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urlopen(url, timeout=2).close()  # noqa: S310 -- an address of this machine
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("a reference portal did not start")


if __name__ == "__main__":
    main()
