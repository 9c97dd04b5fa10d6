"""Asks the cluster what a topic is, where it begins and where it ends."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from confluent_kafka import IsolationLevel, KafkaException, TopicCollection, TopicPartition
from confluent_kafka.admin import AdminClient, OffsetSpec, TopicDescription

EARLIEST: OffsetSpec = OffsetSpec.earliest()  # type: ignore[no-untyped-call]  # the driver's types
LATEST: OffsetSpec = OffsetSpec.latest()  # type: ignore[no-untyped-call]  # likewise
CALL_S = 5.0


class TopicFacts:
    """A client for questions; every method raises confluent_kafka's `KafkaException`.

    After an error the next question goes out with a new client: librdkafka's admin client keeps what it
    once knew of leaders, so that after an election every later question ends in FENCED_LEADER_EPOCH.
    """

    def __init__(self, kafka: Mapping[str, Any]) -> None:
        self._kafka = dict(kafka)
        self._admin = AdminClient(self._kafka)

    def offset(self, topic: str, partition: int, which: OffsetSpec) -> int:
        """Return where a partition begins or ends, open transactions counted."""
        place = TopicPartition(topic, partition)
        with self._asking():
            # uncommitted: a transaction that was committed just now may not be marked as such here yet
            asked = self._admin.list_offsets(
                {place: which}, isolation_level=IsolationLevel.READ_UNCOMMITTED, request_timeout=CALL_S
            )
            return int(asked[place].result().offset)

    def described(self, topics: Sequence[str]) -> Mapping[str, TopicDescription]:
        """Return name → what the cluster has under it."""
        with self._asking():
            asked = self._admin.describe_topics(TopicCollection(list(topics)), request_timeout=CALL_S)
            return {topic: answer.result() for topic, answer in asked.items()}

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            yield
        except KafkaException:
            self._admin = AdminClient(self._kafka)
            raise
