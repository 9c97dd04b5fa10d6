"""Lets a partition's records in only when all that is known of their decisions is at hand."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic, sleep

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, TopicPartition

from streams.domain.errors import UnavailableError
from streams.engine.driver import name_of
from streams.engine.ports import Gate
from streams.records import Record

log = logging.getLogger(__name__)

PAUSE_S = 1.0


class Admission:
    """Keeps a partition's records out from its assignment until its gate opens; one thread, the consumer's.

    The order is what counts. First the committed position is asked for, and the broker tells it only when
    no transaction of an earlier owner is open any more; then the gate looks where its topic ends: whatever
    that owner has committed lies before that end. What was read too early is read again from the position.

    Nothing is paused: librdkafka can lose the beginning of a partition that is paused while it is taken
    in, and the end of a pause beside a rebalance, and such a partition is never read (its issues 2190, 5591).
    """

    def __init__(self, consumer: Consumer, topic: str, gate: Gate, call_s: float) -> None:
        self._consumer = consumer
        self._topic = topic
        self._gate = gate
        self._call_s = call_s
        self._positions: dict[int, TopicPartition] = {}
        """Partition → where its reading begins, until it does."""
        self._opened: set[int] = set()
        """Those of them whose gate is open."""
        self._admitted: set[int] = set()
        self._again_at = 0.0

    def admitted(self, records: Sequence[Record], pause_s: float) -> list[Record]:
        """Return the records that may be judged; the others are dropped, and read again once they may.

        Where there are none but others, it waits for `pause_s`: a long backlog is not to be run through.
        """
        judged = [record for record in records if record.partition in self._admitted]
        if records and not judged:
            sleep(pause_s)
        return judged

    def assigned(self, partitions: Sequence[TopicPartition]) -> None:
        """Take partitions in, closed; within the consumer's callback."""
        self._consumer.incremental_assign(list(partitions))
        self._gate.assigned(one.partition for one in partitions)

    def revoked(self, partitions: Sequence[TopicPartition]) -> None:
        """Let partitions go; within the consumer's callback."""
        self._gate.revoked(one.partition for one in partitions)
        for one in partitions:
            self._positions.pop(one.partition, None)
            self._opened.discard(one.partition)
            self._admitted.discard(one.partition)

    def go_on(self) -> None:
        """Open what can be opened; a second after something was away it is tried again."""
        if monotonic() < self._again_at:
            return
        for partition in self._gate.closed():
            with self._trying():
                self._begin(partition)
        with self._trying():
            self._opened.update(self._gate.opened())
        for partition in sorted(self._opened):
            with self._trying():
                self._let_in(partition)

    @contextmanager
    def _trying(self) -> Iterator[None]:
        try:
            yield
        except (KafkaException, UnavailableError) as error:
            reason = name_of(error) if isinstance(error, KafkaException) else error
            log.warning("partitions stay closed: %s", reason)
            self._again_at = monotonic() + PAUSE_S

    def _begin(self, partition: int) -> None:
        self._opened.discard(partition)
        self._admitted.discard(partition)
        place = TopicPartition(self._topic, partition)
        (position,) = self._consumer.committed([place], self._call_s)
        if position.error is not None:
            raise KafkaException(position.error)
        if position.offset < 0:
            position.offset = OFFSET_BEGINNING
        self._gate.begin(partition)
        self._positions[partition] = position

    def _let_in(self, partition: int) -> None:
        # forgotten only when it reads: the gate tells once that it is open, and a client that is still
        # taking the partition in refuses to seek
        self._consumer.seek(self._positions[partition])
        self._opened.discard(partition)
        del self._positions[partition]
        self._admitted.add(partition)
