"""The embedded broker: real Kafka that starts, keeps what it acknowledged, and stops."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from confluent_kafka import Consumer, Producer
from confluent_kafka.admin import AdminClient, NewTopic

from streams.domain.errors import UnavailableError
from streams.embedded.broker import Broker

MIB = 1024 * 1024


@pytest.fixture
def own_broker(cache: Path, tmp_path: Path) -> Iterator[Broker]:
    """Return a started broker that the test may hurt."""
    server = Broker(data=tmp_path / "broker", cache=cache)
    server.start()
    yield server
    server.stop()


def create(broker: Broker, topic: str, **config: str) -> None:
    """Create a topic of one partition."""
    admin = AdminClient({"bootstrap.servers": broker.bootstrap_servers})
    admin.create_topics([NewTopic(topic, 1, 1, config=config)])[topic].result(30)


def write(broker: Broker, topic: str, values: list[bytes], **config: int) -> None:
    """Write records and wait until the broker has acknowledged them all."""
    producer = Producer({"bootstrap.servers": broker.bootstrap_servers, "acks": "all", **config})
    for value in values:
        producer.produce(topic, value)
    assert producer.flush(60) == 0


def read(broker: Broker, topic: str, count: int) -> list[bytes]:
    """Return the first `count` values of a topic, fewer when 30 s have passed."""
    consumer = Consumer(
        {
            "bootstrap.servers": broker.bootstrap_servers,
            "group.id": "reader",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "fetch.message.max.bytes": 40 * MIB,
        }
    )
    consumer.subscribe([topic])
    values: list[bytes] = []
    for _ in range(60):
        values += [message.value() or b"" for message in consumer.consume(count - len(values), 0.5)]
        if len(values) >= count:
            break
    consumer.close()
    return values


def test_keeps_acknowledged_records_over_a_crash(own_broker: Broker) -> None:
    """What the broker acknowledged is there after kill -9, at the same address and under a new process id."""
    create(own_broker, "kept")
    values = [str(number).encode() for number in range(5_000)]
    write(own_broker, "kept", values)
    address, process = own_broker.bootstrap_servers, own_broker.pid

    own_broker.kill()
    assert own_broker.pid is None
    own_broker.start()

    assert own_broker.bootstrap_servers == address
    assert own_broker.pid not in {None, process}
    assert read(own_broker, "kept", len(values)) == values


def test_keeps_its_data_and_address_in_the_data_folder(own_broker: Broker, cache: Path) -> None:
    """A later broker on the same folder, as after a restart of the machine, has the records and the ports."""
    create(own_broker, "kept")
    write(own_broker, "kept", [b"one"])
    own_broker.stop()

    later = Broker(data=own_broker.data, cache=cache)
    later.start()
    try:
        assert later.bootstrap_servers == own_broker.bootstrap_servers
        assert read(later, "kept", 1) == [b"one"]
    finally:
        later.stop()


def test_stops_cleanly(own_broker: Broker) -> None:
    """Stopping ends the process within its time, and nothing listens at its port any more."""
    process = psutil.Process(own_broker.pid)
    own_broker.stop()
    assert not process.is_running()
    assert not own_broker.ready()


def test_carries_the_largest_record(own_broker: Broker) -> None:
    """Records of 20 MB, which must come back with a reason, pass through the small heap."""
    create(own_broker, "large", **{"max.message.bytes": str(32 * MIB)})
    value = bytes(20 * MIB)
    write(own_broker, "large", [value] * 8, **{"message.max.bytes": 33 * MIB})
    assert [len(value) for value in read(own_broker, "large", 8)] == [len(value)] * 8


def test_tells_why_it_died(cache: Path, tmp_path: Path) -> None:
    """A broker that cannot start says so at once, with the end of its log."""
    wrong = Broker(data=tmp_path / "broker", cache=cache, properties={"log.segment.bytes": "many"})
    with pytest.raises(UnavailableError, match=r"broker.*log\.segment\.bytes"):
        wrong.start()
    assert wrong.pid is None


def test_gives_each_test_topics_of_its_own(topics: Callable[..., str], broker: Broker) -> None:
    """The session's broker is shared; no two calls give the same topic."""
    first, second = topics(), topics(partitions=1, cleanup_policy="compact")
    known = AdminClient({"bootstrap.servers": broker.bootstrap_servers}).list_topics(timeout=10).topics
    assert first != second
    assert (len(known[first].partitions), len(known[second].partitions)) == (4, 1)
