"""The keeper on a real broker: a partition opens when all that counts in its topic is in its file."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, NewTopic

from streams.domain.errors import ConfigurationError, UnavailableError
from streams.engine.register_keeper import Keeper

pytestmark = pytest.mark.timeout(120)

Open = Callable[..., Keeper]


@pytest.fixture
def source(cluster: Any) -> str:
    """Make the topic that is judged."""
    name: str = cluster.topic(partitions=2)
    return name


@pytest.fixture
def register(cluster: Any) -> str:
    """Make the register's topic."""
    name: str = cluster.topic(partitions=2, **{"cleanup.policy": "compact"})
    return name


@pytest.fixture
def keeper(cluster: Any, observer: Any, source: str, register: str, tmp_path: Path) -> Iterator[Open]:
    """Return what makes a keeper that has partition 0."""
    made: list[Keeper] = []

    def make(topic: str = register) -> Keeper:
        for earlier in made:
            earlier.close()
        made[:] = [
            Keeper(kafka=cluster.kafka, topic=topic, source=source, folder=tmp_path, observer=observer)
        ]
        made[0].assigned([0])
        assert made[0].closed() == {0}
        made[0].begin(0)
        return made[0]

    yield make
    for left in made:
        left.close()


class Writer:
    """Writes to partition 0 in transactions."""

    def __init__(self, cluster: Any, topic: str) -> None:
        self._topic = topic
        self._producer = Producer({**cluster.kafka, "transactional.id": f"writer-{topic}"})
        self._producer.init_transactions(10)

    def begin(self, **entries: bytes) -> None:
        """Write entries and leave the transaction open."""
        self._producer.begin_transaction()
        for key, value in entries.items():
            self._producer.produce(self._topic, value, key, 0)
        assert self._producer.flush(10) == 0

    def commit(self) -> None:
        """End the transaction well."""
        self._producer.commit_transaction(10)

    def abort(self) -> None:
        """End the transaction badly."""
        self._producer.abort_transaction(10)


@pytest.fixture
def writer(cluster: Any, register: str) -> Writer:
    return Writer(cluster, register)


def until_open(keeper: Keeper) -> bool:
    """Go on until partition 0 is open; return whether it became so in time."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if 0 in keeper.opened():
            return True
    return False


def test_an_empty_topic_is_open_at_once(keeper: Open) -> None:
    """Where nothing is known nothing is read."""
    assert keeper().opened() == (0,)


def test_what_was_committed_is_at_hand(keeper: Open, writer: Writer) -> None:
    """Committed entries, the newest of each key, are found; aborted ones are not."""
    writer.begin(a=b"1", b=b"1")
    writer.commit()
    writer.begin(a=b"2")
    writer.commit()
    writer.begin(a=b"3", c=b"3")
    writer.abort()
    one = keeper()
    with pytest.raises(UnavailableError):
        one.find(0, ["a"])
    assert until_open(one)
    assert one.find(0, ["a", "b", "c"]) == {"a": b"2", "b": b"1"}


def test_an_open_transaction_keeps_it_closed(keeper: Open, writer: Writer) -> None:
    """A partition whose last transaction is undecided stays closed; once it is committed it is known."""
    writer.begin(a=b"1")
    one = keeper()
    for _ in range(20):
        assert one.opened() == ()
    writer.commit()
    assert until_open(one)
    assert one.find(0, ["a"]) == {"a": b"1"}


def test_a_restart_reads_on_from_its_file(keeper: Open, writer: Writer) -> None:
    """What was read once is not read again; what came meanwhile is."""
    writer.begin(a=b"1", b=b"1")
    writer.commit()
    one = keeper()
    assert until_open(one)
    one.keep(0, {"b": b"from the file"})
    writer.begin(a=b"2")
    writer.commit()
    one = keeper()
    assert until_open(one)
    assert one.find(0, ["a", "b"]) == {"a": b"2", "b": b"from the file"}


def test_a_topic_made_again_is_read_from_the_beginning(
    keeper: Open, writer: Writer, cluster: Any, register: str
) -> None:
    """A file of a topic that was deleted is of no use for the one that has its name now."""
    writer.begin(a=b"1", b=b"1")
    writer.commit()
    assert until_open(keeper())
    admin = AdminClient(cluster.kafka)
    admin.delete_topics([register])[register].result(30)
    for _ in range(100):  # the name is free a moment later
        again = admin.create_topics([NewTopic(register, 2, 1)])[register]
        if again.exception(10) is None:
            break
        time.sleep(0.1)
    writer = Writer(cluster, register)
    for value in (b"7", b"8", b"9"):
        writer.begin(b=value)
        writer.commit()
    one = keeper()
    assert until_open(one)
    assert one.find(0, ["a", "b"]) == {"b": b"9"}


def test_a_broken_file_is_made_anew(keeper: Open, writer: Writer, tmp_path: Path, register: str) -> None:
    """When the file breaks the partition closes, and opens with all that is known."""
    entries = {f"k{number}": b"x" * 500 for number in range(5_000)}
    writer.begin(**entries)
    writer.commit()
    one = keeper()
    assert until_open(one)
    one.close()
    with (tmp_path / f"{register}-0.sqlite").open("r+b") as pages:
        pages.seek(4 * 4096)
        pages.write(b"rubbish" * 200_000)
    one = keeper()
    assert until_open(one)
    with pytest.raises(UnavailableError):
        one.find(0, sorted(entries))
    assert one.closed() == {0}
    one.begin(0)
    assert until_open(one)
    assert one.find(0, sorted(entries)) == entries


def test_a_partition_that_went_away_is_closed(keeper: Open) -> None:
    """What belongs to another worker cannot be asked for here."""
    one = keeper()
    one.revoked([0])
    assert one.closed() == frozenset()
    with pytest.raises(UnavailableError):
        one.find(0, ["a"])


def test_topics_of_different_sizes_do_not_go_together(keeper: Open, cluster: Any) -> None:
    """With another number of partitions the register cannot stand beside the topic: the setting is wrong."""
    with pytest.raises(ConfigurationError, match="2: both need the same number"):
        keeper(cluster.topic(partitions=3))
