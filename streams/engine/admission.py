"""Lets a partition's records in only when all that is known of their decisions is at hand."""

import logging
from collections.abc import Sequence
from time import monotonic

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, TopicPartition

from streams.domain.errors import UnavailableError
from streams.engine.ports import Gate

log = logging.getLogger(__name__)

PAUSE_S = 1.0


class Admission:
    """Pauses partitions from their assignment until their gate opens; one thread, the consumer's.

    The order is what counts. First the committed position is asked for, and the broker tells it only when
    no transaction of an earlier owner is open any more; then the gate looks where its topic ends: whatever
    that owner has committed lies before that end.
    """

    def __init__(self, consumer: Consumer, topic: str, gate: Gate, call_s: float) -> None:
        self._consumer = consumer
        self._topic = topic
        self._gate = gate
        self._call_s = call_s
        self._positions: dict[int, TopicPartition] = {}
        self._again_at = 0.0

    def assigned(self, partitions: Sequence[TopicPartition]) -> None:
        """Take partitions in, closed; within the consumer's callback."""
        self._consumer.incremental_assign(list(partitions))
        self._consumer.pause(list(partitions))
        self._gate.assigned(one.partition for one in partitions)

    def revoked(self, partitions: Sequence[TopicPartition]) -> None:
        """Let partitions go; within the consumer's callback."""
        self._gate.revoked(one.partition for one in partitions)
        for one in partitions:
            self._positions.pop(one.partition, None)

    def go_on(self) -> None:
        """Open what can be opened; while something is away nothing is, and a second later is the next try."""
        if monotonic() < self._again_at:
            return
        try:
            for partition in self._gate.closed():
                self._begin(partition)
            for partition in self._gate.opened():
                position = self._positions.pop(partition)
                self._consumer.seek(position)
                self._consumer.resume([position])
        except KafkaException as error:
            log.warning("partitions stay closed: %s", error.args[0].name())
            self._again_at = monotonic() + PAUSE_S
        except UnavailableError as error:
            log.warning("partitions stay closed: %s", error)
            self._again_at = monotonic() + PAUSE_S

    def _begin(self, partition: int) -> None:
        place = TopicPartition(self._topic, partition)
        self._consumer.pause([place])
        (position,) = self._consumer.committed([place], self._call_s)
        if position.error is not None:
            raise KafkaException(position.error)
        if position.offset < 0:
            position.offset = OFFSET_BEGINNING
        self._gate.begin(partition)
        self._positions[partition] = position
