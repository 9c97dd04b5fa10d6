"""Who may do what with topics, as Kafka access rules; rules that others made are left alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import (
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ConfigResource,
    ResourcePatternType,
    ResourceType,
)

from streams.topics import Topic

TIMEOUT_S = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Allow:
    """One access rule: `principal` may do `operation` with a resource."""

    principal: str
    """Without Kafka's `User:` before it."""
    operation: AclOperation
    resource: ResourceType
    name: str
    prefixed: bool = False
    """Whether the name is but the start of the resources' names."""

    def __str__(self) -> str:
        star = "*" if self.prefixed else ""
        kind = self.resource.name.lower().replace("_", " ")
        return f"allow {self.principal} to {self.operation.name.lower()} {kind} {self.name}{star}"


def wanted_access(topics: Iterable[Topic]) -> tuple[Allow, ...]:
    """Return the rules for all readers and writers of `topics`.

    A reader may use consumer groups, and a writer transactional ids, whose names start with its own.
    """
    allowed: dict[Allow, None] = {}
    for topic in topics:
        for reader in topic.readers:
            allowed[_on_topic(reader, AclOperation.READ, topic)] = None
            allowed[_own(reader, AclOperation.READ, ResourceType.GROUP)] = None
        for writer in topic.writers:
            allowed[_on_topic(writer, AclOperation.WRITE, topic)] = None
            for operation in (AclOperation.WRITE, AclOperation.DESCRIBE):
                allowed[_own(writer, operation, ResourceType.TRANSACTIONAL_ID)] = None
    return tuple(allowed)


def known_access(admin: AdminClient) -> frozenset[Allow]:
    """Return the rules that the cluster has. Raises confluent_kafka's `KafkaException`."""
    whatever: Any = None  # the driver's types do not say that a filter may leave a field open
    everything = AclBindingFilter(
        ResourceType.ANY,
        whatever,
        ResourcePatternType.ANY,
        whatever,
        whatever,
        AclOperation.ANY,
        AclPermissionType.ALLOW,
    )
    bindings = admin.describe_acls(everything, request_timeout=TIMEOUT_S).result()
    return frozenset(
        Allow(
            principal=binding.principal.removeprefix("User:"),
            operation=binding.operation,
            resource=binding.restype,
            name=binding.name,
            prefixed=binding.resource_pattern_type == ResourcePatternType.PREFIXED,
        )
        for binding in bindings
        if binding.host == "*"
    )


def has_authorizer(admin: AdminClient) -> bool:
    """Tell whether the cluster keeps access rules at all. Raises confluent_kafka's `KafkaException`.

    The broker's setting is asked because librdkafka gives an empty list of rules for a cluster without one.
    """
    (broker, *_) = admin.list_topics(timeout=TIMEOUT_S).brokers
    resource = ConfigResource(ResourceType.BROKER, str(broker))
    try:
        told = admin.describe_configs([resource], request_timeout=TIMEOUT_S)[resource].result()
    except KafkaException as error:
        if error.args[0].code() == KafkaError.CLUSTER_AUTHORIZATION_FAILED:
            return True  # somebody keeps us from looking
        raise
    return bool(told["authorizer.class.name"].value)


def grant(admin: AdminClient, rules: Sequence[Allow]) -> None:
    """Add rules to the cluster. Raises confluent_kafka's `KafkaException`."""
    bindings = [
        AclBinding(
            rule.resource,
            rule.name,
            ResourcePatternType.PREFIXED if rule.prefixed else ResourcePatternType.LITERAL,
            f"User:{rule.principal}",
            "*",
            rule.operation,
            AclPermissionType.ALLOW,
        )
        for rule in rules
    ]
    for future in admin.create_acls(bindings, request_timeout=TIMEOUT_S).values():
        future.result()


def _on_topic(principal: str, operation: AclOperation, topic: Topic) -> Allow:
    # Kafka lets whoever may read or write a topic describe it as well.
    return Allow(principal=principal, operation=operation, resource=ResourceType.TOPIC, name=topic.name)


def _own(principal: str, operation: AclOperation, resource: ResourceType) -> Allow:
    return Allow(principal=principal, operation=operation, resource=resource, name=principal, prefixed=True)
