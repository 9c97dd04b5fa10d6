"""One consumer and one transactional producer: reads batches, writes their outputs and offsets at once.

Every method is to be called from one thread: a commit that waits for a `consume` elsewhere stalls.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from confluent_kafka import (
    OFFSET_BEGINNING,
    Consumer,
    KafkaError,
    KafkaException,
    Message,
    Producer,
    TopicPartition,
)

from streams.domain.errors import UnavailableError
from streams.engine.admission import Admission
from streams.engine.driver import FencedError, OutputRefusedError, log_error, mapped, name_of, record_of
from streams.engine.lag import LagReader
from streams.engine.ports import Gate, Observer
from streams.records import Output, Record, Span

log = logging.getLogger(__name__)

CALL_S = 5.0
"""Longest wait in one call to the broker, so that a shutdown is never held up by more."""


class Transactor:
    """Reads one topic and writes any; exactly once."""

    def __init__(
        self,
        *,
        kafka: Mapping[str, Any],
        topic: str,
        group: str,
        transactional_id: str,
        observer: Observer,
        gate: Gate | None = None,
    ) -> None:
        """Take what the clients need; a partition is read once `gate`, if there is one, has opened it."""
        self._observer = observer
        self._topic = topic
        self._lag = LagReader(topic, observer)
        self._consumer = Consumer(
            {
                **kafka,
                "group.id": group,
                "auto.offset.reset": "earliest",
                "enable.auto.commit": False,
                "isolation.level": "read_committed",
                "partition.assignment.strategy": "cooperative-sticky",
                "session.timeout.ms": 6_000,
                "heartbeat.interval.ms": 1_500,
                "queued.max.messages.kbytes": 16_384,
                "statistics.interval.ms": 1_000,
                "stats_cb": self._lag.take,
                "error_cb": log_error,
                "logger": log,
            }
        )
        self._gate = gate
        self._admission = Admission(self._consumer, topic, gate, CALL_S) if gate else None
        self._member: str | None = None
        self._producer = Producer(
            {
                **kafka,
                "transactional.id": transactional_id,
                "transaction.timeout.ms": 10_000,
                "linger.ms": 5,
                "compression.type": "lz4",
                "delivery.report.only.error": True,
                "queue.buffering.max.messages": 1_000_000,
                "error_cb": log_error,
                "logger": log,
            }
        )

    def open(self) -> None:
        """Fence an earlier worker of the same transactional id, and join the group.

        Raises `UnavailableError` while the broker is away; may be called again.
        """
        try:
            self._producer.init_transactions(CALL_S)
        except KafkaException as error:
            raise mapped(error) from error
        self._consumer.subscribe(
            [self._topic], on_assign=self._assigned, on_revoke=self._revoked, on_lost=self._revoked
        )

    def read(self, most: int, wait_s: float) -> list[Record]:
        """Return the records that arrive within `wait_s` seconds, at most `most`."""
        if self._admission:
            self._admission.go_on()
        records = []
        messages = self._consumer.consume(most, wait_s)
        self._member = self._consumer.memberid()
        for message in messages:
            error = message.error()
            if error is None:
                records.append(record_of(message))
            elif error.code() not in (KafkaError._PARTITION_EOF, KafkaError._MAX_POLL_EXCEEDED):  # noqa: SLF001
                log.warning("reading %s: %s", self._topic, error.name())
        return self._admission.admitted(records, wait_s) if self._admission else records

    def commit(self, lines: Sequence[Sequence[Output]], spans: Mapping[tuple[str, int], Span]) -> None:
        """Write the outputs of every record and the positions after the batch in one transaction.

        Raises `OutputRefusedError` when one record's outputs can never be written (nothing was),
        `FencedError` when this producer is done for, and `UnavailableError` when the transaction was
        aborted: the batch must be read again after `rewind`.
        """
        refused: list[int] = []
        try:
            self._producer.begin_transaction()
            for index, outputs in enumerate(lines):
                self._produce(index, outputs, refused)
            offsets = [TopicPartition(t, p, span.next) for (t, p), span in spans.items()]
            self._finish(offsets, refused)
        except KafkaException as error:
            self._abort(error)
            if refused:
                raise OutputRefusedError(refused[0]) from error
            raise UnavailableError(f"transaction aborted: {name_of(error)}") from error
        for (topic, partition), span in spans.items():
            self._observer.committed(topic=topic, partition=partition, offset=span.next)

    def _produce(self, index: int, outputs: Sequence[Output], refused: list[int]) -> None:
        def delivered(error: KafkaError | None, _message: Message) -> None:
            if error is not None and error.code() == KafkaError.MSG_SIZE_TOO_LARGE:
                refused.append(index)

        for output in outputs:
            while True:
                try:
                    self._producer.produce(
                        output.topic, output.value, output.key, output.partition, on_delivery=delivered
                    )
                    break
                except BufferError:
                    self._producer.poll(0.1)
                except KafkaException as error:
                    if error.args[0].code() == KafkaError.MSG_SIZE_TOO_LARGE:
                        refused.append(index)
                    raise
        self._producer.poll(0)

    def _finish(self, offsets: list[TopicPartition], refused: list[int]) -> None:
        membership = self._consumer.consumer_group_metadata()
        member = self._consumer.memberid()
        if not member or member != self._member:
            # the broker lets a client that is no member commit whatever it likes
            raise KafkaException(KafkaError(KafkaError.UNKNOWN_MEMBER_ID))
        self._retrying(lambda: self._producer.send_offsets_to_transaction(offsets, membership, CALL_S))
        if refused:
            raise KafkaException(KafkaError(KafkaError.MSG_SIZE_TOO_LARGE))
        self._retrying(lambda: self._producer.commit_transaction(CALL_S))

    def _retrying(self, call: Callable[[], object]) -> None:
        for left in range(5, -1, -1):
            try:
                call()
            except KafkaException as error:
                if not error.args[0].retriable() or not left:
                    raise
            else:
                return

    def _abort(self, cause: KafkaException) -> None:
        self._observer.aborted(reason=name_of(cause))
        if cause.args[0].fatal():
            raise FencedError(name_of(cause)) from cause
        try:
            self._retrying(lambda: self._producer.abort_transaction(CALL_S))
        except KafkaException as error:
            raise FencedError(name_of(error)) from error

    def rewind(self) -> None:
        """Go back to the committed position of every assigned partition.

        Raises `UnavailableError` when the broker does not tell the positions.
        """
        try:
            assigned = self._consumer.assignment()
            for position in self._consumer.committed(assigned, CALL_S) if assigned else ():
                if position.error is not None:
                    raise UnavailableError(f"no committed position: {position.error.name()}")
                if position.offset < 0:
                    position.offset = OFFSET_BEGINNING
                self._consumer.seek(position)
        except KafkaException as error:
            raise mapped(error) from error

    def close(self) -> None:
        """Leave the group, so that others take over at once."""
        with suppress(KafkaException, RuntimeError):
            self._consumer.close()
        if self._gate:
            with suppress(KafkaException, RuntimeError):
                self._gate.close()

    def _assigned(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        if self._admission:
            self._admission.assigned(partitions)
        else:
            consumer.incremental_assign(partitions)

    def _revoked(self, _consumer: Consumer, partitions: list[TopicPartition]) -> None:
        if self._admission:
            self._admission.revoked(partitions)
        for partition in partitions:
            self._observer.released(topic=partition.topic, partition=partition.partition)
