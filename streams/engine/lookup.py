"""Reads one record again, by where it stands."""

import time
from collections.abc import Mapping
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition

from streams.domain.errors import RefusedError, UnavailableError
from streams.engine.driver import log_error, record_of
from streams.records import Record

PATIENCE_S = 15.0
WAIT_S = 0.5
_GONE = KafkaError._AUTO_OFFSET_RESET  # noqa: SLF001 -- a constant of librdkafka


def record_at(
    kafka: Mapping[str, Any], topic: str, partition: int, offset: int, patience_s: float = PATIENCE_S
) -> Record:
    """Return the record of this place.

    Raises `RefusedError` where the topic keeps it no longer, `UnavailableError` when the broker does not
    answer in time.
    """
    consumer = Consumer(
        {
            **kafka,
            "group.id": "reviewer",  # asked for by the client, and never joined
            "enable.auto.commit": False,
            "auto.offset.reset": "error",
            "error_cb": log_error,
        }
    )
    deadline = time.monotonic() + patience_s
    try:
        consumer.assign([TopicPartition(topic, partition, offset)])
        while time.monotonic() < deadline:
            for message in consumer.consume(1, WAIT_S):
                error = message.error()
                if error is None and message.offset() == offset:
                    return record_of(message)
                if error is None or error.code() == _GONE:
                    raise RefusedError(f"{topic} keeps the record at {partition}/{offset} no longer")
    except KafkaException as error:
        raise UnavailableError(f"Kafka does not answer: {error.args[0].name()}") from error
    finally:
        consumer.close()
    raise UnavailableError("Kafka did not give the record in time; is the broker running?")
