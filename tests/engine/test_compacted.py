"""A compacted topic on the real broker: followed as it changes, whole transactions at once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from queue import Empty, Queue
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from confluent_kafka.admin import AdminClient, NewTopic

from streams.domain.errors import RefusedError, UnavailableError
from streams.embedded.broker import Broker
from streams.engine import compacted

pytestmark = pytest.mark.timeout(120)

Seen = Queue[Mapping[str, bytes]]


@pytest.fixture
def kafka(broker: Broker) -> dict[str, str]:
    return {"bootstrap.servers": broker.bootstrap_servers}


@pytest.fixture
def topic(topics: Any) -> str:
    return str(topics("compacted", partitions=1, cleanup_policy="compact"))


@contextmanager
def following(kafka: Mapping[str, str], topic: str, away: int = 0) -> Iterator[Seen]:
    """Follow a topic in a thread; give what was told, after the first `away` times failed."""
    seen: Seen = Queue()
    left = [away]

    def changed(values: Mapping[str, bytes]) -> None:
        if left[0]:
            left[0] -= 1
            raise UnavailableError("the registry is away")
        seen.put(values)

    reader = compacted.CompactedReader(kafka=kafka, topic=topic, changed=changed)
    thread = Thread(target=reader.run)
    thread.start()
    try:
        yield seen
    finally:
        reader.stop()
        thread.join(30)
        assert not thread.is_alive()


def write(kafka: Mapping[str, str], topic: str, records: Mapping[str, bytes | None]) -> None:
    """Change the topic to have `records`."""
    compacted.change(kafka, topic, lambda _values: records, owner=f"test-{topic}")


def test_follower_is_told_at_the_end_and_after_each_change(kafka: dict[str, str], topic: str) -> None:
    """What stands there is told first as a whole, then each transaction as a whole, tombstones taken away."""
    write(kafka, topic, {str(number): b"old" for number in range(2_000)})
    with following(kafka, topic) as seen:
        assert len(seen.get(timeout=30)) == 2_000
        write(kafka, topic, {str(number): None for number in range(1, 2_000)} | {"new": b"1"})
        assert seen.get(timeout=30) == {"0": b"old", "new": b"1"}
        write(kafka, topic, {"0": b"newer"})
        assert seen.get(timeout=30) == {"0": b"newer", "new": b"1"}
    assert compacted.read_whole(kafka, topic) == {"0": b"newer", "new": b"1"}


def test_empty_topic_is_told_once(kafka: dict[str, str], topic: str) -> None:
    """An empty topic is told as such, so that nobody waits for it."""
    with following(kafka, topic) as seen:
        assert seen.get(timeout=30) == {}
        with pytest.raises(Empty):
            seen.get(timeout=1)


def test_missing_topic(kafka: dict[str, str]) -> None:
    """A topic that the cluster lacks is told as an empty one, and followed once it is there."""
    topic = f"later-{uuid4().hex[:12]}"
    with pytest.raises(RefusedError, match="topics apply"):
        compacted.read_whole(kafka, topic)
    with following(kafka, topic) as seen:
        assert seen.get(timeout=30) == {}
        admin = AdminClient(kafka)
        admin.create_topics([NewTopic(topic, 1, 1)])[topic].result(30)
        write(kafka, topic, {"a": b"1"})
        assert seen.get(timeout=60) == {"a": b"1"}


def test_whoever_cannot_take_it_up_is_told_again(kafka: dict[str, str], topic: str) -> None:
    """While what a change needs is away, it is told again until it is taken up."""
    write(kafka, topic, {"a": b"1"})
    with following(kafka, topic, away=2) as seen:
        assert seen.get(timeout=30) == {"a": b"1"}


def test_decided_on_what_stands_there(kafka: dict[str, str], topic: str) -> None:
    """A change is decided on the newest values; where nothing is to change nothing is written."""
    write(kafka, topic, {"a": b"1"})
    compacted.change(kafka, topic, lambda values: {"b": values["a"] + b"2"}, owner=f"test-{topic}")
    compacted.change(kafka, topic, lambda _values: {}, owner=f"test-{topic}")
    assert compacted.read_whole(kafka, topic) == {"a": b"1", "b": b"12"}


def test_the_slower_of_two_changes_nothing(kafka: dict[str, str], topic: str) -> None:
    """Who decides while somebody else changes the topic is refused, and none of its records is there."""

    def slow(_values: compacted.Values) -> Mapping[str, bytes | None]:
        write(kafka, topic, {"quick": b"1"})
        return {"slow": b"1"}

    with pytest.raises(RefusedError, match="somebody else"):
        compacted.change(kafka, topic, slow, owner=f"test-{topic}")
    assert compacted.read_whole(kafka, topic) == {"quick": b"1"}


def test_broker_away() -> None:
    """A broker that does not answer is told as such."""
    nowhere = {"bootstrap.servers": "127.0.0.1:1", "socket.connection.setup.timeout.ms": 1_000}
    with pytest.raises(UnavailableError):
        compacted.read_whole(nowhere, "t", patience_s=1)
