"""The follower on a real broker: each record into the store once, whoever follows and whatever is away."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock, Thread
from typing import Any

import pytest

from streams.domain.errors import StalePositionError, UnavailableError
from streams.engine.follower import Follower
from streams.records import Record, Span

pytestmark = pytest.mark.timeout(120)


class Store:
    """A store in memory that keeps positions beside its rows, and can be away."""

    def __init__(self) -> None:
        self.rows: Counter[bytes] = Counter()
        self.stored: dict[tuple[str, int], int] = {}
        self.away = 0
        self._lock = Lock()

    def positions(self, partitions: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], int]:
        with self._lock:
            return {place: self.stored[place] for place in partitions if place in self.stored}

    def apply(self, records: Sequence[Record], spans: Mapping[tuple[str, int], Span]) -> None:
        with self._lock:
            if self.away:
                self.away -= 1
                raise UnavailableError("the store is away")
            if any(self.stored.get(place, span.first) > span.first for place, span in spans.items()):
                raise StalePositionError("somebody was here")
            self.rows.update(record.value or b"" for record in records)
            self.stored.update({place: span.next for place, span in spans.items()})


def eventually(done: Callable[[], bool], patience_s: float = 40) -> bool:
    """Wait until `done`; return whether it came true."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if done():
            return True
        time.sleep(0.1)
    return False


@contextmanager
def following(cluster: Any, observer: Any, topic: str, store: Store, group: str = "g") -> Iterator[Follower]:
    """Run a follower in a thread, and stop it at the end."""
    follower = Follower(
        kafka=cluster.kafka,
        group=f"{group}-{topic}",
        topics=[topic],
        handler=store,
        observer=observer,
    )
    thread = Thread(target=follower.run)
    thread.start()
    try:
        yield follower
    finally:
        follower.stop()
        thread.join(30)
        assert not thread.is_alive()


def test_the_stores_position_counts(cluster: Any, observer: Any) -> None:
    """A follower that comes back goes on from the store's position, whatever Kafka has committed."""
    topic, store = cluster.topic(), Store()
    cluster.produce(topic, [b"%d" % n for n in range(1_000)])
    with following(cluster, observer, topic, store, "one"):
        assert eventually(lambda: len(store.rows) == 1_000)
    with following(cluster, observer, topic, store, "another group, nothing committed"):
        cluster.produce(topic, [b"%d" % n for n in range(1_000, 1_100)])
        assert eventually(lambda: len(store.rows) == 1_100)
    assert set(store.rows.values()) == {1}


def test_two_followers_of_two_groups_apply_each_record_once(cluster: Any, observer: Any) -> None:
    """Even where both think that all partitions are theirs, the store takes each record once."""
    topic, store = cluster.topic(), Store()
    with (
        following(cluster, observer, topic, store, "one"),
        following(cluster, observer, topic, store, "two"),
    ):
        for first in range(0, 5_000, 500):
            cluster.produce(topic, [b"%d" % n for n in range(first, first + 500)])
        assert eventually(lambda: len(store.rows) == 5_000)
    assert set(store.rows.values()) == {1}


def test_a_store_that_is_away_loses_nothing(cluster: Any, observer: Any) -> None:
    """While the store is away the batch waits; when it is back, each record is there once."""
    topic, store = cluster.topic(), Store()
    store.away = 3
    cluster.produce(topic, [b"%d" % n for n in range(100)])
    with following(cluster, observer, topic, store):
        assert eventually(lambda: len(store.rows) == 100)
    assert store.away == 0
    assert set(store.rows.values()) == {1}
