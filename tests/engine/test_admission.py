"""Partitions are let in when their gate is open, and none is forgotten when the client refuses a step."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException, TopicPartition

from streams.engine import admission
from streams.engine.admission import Admission
from streams.records import Record

TOPIC = "decision.submitted"


class Client:
    """A consumer that refuses each of `refused` once, as librdkafka does in the middle of a rebalance."""

    def __init__(self, *refused: tuple[str, int]) -> None:
        self.refused = set(refused)
        self.sought: dict[int, int] = {}
        """Partition → offset from which it is read."""

    def _refuse(self, step: str, partition: int) -> None:
        if (step, partition) in self.refused:
            self.refused.remove((step, partition))
            raise KafkaException(KafkaError(KafkaError._STATE))  # noqa: SLF001 -- a constant of librdkafka

    def incremental_assign(self, partitions: Iterable[TopicPartition]) -> None:
        """Take partitions in."""

    def committed(self, partitions: list[TopicPartition], _timeout: float) -> list[TopicPartition]:
        self._refuse("committed", partitions[0].partition)
        return [TopicPartition(TOPIC, one.partition, 100 + one.partition) for one in partitions]

    def seek(self, position: TopicPartition) -> None:
        self._refuse("seek", position.partition)
        self.sought[position.partition] = position.offset


class Ajar:
    """A gate that opens at once, and tells so once, as a `Gate` does."""

    def __init__(self) -> None:
        self.waiting: set[int] = set()
        self.begun: list[int] = []

    def assigned(self, partitions: Iterable[int]) -> None:
        self.waiting.update(partitions)

    def revoked(self, partitions: Iterable[int]) -> None:
        self.waiting.difference_update(partitions)
        self.begun = [one for one in self.begun if one not in set(partitions)]

    def closed(self) -> Collection[int]:
        return sorted(self.waiting)

    def begin(self, partition: int) -> None:
        self.waiting.discard(partition)
        self.begun.append(partition)

    def opened(self) -> Collection[int]:
        begun, self.begun = self.begun, []
        return begun

    def close(self) -> None:
        """Nothing to close."""


def places(*partitions: int) -> list[TopicPartition]:
    return [TopicPartition(TOPIC, partition) for partition in partitions]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "PAUSE_S", 0.0)


def admitted(here: Admission) -> set[int]:
    """Return which of three partitions' records are let in."""
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    records = [Record(TOPIC, partition, 7, moment, None, None) for partition in range(3)]
    return {record.partition for record in here.admitted(records, 0.0)}


@pytest.mark.parametrize("step", ["committed", "seek"])
def test_a_partition_that_the_client_refuses_is_let_in_later(step: str) -> None:
    """The others do not wait for it, and it is read from its committed position at the next try."""
    client: Any = Client((step, 1))
    here = Admission(client, TOPIC, Ajar(), 1.0)
    here.assigned(places(0, 1, 2))
    assert admitted(here) == set()

    here.go_on()
    assert (admitted(here), client.sought) == ({0, 2}, {0: 100, 2: 102})

    here.go_on()
    assert (admitted(here), client.sought) == ({0, 1, 2}, {0: 100, 1: 101, 2: 102})


def test_a_partition_that_went_away_in_between_is_let_alone() -> None:
    """What another worker has taken over is not read here."""
    client: Any = Client(("seek", 1))
    here = Admission(client, TOPIC, Ajar(), 1.0)
    here.assigned(places(0, 1))
    here.go_on()

    here.revoked(places(0, 1))
    here.go_on()

    assert (admitted(here), client.sought) == (set(), {0: 100})


def test_a_partition_is_not_read_twice_from_the_start() -> None:
    """Once let in, a partition is not sent back by a later try."""
    client: Any = Client()
    here = Admission(client, TOPIC, Ajar(), 1.0)
    here.assigned(places(0))
    here.go_on()
    client.sought.clear()

    here.go_on()

    assert (admitted(here), client.sought) == ({0}, {})


def test_a_partition_that_is_closed_again_is_kept_out() -> None:
    """When its gate closes, for a file that broke, its records come again once it is open."""
    client: Any = Client()
    gate = Ajar()
    here = Admission(client, TOPIC, gate, 1.0)
    here.assigned(places(0))
    here.go_on()
    gate.waiting.add(0)
    client.refused.add(("seek", 0))

    here.go_on()
    assert admitted(here) == set()

    here.go_on()
    assert admitted(here) == {0}
