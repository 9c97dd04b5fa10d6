"""The real review on a real broker: records that are no decisions come back with a reason, others go on."""

import asyncio
import struct
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from confluent_kafka import Consumer, Producer
from confluent_kafka.admin import AdminClient

from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams import app
from streams.catalogue_file import load_calendar, load_catalogue
from streams.domain.privacy import Redactor
from streams.embedded.broker import Broker
from streams.engine import topic_admin
from streams.privacy_data import load_lexicon
from streams.topics import ALL, MIB, REJECTED, SUBMITTED
from tests.chaos.decisions import decision
from tests.engine.conftest import RememberingObserver

CODEC = Codec(RepositoryStore())
DAY = date(2026, 11, 20)
GOOD = CODEC.encode_submitted(decision(1, DAY))
BAD = {
    "undecodable": (b"\x00\x00\x00\x00\x01\xff\xff\xff\xff", "BROKEN_RECORD"),
    "text": ('{"文号": "济环罚字〔2026〕1号"}'.encode(), "NOT_AVRO"),
    "wrong-schema": (struct.pack(">bI", 0, 4_000_000) + GOOD[5:], "UNKNOWN_SCHEMA"),
    "empty": (b"", "EMPTY_RECORD"),
    "tombstone": (None, "EMPTY_RECORD"),
    "huge": (GOOD + b"x" * (20 * MIB), "TOO_LARGE"),
}

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def own_broker(tmp_path: Path, cache: Path) -> Iterator[Broker]:
    """Run a broker whose topics are this test's alone."""
    broker = Broker(data=tmp_path, cache=cache)
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
async def kafka(own_broker: Broker) -> AsyncIterator[dict[str, str]]:
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


async def test_records_that_are_no_decisions_come_back(kafka: dict[str, Any]) -> None:
    """Undecodable, 20 MB, of an unknown schema, empty, a tombstone: each is rejected with its reason."""
    producer = Producer({**kafka, "message.max.bytes": 32 * MIB})
    mark = uuid4().hex
    for name, (value, _) in BAD.items():
        producer.produce(SUBMITTED.name, value, f"{mark}-{name}")
    good = decision(int(mark[:6], 16) * 100 + 1, DAY)
    producer.produce(SUBMITTED.name, CODEC.encode_submitted(good), good.key)
    assert producer.flush(60) == 0

    wanted = {f"{mark}-{name}" for name in BAD}
    seen = await asyncio.to_thread(read_until, kafka, REJECTED.name, wanted)
    rejections = {key: CODEC.decode_rejected(seen[key]) for key in wanted}
    for name, (_, code) in BAD.items():
        (found,) = rejections[f"{mark}-{name}"].findings
        assert found.code == code
        assert found.message.endswith("。")
    released = await asyncio.to_thread(read_until, kafka, "portal.credit-jinan", {good.key})
    assert CODEC.decode_public(released[good.key]).event_id == good.event_id
