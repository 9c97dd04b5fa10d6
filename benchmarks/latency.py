"""How long from handing in to "accepted by all six": `python -m benchmarks latency [--rates 1,100,500]`.

Everything real on this machine: Kafka, one review worker, one deliverer, the recorder, PostgreSQL with fsync, and six
portals that verify each signature and take batches. Decisions are handed in at a steady rate; each one's clock starts
when it was to be handed in, and ends when the last of the six portals has accepted it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from confluent_kafka.admin import AdminClient
from sqlalchemy import Engine, func, select

from benchmarks.decisions import decision
from benchmarks.deliveries import CODEC, spending
from benchmarks.ledgers import ledger
from benchmarks.portals import CITY, SECRET, portals
from connectors.sender import Sender
from sinks.ledger.database import reading
from sinks.ledger.tables import decision as table
from sinks.ledger.tables import delivery
from sinks.settling import Status
from sinks.states import State
from streams.domain.stages import Submitted
from streams.embedded.broker import Broker
from streams.engine import topic_admin
from streams.records import Output
from streams.topics import ALL, SUBMITTED

CACHE = Path(os.environ.get("GONGSHI_CACHE", "~/.cache/gongshi")).expanduser()
GONGSHI = str(Path(sys.executable).with_name("gongshi"))
ROLES = ("review", "deliver", "record")
WARM = 200
STEP_S = 0.01
SECONDS = {1: 30}
USUAL_S = 20
SETTLING_S = 120
REFUSED = 7
"""Of twenty decisions the one that `benchmarks.decisions` makes to be refused."""


class Office:
    """The running system and the decisions handed in so far."""

    def __init__(self, engine: Engine, sender: Sender) -> None:
        self._engine = engine
        self._sender = sender
        self._next = 0
        self._today = datetime.now(UTC).date() - timedelta(days=5)

    def latencies(self, rate: float, seconds: float) -> list[float]:
        """Hand in at a rate for so long; return the seconds that each decision took to be everywhere."""
        begun: dict[str, datetime] = {}
        start = datetime.now(UTC)
        moments = [start + timedelta(seconds=place / rate) for place in range(int(rate * seconds))]
        while len(begun) < len(moments):
            time.sleep(max(STEP_S, (moments[len(begun)] - datetime.now(UTC)).total_seconds()))
            due = [moment for moment in moments[len(begun) :] if moment <= datetime.now(UTC)]
            events = [self._event() for _ in due]
            begun |= zip((str(event.key) for event in events), due, strict=True)
            self._sender.send(
                [Output(SUBMITTED.name, event.key, CODEC.encode_submitted(event)) for event in events]
            )
        done = self._settle(begun, start)
        return [(done[key] - due).total_seconds() for key, due in begun.items() if key in done]

    def _event(self) -> Submitted:
        self._next += 2 if (self._next + 1) % 20 == REFUSED else 1
        return decision(self._next, self._today)

    def _settle(self, begun: Mapping[str, datetime], start: datetime) -> dict[str, datetime]:
        """Return key → when all portals had it, once nothing is on its way; what is held stays for a person."""
        until = time.monotonic() + SETTLING_S
        while True:
            done = self._done(start)
            if len(done.keys() & begun.keys()) + self._stopped(begun) >= len(begun):
                return done
            if time.monotonic() > until:
                print(f"{len(begun) - len(done)} decisions did not arrive within {SETTLING_S} s")
                return done
            time.sleep(0.5)

    def _stopped(self, begun: Mapping[str, datetime]) -> int:
        asked = select(table.c.identity).where(table.c.status.in_([Status.HELD, Status.REJECTED]))
        with reading(self._engine) as connection:
            return len(begun.keys() & set(connection.execute(asked).scalars()))

    def _done(self, start: datetime) -> dict[str, datetime]:
        asked = (
            select(delivery.c.decision_key, func.max(delivery.c.settled_at))
            .where(delivery.c.state == State.ACCEPTED, delivery.c.created_at >= start)
            .group_by(delivery.c.decision_key)
            .having(func.count() == len(CITY))
        )
        with reading(self._engine) as connection:
            return dict(connection.execute(asked).all())


def main() -> None:
    """Print a line a rate."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rates", default="1,100,500", help="decisions a second (1,100,500)")
    options.add_argument(
        "--seconds", type=float, help=f"for so long, each ({USUAL_S}; 1 a second: {SECONDS[1]})"
    )
    chosen = options.parse_args()
    with office() as running:
        running.latencies(50, WARM / 50)
        print(
            f"{'a second':>8s}{'decisions':>11s}{'median s':>10s}{'99 % s':>9s}{'longest s':>11s}{'cores busy':>12s}"
        )
        for rate in map(float, chosen.rates.split(",")):
            seconds = chosen.seconds or SECONDS.get(int(rate), USUAL_S)
            before = time.monotonic()
            with spending() as spent:
                took = sorted(running.latencies(rate, seconds))
            busy = (spent.own + spent.others) / (time.monotonic() - before)
            print(_line(rate, took, busy), flush=True)


def _line(rate: float, took: Sequence[float], busy: float) -> str:
    if not took:
        return f"{rate:8.0f}          0"
    worst = took[min(len(took) - 1, int(len(took) * 0.99))]
    return (
        f"{rate:8.0f}{len(took):11,d}{statistics.median(took):10.3f}{worst:9.3f}{took[-1]:11.3f}{busy:12.2f}"
    )


@contextmanager
def office() -> Iterator[Office]:
    """Run everything."""
    with ExitStack() as left:
        folder = Path(left.enter_context(tempfile.TemporaryDirectory()))
        broker = Broker(data=folder / "broker", cache=CACHE)
        broker.start()
        left.callback(broker.stop)
        kafka = {"bootstrap.servers": broker.bootstrap_servers}
        topic_admin.apply(AdminClient(kafka), ALL)
        engine = left.enter_context(ledger("postgresql"))
        addresses = left.enter_context(portals())
        lines = [f'[{p}]\nurl = "{url}"\nsecret = "{SECRET}"\nbatch = 100\n' for p, url in addresses.items()]
        (folder / "portals.toml").write_text("\n".join(lines), encoding="utf-8")
        for role in ROLES:
            left.enter_context(worker(role, folder, broker, engine))
        yield Office(engine, Sender(kafka))


@contextmanager
def worker(role: str, folder: Path, broker: Broker, engine: Engine) -> Iterator[None]:
    """Run a worker, whose errors are shown."""
    settings = {
        "GONGSHI_BOOTSTRAP_SERVERS": broker.bootstrap_servers,
        "GONGSHI_DATABASE_URL": engine.url.render_as_string(hide_password=False),
        "GONGSHI_PORTALS": str(folder / "portals.toml"),
        "GONGSHI_STATE_DIR": str(folder / "state"),
        "GONGSHI_LOG_LEVEL": "ERROR",
        "GONGSHI_SLOT": role,
    }
    process = subprocess.Popen([GONGSHI, "worker", role], env={**os.environ, **settings})
    try:
        yield
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    main()
