"""Applying the topics to a real cluster: what is missing comes, what is there stays, no step comes twice."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from confluent_kafka import Consumer, Producer
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    ResourceType,
)

from streams.domain.errors import RefusedError, UnavailableError
from streams.embedded.broker import Broker
from streams.embedded.ports import free_port
from streams.engine.driver import admin_of
from streams.engine.topic_admin import Configure, Create, Grow, apply, plan
from streams.topics import ALL, MIB, Topic


@pytest.fixture(scope="module")
def admin(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AdminClient]:
    """Return a client of a broker without an authorizer, and that nobody has made topics on."""
    server = Broker(data=tmp_path_factory.mktemp("empty"), cache=cache)
    server.start()
    yield AdminClient({"bootstrap.servers": server.bootstrap_servers, "log_level": 0})
    server.stop()


@pytest.fixture(scope="module")
def guarded(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AdminClient]:
    """Return a client of a broker that has an authorizer."""
    properties = {
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:ANONYMOUS",
    }
    server = Broker(data=tmp_path_factory.mktemp("guarded"), cache=cache, properties=properties)
    server.start()
    yield AdminClient({"bootstrap.servers": server.bootstrap_servers, "log_level": 0})
    server.stop()


@pytest.fixture
def topic() -> Topic:
    """Return a topic that no cluster has yet."""
    return Topic(
        name=f"t-{uuid4().hex[:12]}",
        schema="portal",
        partitions=2,
        retention=timedelta(days=30),
        readers=("credit-jinan",),
        writers=("review",),
    )


def settings(admin: AdminClient, topic: Topic) -> Mapping[str, str]:
    """Return a topic's settings as the cluster has them."""
    resource = ConfigResource(ResourceType.TOPIC, topic.name)
    entries = admin.describe_configs([resource])[resource].result(10)
    return {name: entry.value for name, entry in entries.items()}


def partitions(admin: AdminClient, topic: Topic) -> int:
    """Return how many partitions a topic has."""
    return len(admin.list_topics(topic.name, timeout=10).topics[topic.name].partitions)


def test_applies_all_topics_once(admin: AdminClient) -> None:
    """The project's topics come into being with what they say, and a second apply plans nothing."""
    created = apply(admin, ALL)
    assert {change.topic for change in created if isinstance(change, Create)} == {t.name for t in ALL}
    for topic in ALL:
        assert partitions(admin, topic) == topic.partitions
        has = settings(admin, topic)
        assert has["max.message.bytes"] == str(topic.max_message_bytes)
        assert has["message.timestamp.type"] == "LogAppendTime"
        if topic.retention is None:
            assert has["cleanup.policy"] == "compact"
        else:
            assert has["cleanup.policy"] == "delete"
            assert int(has["retention.ms"]) == topic.retention / timedelta(milliseconds=1)
    assert plan(admin, ALL) == ()
    assert apply(admin, ALL) == ()


def test_changes_only_what_differs(admin: AdminClient, topic: Topic) -> None:
    """More partitions, another retention and a larger record are set; what operators set beside it stays."""
    apply(admin, [topic])
    own = ConfigEntry("segment.bytes", str(8 * MIB), incremental_operation=AlterConfigOpType.SET)
    resource = ConfigResource(ResourceType.TOPIC, topic.name, incremental_configs=[own])
    admin.incremental_alter_configs([resource])[resource].result(10)
    later = replace(topic, partitions=5, retention=timedelta(days=7), max_message_bytes=2 * MIB)

    changes = apply(admin, [later])

    assert set(changes) == {
        Grow(topic=topic.name, before=2, after=5),
        Configure(topic=topic.name, name="retention.ms", before="2592000000", after="604800000"),
        Configure(topic=topic.name, name="max.message.bytes", before="1048576", after="2097152"),
    }
    assert partitions(admin, later) == 5
    assert settings(admin, later)["segment.bytes"] == str(8 * MIB)
    assert plan(admin, [later]) == ()


def test_never_asks_for_fewer_partitions(admin: AdminClient, topic: Topic) -> None:
    """Kafka cannot take partitions away: a topic that has more than it needs is left as it is."""
    apply(admin, [replace(topic, partitions=3)])
    assert plan(admin, [topic]) == ()


def test_only_planning_changes_nothing(admin: AdminClient, topic: Topic) -> None:
    """A plan names the topic that would be made, as a line for people, and makes none."""
    (change,) = plan(admin, [topic])
    assert str(change).startswith(f"create {topic.name}: 2 partitions, 1 replicas, cleanup.policy=delete")
    assert topic.name not in admin.list_topics(timeout=10).topics


def test_keeps_two_copies_written_where_there_are_three(admin: AdminClient, topic: Topic) -> None:
    """With three replicas a record counts as written only when two brokers have it."""
    (change,) = plan(admin, [topic], replication=3)
    assert isinstance(change, Create)
    assert (change.replication, change.settings["min.insync.replicas"]) == (3, "2")


def test_can_be_used_at_once(admin: AdminClient, topic: Topic) -> None:
    """When apply returns, a client that knew nothing of the topic can write to it and read from it."""
    apply(admin, [topic])
    servers: dict[str, Any] = {"bootstrap.servers": ",".join(str(b) for b in brokers_of(admin))}
    producer = Producer(servers)
    producer.produce(topic.name, b"one")
    assert producer.flush(10) == 0
    consumer = Consumer({**servers, "group.id": topic.name, "auto.offset.reset": "earliest"})
    consumer.subscribe([topic.name])
    message = consumer.poll(10)
    assert message is not None
    assert (message.error(), message.value()) == (None, b"one")
    consumer.close()


def brokers_of(admin: AdminClient) -> list[str]:
    """Return the addresses of a cluster's brokers."""
    return [f"{broker.host}:{broker.port}" for broker in admin.list_topics(timeout=10).brokers.values()]


def test_lets_readers_read_and_writers_write(guarded: AdminClient, topic: Topic) -> None:
    """With an authorizer each reader and writer gets its topic and its own groups or transactions, once."""
    changes = apply(guarded, [topic], acls=True)
    assert [str(change) for change in changes[1:]] == [
        f"allow credit-jinan to read topic {topic.name}",
        "allow credit-jinan to read group credit-jinan*",
        f"allow review to write topic {topic.name}",
        "allow review to write transactional id review*",
        "allow review to describe transactional id review*",
    ]
    assert plan(guarded, [topic], acls=True) == ()


def test_leaves_access_alone_when_not_asked(guarded: AdminClient, topic: Topic) -> None:
    """Without being asked for, no access rule is planned."""
    assert [type(change) for change in plan(guarded, [topic])] == [Create]


def test_refuses_access_rules_without_an_authorizer(admin: AdminClient, topic: Topic) -> None:
    """A cluster without an authorizer cannot keep anybody out; who asks for access rules is told so."""
    with pytest.raises(RefusedError, match=r"no authorizer.*authorizer\.class\.name"):
        apply(admin, [topic], acls=True)
    assert topic.name not in admin.list_topics(timeout=10).topics


def test_refuses_what_the_cluster_cannot_do(admin: AdminClient, topic: Topic) -> None:
    """More replicas than brokers is refused with Kafka's own words."""
    with pytest.raises(RefusedError, match=r"(?i)replication factor"):
        apply(admin, [topic], replication=3)


def test_says_that_kafka_is_away(
    topic: Topic, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """A cluster that cannot be reached is told as such, to be tried again, with its reason once."""
    nowhere = admin_of({"bootstrap.servers": f"127.0.0.1:{free_port()}"})
    with pytest.raises(UnavailableError, match="Kafka is away"):
        plan(nowhere, [topic], patience_s=2)
    assert capfd.readouterr().err == ""
    (reason,) = caplog.messages
    assert "Connection refused" in reason
