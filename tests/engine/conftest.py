"""Topics of a test's own on the real broker, and an observer that remembers."""

import time
from collections import Counter
from collections.abc import Callable
from uuid import uuid4

import pytest
from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic, OffsetSpec


class RememberingObserver:
    """Implements the engine's `Observer` and keeps what it was told."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.outcomes: Counter[tuple[str, str]] = Counter()
        self.departments: Counter[tuple[str, str]] = Counter()
        self.aborts: list[str] = []
        self.lags: dict[tuple[str, int], int] = {}
        self.positions: dict[tuple[str, int], int] = {}

    def batch(self, *, size: int, seconds: float) -> None:
        self.batches.append(size)

    def outcome(self, *, stage: str, outcome: str, count: int) -> None:
        self.outcomes[stage, outcome] += count

    def decided(self, *, department: str, outcome: str, count: int) -> None:
        self.departments[department, outcome] += count

    def aborted(self, *, reason: str) -> None:
        self.aborts.append(reason)

    def lag(self, *, topic: str, partition: int, records: int) -> None:
        self.lags[topic, partition] = records

    def committed(self, *, topic: str, partition: int, offset: int) -> None:
        self.positions[topic, partition] = offset

    def released(self, *, topic: str, partition: int) -> None:
        self.lags.pop((topic, partition), None)


class Cluster:
    """What the tests of the engine do to the real broker from outside."""

    def __init__(self, bootstrap: str) -> None:
        self.kafka = {"bootstrap.servers": bootstrap}
        self._admin = AdminClient(self.kafka)

    def topic(self, partitions: int = 4, **config: str) -> str:
        """Create a topic with a name of its own."""
        name = f"t-{uuid4().hex[:12]}"
        new = NewTopic(name, partitions, 1, config=config)
        self._admin.create_topics([new])[name].result(30)
        asked = {TopicPartition(name, number): OffsetSpec.latest() for number in range(partitions)}
        until = time.monotonic() + 30
        while not self._led(asked):
            assert time.monotonic() < until, "the new topic has no leaders"
            time.sleep(0.05)
        return name

    def _led(self, asked: dict[TopicPartition, OffsetSpec]) -> bool:
        """Tell whether every partition has a leader that knows it: a moment after a topic was made."""
        try:
            for future in self._admin.list_offsets(asked, request_timeout=10).values():
                future.result(10)
        except KafkaException:
            return False
        return True

    def produce(self, topic: str, values: list[bytes | None], **config: str | int) -> None:
        """Write `values`, keyed by their place, and wait for the broker."""
        producer = Producer(
            {**self.kafka, "linger.ms": 20, "queue.buffering.max.messages": 1_000_000, **config}
        )
        for number, value in enumerate(values):
            producer.produce(topic, value, str(number))
        assert producer.flush(60) == 0

    def read(self, topic: str, count: int, patience_s: float = 60) -> list[bytes]:
        """Return the committed values of a topic: at least `count`, and what comes in a second more."""
        consumer = Consumer(
            {
                **self.kafka,
                "group.id": uuid4().hex,
                "auto.offset.reset": "earliest",
                "isolation.level": "read_committed",
                "enable.auto.commit": False,
            }
        )
        consumer.subscribe([topic])
        values: list[bytes] = []
        rounds = int(patience_s)
        while rounds > 0 and len(values) < count:
            values += [m.value() or b"" for m in consumer.consume(10_000, 1.0) if m.error() is None]
            rounds -= 1
        values += [m.value() or b"" for m in consumer.consume(10_000, 1.0) if m.error() is None]
        consumer.close()
        return values


@pytest.fixture
def observer() -> RememberingObserver:
    return RememberingObserver()


@pytest.fixture
def cluster(broker: object) -> Cluster:
    return Cluster(broker.bootstrap_servers)  # type: ignore[attr-defined]


Waiter = Callable[[Callable[[], bool]], None]
