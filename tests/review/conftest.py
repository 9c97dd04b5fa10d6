"""The real review on a broker of a test's own, as a worker runs it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from confluent_kafka import Consumer
from confluent_kafka.admin import AdminClient

from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams import app
from streams.catalogue.file import load_calendar, load_catalogue
from streams.domain.privacy import Redactor
from streams.embedded.broker import Broker
from streams.engine import topic_admin
from streams.privacy_data import load_lexicon
from streams.topics import ALL
from tests.engine.conftest import RememberingObserver

CODEC = Codec(RepositoryStore())


@pytest.fixture
def own_broker(tmp_path: Path, cache: Path) -> Iterator[Broker]:
    """Run a broker whose topics are this test's alone."""
    broker = Broker(data=tmp_path, cache=cache)
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
async def kafka(own_broker: Broker, tmp_path: Path) -> AsyncIterator[dict[str, str]]:
    """Run the review as a worker does, on topics as `gongshi topics apply` makes them."""
    properties = {"bootstrap.servers": own_broker.bootstrap_servers}
    admin = AdminClient(properties)
    await asyncio.to_thread(topic_admin.apply, admin, ALL)
    observer = RememberingObserver()
    catalogue = load_catalogue(None)
    flow, pump = app.review(
        kafka=properties,
        slot=uuid4().hex,
        codec=CODEC,
        calendar=load_calendar(None),
        catalogue=lambda: catalogue,
        redactor=Redactor(load_lexicon()),
        masked=lambda _kind, _count: None,
        today=lambda: datetime.now(UTC).date(),
        observer=observer,
        departments=observer,
        state=tmp_path / "state",
    )
    await flow.start()
    task = asyncio.create_task(pump.run())
    yield properties
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await flow.stop()


def read_until(kafka: dict[str, str], topic: str, keys: set[str]) -> dict[str, bytes]:
    """Return key → newest committed value of a topic, once all `keys` are there."""
    consumer = Consumer(
        {
            **kafka,
            "group.id": uuid4().hex,
            "auto.offset.reset": "earliest",
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
        }
    )
    consumer.subscribe([topic])
    seen: dict[str, bytes] = {}
    for _ in range(600):
        for message in consumer.consume(1_000, 0.2):
            if message.error() is None:
                seen[(message.key() or b"").decode()] = message.value() or b""
        if keys <= seen.keys():
            break
    consumer.close()
    assert keys <= seen.keys()
    return seen
