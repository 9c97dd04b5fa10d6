"""What the public site costs as it grows: `python -m benchmarks site [--sizes N …] [--only sqlite postgresql]`.

For each size a topic on a real broker is filled with so many decisions, and each database is made from it, as
after a loss. Then the site runs in a process of its own on one core and is asked, one request after the other:
printed is the server's own time of each kind of question, median and 99th percentile; the requests a second
that it answers on four connections; and the bytes of its first page with all files, plain and compressed.
`--database URL` asks a database that was made so before, of the one size that is given.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread

import psutil
import psycopg
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient
from prometheus_client import CollectorRegistry
from sqlalchemy import text

from benchmarks.ledgers import BACKENDS
from benchmarks.postgres import postgres
from benchmarks.publics import PORTAL, public
from benchmarks.visitors import (
    SECRET,
    first_page,
    latencies,
    percentiles,
    questions,
    requests_a_second,
    running,
)
from monitoring.liveness import Liveness
from monitoring.metrics import Engine
from schemas.codec import Codec
from schemas.store import RepositoryStore
from sinks.ledger.database import writing
from sinks.site.library import open_site
from sinks.site.store.schema import prepare
from sinks.site.store.taking import SiteTaker
from streams.embedded.broker import Broker
from streams.engine import topic_admin
from streams.engine.follower import Follower
from streams.records import Record, Span
from streams.topics import portal_topic

SIZES = (10_000, 100_000, 1_000_000)
TIMES = 100
TOPIC = portal_topic(PORTAL)


class Counting:
    """A handler that tells how many records another one has applied, and when it had all of them."""

    def __init__(self, inner: SiteTaker, wanted: int) -> None:
        self._inner = inner
        self._wanted = wanted
        self.follower: Follower | None = None

    def positions(self, partitions: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], int]:
        """Return the inner handler's positions."""
        return self._inner.positions(partitions)

    def apply(self, records: Sequence[Record], spans: Mapping[tuple[str, int], Span]) -> None:
        """Apply, and end the follower after the last record."""
        self._inner.apply(records, spans)
        self._wanted -= len(records)
        if self._wanted <= 0 and self.follower:
            self.follower.stop()


def main() -> None:
    """Fill, rebuild, ask, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="public decisions")
    options.add_argument("--only", choices=BACKENDS, nargs="*", default=BACKENDS)
    options.add_argument("--database", help="address of a site's database that is there already")
    options.add_argument("--times", type=int, default=TIMES, help="questions of each kind")
    chosen = options.parse_args()
    if chosen.database:
        tell(chosen.database, chosen.sizes[0], chosen.times)
        return
    for size in chosen.sizes:
        with topic(size) as servers:
            for backend in chosen.only:
                with database(backend) as url:
                    seconds = rebuild(url, servers, size)
                    print(
                        f"\n{backend}, {size:,} decisions: made from the topic in {seconds:.0f} s, {size / seconds:,.0f}/s"
                    )
                    tell(url, size, chosen.times)


@contextmanager
def topic(size: int) -> Iterator[str]:
    """Give a broker whose portal topic holds so many decisions."""
    cache = Path(os.environ.get("GONGSHI_CACHE", "~/.cache/gongshi")).expanduser()
    codec = Codec(RepositoryStore())
    with tempfile.TemporaryDirectory() as folder:
        broker = Broker(data=Path(folder) / "broker", cache=cache)
        broker.start()
        try:
            kafka = {"bootstrap.servers": broker.bootstrap_servers}
            topic_admin.apply(AdminClient(kafka), (TOPIC,))
            producer = Producer({**kafka, "linger.ms": 20, "compression.type": "lz4"})
            for number in range(size):
                event = public(number)
                while True:
                    try:
                        producer.produce(TOPIC.name, codec.encode_public(event), event.key.encode())
                        break
                    except BufferError:
                        producer.poll(0.1)
                producer.poll(0)
            producer.flush()
            yield broker.bootstrap_servers
        finally:
            broker.stop()


@contextmanager
def database(backend: str) -> Iterator[str]:
    """Give the address of an empty database: SQLite, or PostgreSQL with fsync and a quarter of the memory."""
    with ExitStack() as left:
        if backend == "sqlite":
            yield f"sqlite:///{Path(left.enter_context(tempfile.TemporaryDirectory())) / 'site.sqlite'}"
        else:
            quarter = f"{psutil.virtual_memory().total // 4 // 2**20}MB"  # as its manual advises
            address = left.enter_context(postgres(fsync=True, shared_buffers=quarter))
            with psycopg.connect(f"postgresql://{address}/postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE site")
            yield f"postgresql+psycopg://{address}/site"


def rebuild(url: str, servers: str, size: int) -> float:
    """Make the database from the topic, as `gongshi site` does; return the seconds it takes."""
    engine = open_site(url)
    prepare(engine, "site")
    handler = Counting(SiteTaker(engine, "site", Codec(RepositoryStore()), SECRET), size)
    follower = Follower(
        kafka={"bootstrap.servers": servers},
        group=f"site-{engine.dialect.name}",
        topics=[TOPIC.name],
        handler=handler,
        observer=Engine(CollectorRegistry(), Liveness(time.monotonic)),
    )
    handler.follower = follower
    began = time.perf_counter()
    thread = Thread(target=follower.run)
    thread.start()
    thread.join()
    seconds = time.perf_counter() - began
    with writing(engine) as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()
    return seconds


def tell(url: str, size: int, times: int) -> None:
    """Ask the site of a database and print what was seen."""
    with running(url) as site:
        asked = questions(size, times)
        print(f"  {'server time':24s}{'median':>10s}{'p99':>10s}")
        for name, seconds in asyncio.run(latencies(site, asked)).items():
            median, worst = percentiles(seconds)
            print(f"  {name:24s}{median * 1e3:7.1f} ms{worst * 1e3:7.1f} ms", flush=True)
        print(f"  {asyncio.run(requests_a_second(site, asked)):,.0f} requests a second on one core")
        whole, sent = asyncio.run(first_page(site))
        print(f"  first page with its files: {whole / 1e3:.0f} kB, compressed {sent / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
