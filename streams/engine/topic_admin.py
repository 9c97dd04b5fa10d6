"""Brings a cluster's topics to what `streams.topics` says, changing only what differs."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    NewTopic,
    ResourceType,
)

from streams.domain.errors import RefusedError, UnavailableError
from streams.engine.topic_access import Allow, grant, has_authorizer, known_access, wanted_access
from streams.topics import Topic

TIMEOUT_S = 30
REPLICAS = 3
"""Copies of each record, where the cluster has as many brokers."""
POLL_S = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """A topic that the cluster lacks."""

    topic: str
    partitions: int
    replication: int
    settings: Mapping[str, str]

    def __str__(self) -> str:
        settings = ", ".join(f"{name}={value}" for name, value in sorted(self.settings.items()))
        return f"create {self.topic}: {self.partitions} partitions, {self.replication} replicas, {settings}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grow:
    """A topic with too few partitions; fewer than there are can never be had."""

    topic: str
    before: int
    after: int

    def __str__(self) -> str:
        return f"grow {self.topic} from {self.before} to {self.after} partitions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Configure:
    """A topic's setting that differs."""

    topic: str
    name: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"set {self.topic} {self.name} from {self.before} to {self.after}"


Change = Create | Grow | Configure | Allow
"""One step; its text is a line for people."""


def plan(
    admin: AdminClient,
    topics: Sequence[Topic],
    *,
    replication: int | None = None,
    acls: bool = False,
    patience_s: float = TIMEOUT_S,
) -> tuple[Change, ...]:
    """Return what must change for the cluster to have `topics`; empty when nothing must.

    `replication` is for new topics only, by default three or as many as there are brokers. With `acls`
    the rules for readers and writers are planned too; without, access is left as it is.

    Raises `UnavailableError` when the cluster is away for `patience_s` seconds, `RefusedError` when it does
    not let us, or has no authorizer although `acls` were asked for.
    """
    with _translated(admin, "look at the topics"):
        metadata = admin.list_topics(timeout=patience_s)
        copies = replication or min(REPLICAS, len(metadata.brokers))
        known = {name: len(about.partitions) for name, about in metadata.topics.items()}
        there = [topic for topic in topics if topic.name in known]
        creates = [_creation(topic, copies) for topic in topics if topic.name not in known]
        grows = [
            Grow(topic=topic.name, before=known[topic.name], after=topic.partitions)
            for topic in there
            if known[topic.name] < topic.partitions
        ]
        settings = _differences(admin, there)
    return (*creates, *grows, *settings, *(_access(admin, topics) if acls else ()))


def apply(
    admin: AdminClient, topics: Sequence[Topic], *, replication: int | None = None, acls: bool = False
) -> tuple[Change, ...]:
    """Make the changes of `plan`, wait until clients see them, and return them; raises as `plan` does."""
    changes = plan(admin, topics, replication=replication, acls=acls)
    with _translated(admin, "change the topics"):
        creates = [change for change in changes if isinstance(change, Create)]
        grows = [change for change in changes if isinstance(change, Grow)]
        _create(admin, creates)
        _grow(admin, grows)
        _configure(admin, [change for change in changes if isinstance(change, Configure)])
        rules = [change for change in changes if isinstance(change, Allow)]
        if rules:
            grant(admin, rules)
        partitions = {c.topic: c.partitions for c in creates} | {c.topic: c.after for c in grows}
        _await_topics(admin, partitions)
    return changes


def settings_of(topic: Topic) -> Mapping[str, str]:
    """Return the topic settings that this project decides on; all others are the cluster's."""
    kept = (
        {"cleanup.policy": "compact"}
        if topic.retention is None
        else {
            "cleanup.policy": "delete",
            "retention.ms": str(int(topic.retention.total_seconds() * 1000)),
        }
    )
    # A record's time is when the broker took it: a sender's wrong clock must not shorten how long it is kept.
    return {
        **kept,
        "max.message.bytes": str(topic.max_message_bytes),
        "message.timestamp.type": "LogAppendTime",
    }


def _creation(topic: Topic, copies: int) -> Create:
    # With three copies a record counts as written when two have it, so that losing a broker loses nothing.
    safe = {"min.insync.replicas": "2"} if copies >= REPLICAS else {}
    return Create(
        topic=topic.name,
        partitions=topic.partitions,
        replication=copies,
        settings={**settings_of(topic), **safe},
    )


def _differences(admin: AdminClient, topics: Sequence[Topic]) -> list[Configure]:
    if not topics:
        return []
    asked = admin.describe_configs(
        [ConfigResource(ResourceType.TOPIC, topic.name) for topic in topics], request_timeout=TIMEOUT_S
    )
    known = {resource.name: future.result() for resource, future in asked.items()}
    return [
        Configure(topic=topic.name, name=name, before=known[topic.name][name].value, after=value)
        for topic in topics
        for name, value in settings_of(topic).items()
        if known[topic.name][name].value != value
    ]


def _access(admin: AdminClient, topics: Sequence[Topic]) -> tuple[Allow, ...]:
    with _translated(admin, "look at the access rules"):
        if not has_authorizer(admin):
            raise RefusedError(
                "the cluster has no authorizer, so that anybody may read every topic: set its"
                " authorizer.class.name, or leave the access rules away"
            )
        known = known_access(admin)
    return tuple(rule for rule in wanted_access(topics) if rule not in known)


def _create(admin: AdminClient, creates: Sequence[Create]) -> None:
    new = [NewTopic(c.topic, c.partitions, c.replication, config=dict(c.settings)) for c in creates]
    _finish(new, admin.create_topics, harmless=KafkaError.TOPIC_ALREADY_EXISTS)


def _grow(admin: AdminClient, grows: Sequence[Grow]) -> None:
    _finish([NewPartitions(c.topic, c.after) for c in grows], admin.create_partitions)


def _configure(admin: AdminClient, settings: Sequence[Configure]) -> None:
    resources = [
        ConfigResource(
            ResourceType.TOPIC,
            topic,
            incremental_configs=[
                ConfigEntry(c.name, c.after, incremental_operation=AlterConfigOpType.SET)
                for c in settings
                if c.topic == topic
            ],
        )
        for topic in dict.fromkeys(change.topic for change in settings)
    ]
    _finish(resources, admin.incremental_alter_configs)


def _finish(
    requests: Sequence[Any], send: Callable[..., Mapping[Any, Any]], harmless: int | None = None
) -> None:
    if not requests:
        return
    for future in send(requests, request_timeout=TIMEOUT_S).values():
        try:
            future.result()
        except KafkaException as error:
            if error.args[0].code() != harmless:  # another apply was quicker
                raise


def _await_topics(admin: AdminClient, partitions: Mapping[str, int]) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while partitions:
        known = admin.list_topics(timeout=TIMEOUT_S).topics
        partitions = {
            name: count
            for name, count in partitions.items()
            if name not in known
            or len(known[name].partitions) < count
            or any(about.leader < 0 for about in known[name].partitions.values())
        }
        if partitions and time.monotonic() > deadline:
            raise UnavailableError(f"the cluster has no leader yet for {', '.join(partitions)}: try again")
        time.sleep(POLL_S)


@contextmanager
def _translated(admin: AdminClient, deed: str) -> Iterator[None]:
    try:
        yield
    except KafkaException as error:
        admin.poll(0)  # has it say what it heard from the brokers meanwhile
        about: KafkaError = error.args[0]
        if about.code() < 0 or about.retriable():
            raise UnavailableError(f"Kafka is away, could not {deed} ({about.name()}): try again") from error
        raise RefusedError(f"Kafka refused to {deed}: {about.str()}") from error
