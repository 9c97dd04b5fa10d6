"""Follows Kafka topics into a store that keeps the positions beside its rows."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from threading import Event
from typing import Any, TypeVar

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition

from streams.domain.errors import StalePositionError, UnavailableError
from streams.engine.driver import log_error, record_of
from streams.engine.lag import LagReader
from streams.engine.ports import Observer
from streams.records import Handler, Record, spans_of

log = logging.getLogger(__name__)

R = TypeVar("R")

BATCH_RECORDS = 1_000
WAIT_S = 0.05
LONGEST_PAUSE_S = 5.0


class Follower:
    """Reads `topics` as one of a group and hands the batches to `handler`.

    The store's positions count, Kafka's committed offsets are only for those who look at the lag. So a
    batch is applied exactly once, whatever is killed. While the store is away the same batch waits.
    """

    def __init__(
        self,
        *,
        kafka: Mapping[str, Any],
        group: str,
        topics: Sequence[str],
        handler: Handler,
        observer: Observer,
    ) -> None:
        self._topics = list(topics)
        self._handler = handler
        self._observer = observer
        self._stopping = Event()
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
                "stats_cb": LagReader(None, observer).take,
                "topic.metadata.refresh.interval.ms": 5_000,
                "error_cb": log_error,
                "logger": log,
            }
        )

    def stop(self) -> None:
        """Ask `run` to end after the batch in hand; safe from any thread."""
        self._stopping.set()

    def run(self) -> None:
        """Follow until `stop`; blocks its thread."""
        self._consumer.subscribe(
            self._topics, on_assign=self._assigned, on_revoke=self._revoked, on_lost=self._revoked
        )
        try:
            while not self._stopping.is_set():
                records = self._read()
                if records:
                    self._apply(records)
        except UnavailableError:
            if not self._stopping.is_set():
                raise
        finally:
            with suppress(KafkaException, RuntimeError):
                self._consumer.close()

    def _read(self) -> list[Record]:
        records = []
        for message in self._consumer.consume(BATCH_RECORDS, WAIT_S):
            error = message.error()
            if error is None:
                records.append(record_of(message))
            elif error.code() != KafkaError._PARTITION_EOF:  # noqa: SLF001 -- a constant of librdkafka
                log.warning("following: %s", error.name())
        return records

    def _apply(self, records: Sequence[Record]) -> None:
        spans = spans_of(records)
        try:
            self._patiently(lambda: self._handler.apply(records, spans))
        except StalePositionError:
            log.warning("another follower was faster; going on from the stored positions")
            self._observer.aborted(reason="STALE_POSITION")
            self._seek(list(spans))
            return
        offsets = [TopicPartition(topic, partition, span.next) for (topic, partition), span in spans.items()]
        with suppress(KafkaException):
            self._consumer.commit(offsets=offsets, asynchronous=True)
        for (topic, partition), span in spans.items():
            self._observer.committed(topic=topic, partition=partition, offset=span.next)

    def _patiently(self, call: Callable[[], R]) -> R:
        pause = 0.1
        while True:
            try:
                return call()
            except UnavailableError as error:
                if self._stopping.is_set():
                    raise
                log.warning("waiting for the store: %s", error)
                time.sleep(pause)
                pause = min(LONGEST_PAUSE_S, pause * 2)

    def _positions(self, partitions: Sequence[tuple[str, int]]) -> list[TopicPartition]:
        known = self._patiently(lambda: self._handler.positions(partitions))
        return [TopicPartition(t, p, known.get((t, p), OFFSET_BEGINNING)) for t, p in partitions]

    def _seek(self, partitions: Sequence[tuple[str, int]]) -> None:
        assigned = {(tp.topic, tp.partition) for tp in self._consumer.assignment()}
        for position in self._positions([place for place in partitions if place in assigned]):
            with suppress(KafkaException):  # revoked meanwhile: no longer ours to read
                self._consumer.seek(position)

    def _assigned(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        consumer.incremental_assign(self._positions([(tp.topic, tp.partition) for tp in partitions]))

    def _revoked(self, _consumer: Consumer, partitions: list[TopicPartition]) -> None:
        for partition in partitions:
            self._observer.released(topic=partition.topic, partition=partition.partition)
