"""The real review on a real broker: records that are no decisions come back with a reason, others go on."""

import asyncio
import struct
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from confluent_kafka import Producer

from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.topics import MIB, REJECTED, SUBMITTED
from tests.chaos.decisions import decision
from tests.review.conftest import read_until

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
