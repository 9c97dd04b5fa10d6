"""Follows a compacted topic of one partition, and changes it in one transaction."""

import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Event
from typing import Any

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, Producer, TopicPartition

from streams.domain.errors import RefusedError, UnavailableError
from streams.engine.driver import log_error, record_of

log = logging.getLogger(__name__)

WAIT_S = 0.2
PATIENCE_S = 15.0
BATCH = 500
_END = KafkaError._PARTITION_EOF  # noqa: SLF001 -- a constant of librdkafka
LOOK_FOR_S = 5.0
"""Longest look for the topic; a stop is heeded after it."""
LOOK_AGAIN_S = 2.0
"""Between two looks for a topic that is not there."""

Values = Mapping[str, bytes]
"""Key → newest value; a key whose newest record is a tombstone is absent."""


class CompactedReader:
    """Reads `topic` from its beginning and goes on following it; whole transactions are seen at once."""

    def __init__(self, *, kafka: Mapping[str, Any], topic: str, changed: Callable[[Values], None]) -> None:
        """Have `changed` called at the topic's end: first when it was reached, then after every change.

        It is called with nothing while the cluster has no such topic. Where it raises `UnavailableError` it
        is called again a little later.
        """
        self._topic = topic
        self._changed = changed
        self._values: dict[str, bytes] = {}
        self._due = self._ever = self._fresh = False
        self._stopping = Event()
        self._consumer = _consumer(kafka)

    def stop(self) -> None:
        """Ask `run` to end; safe from any thread."""
        self._stopping.set()

    def run(self) -> None:
        """Follow until `stop`; blocks its thread."""
        try:
            while not self._stopping.is_set() and not self._found():
                self._stopping.wait(LOOK_AGAIN_S)
            self._consumer.assign([TopicPartition(self._topic, 0, OFFSET_BEGINNING)])
            while not self._stopping.is_set():
                self._read()
                if self._due:
                    self._tell()
        finally:
            with suppress(KafkaException, RuntimeError):
                self._consumer.close()

    def _found(self) -> bool:
        """Look for the topic, and tell that nothing stands on it where the cluster has none."""
        try:
            found = _has(self._consumer, self._topic, LOOK_FOR_S)
        except KafkaException as error:
            log.warning("looking for %s: %s", self._topic, error.args[0].name())
            return False
        if not found and not self._ever:
            self._due = self._ever = True
            self._tell()
        return found

    def _read(self) -> None:
        for message in self._consumer.consume(BATCH, WAIT_S):
            error = message.error()
            if error is None:
                _take(message, self._values)
                self._fresh = True
            elif error.code() == _END:
                self._due = self._due or self._fresh or not self._ever
                self._ever, self._fresh = True, False
            else:
                log.warning("following %s: %s", self._topic, error.name())

    def _tell(self) -> None:
        try:
            self._changed(dict(self._values))
        except UnavailableError as error:
            log.warning("waiting to take up %s: %s", self._topic, error)
            self._stopping.wait(1)
        else:
            self._due = False


def read_whole(kafka: Mapping[str, Any], topic: str, patience_s: float = PATIENCE_S) -> Values:
    """Return what stands on a compacted topic now.

    Raises `UnavailableError` when the broker does not answer in time, `RefusedError` where it has no such
    topic.
    """
    values: dict[str, bytes] = {}
    consumer = _consumer(kafka)
    deadline = time.monotonic() + patience_s
    try:
        if not _has(consumer, topic, patience_s):
            raise RefusedError(f"the cluster has no topic {topic}; run `gongshi topics apply` first")
        consumer.assign([TopicPartition(topic, 0, OFFSET_BEGINNING)])
        while time.monotonic() < deadline:
            for message in consumer.consume(BATCH, WAIT_S):
                error = message.error()
                if error is None:
                    _take(message, values)
                elif error.code() == _END:
                    return values
    except KafkaException as error:
        raise _mapped(error) from error
    finally:
        consumer.close()
    raise UnavailableError(f"Kafka did not tell what stands on {topic} in time; is the broker running?")


def change(
    kafka: Mapping[str, Any],
    topic: str,
    decide: Callable[[Values], Mapping[str, bytes | None]],
    *,
    owner: str,
) -> None:
    """Write what `decide` makes of the topic's values, in one transaction; None is a tombstone.

    `owner` is the transactional id: whoever changes the topic at the same time under it gets a `RefusedError`
    and has changed nothing. Raises as `read_whole` does, and whatever `decide` raises.
    """
    producer = Producer(
        {
            **kafka,
            "transactional.id": owner,
            "transaction.timeout.ms": 60_000,
            "compression.type": "lz4",
            "error_cb": log_error,
            "logger": log,
        }
    )
    try:
        producer.init_transactions(PATIENCE_S)
        records = decide(read_whole(kafka, topic))
        if records:
            _write(producer, topic, records)
    except KafkaException as error:
        raise _mapped(error) from error


def _write(producer: Producer, topic: str, records: Mapping[str, bytes | None]) -> None:
    producer.begin_transaction()
    try:
        for key, value in records.items():
            producer.produce(topic, value, key)
        producer.commit_transaction(PATIENCE_S)
    except KafkaException:
        with suppress(KafkaException):
            producer.abort_transaction(PATIENCE_S)
        raise


def _mapped(error: KafkaException) -> RefusedError | UnavailableError:
    about: KafkaError = error.args[0]
    if about.fatal() or about.code() == KafkaError.INVALID_PRODUCER_EPOCH:
        return RefusedError("somebody else changes it at this moment; look at what stands now and try again")
    if about.code() in (KafkaError.TOPIC_AUTHORIZATION_FAILED, KafkaError.MSG_SIZE_TOO_LARGE):
        return RefusedError(f"Kafka refuses the change: {about.name()}")
    return UnavailableError(f"Kafka does not answer: {about.name()}; is the broker running?")


def _consumer(kafka: Mapping[str, Any]) -> Consumer:
    return Consumer(
        {
            **kafka,
            "group.id": "catalogue",  # asked for by the client, never joined
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "isolation.level": "read_committed",
            "topic.metadata.refresh.interval.ms": 5_000,
            "error_cb": log_error,
            "logger": log,
        }
    )


def _has(consumer: Consumer, topic: str, patience_s: float = PATIENCE_S) -> bool:
    """Tell whether the cluster has a topic. Raises `KafkaException` when it does not answer in time."""
    return topic in consumer.list_topics(timeout=patience_s).topics


def _take(message: Any, values: dict[str, bytes]) -> None:
    record = record_of(message)
    key = (record.key or b"").decode(errors="replace")
    if record.value is None:
        values.pop(key, None)
    else:
        values[key] = record.value
