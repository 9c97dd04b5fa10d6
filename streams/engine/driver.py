"""What librdkafka gives and raises, as the engine's own values and errors."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from confluent_kafka import KafkaError, KafkaException, Message
from confluent_kafka.admin import AdminClient

from streams.domain.errors import GongshiError, UnavailableError
from streams.records import Record

log = logging.getLogger(__name__)
told = logging.getLogger("streams.kafka_admin")
"""Of its own, as commands leave out what the engine's clients say."""


class FencedError(GongshiError):
    """Another worker has this one's transactional id, or its transaction ran out of time: end here."""


class OutputRefusedError(GongshiError):
    """The outputs of the record at `index` of the batch can never be written; `cause` says why."""

    def __init__(self, index: int, stage: str = "commit", cause: Exception | None = None) -> None:
        super().__init__(f"output {index} is refused")
        self.index = index
        self.stage = stage
        self.cause = cause or self


def record_of(message: Message) -> Record:
    """Return a message as the engine's own value."""
    _, stamp = message.timestamp()
    return Record(
        message.topic() or "",
        message.partition() or 0,
        message.offset() or 0,
        datetime.fromtimestamp(stamp / 1000, UTC),
        _bytes(message.key()),
        _bytes(message.value()),
    )


def _bytes(value: str | bytes | None) -> bytes | None:
    return value.encode() if isinstance(value, str) else value


def name_of(error: KafkaException) -> str:
    """Return Kafka's name of an error, such as `ILLEGAL_GENERATION`."""
    return str(error.args[0].name())


def mapped(error: KafkaException) -> GongshiError:
    """Return what an error at the broker means to the engine."""
    if error.args[0].fatal():
        return FencedError(name_of(error))
    return UnavailableError(f"the broker does not answer: {name_of(error)}")


def log_error(error: KafkaError) -> None:
    """Log the name of a client's error; meant as `error_cb`."""
    log.warning("kafka: %s", error.name())


def admin_of(kafka: Mapping[str, Any]) -> AdminClient:
    """Return an admin client that logs each kind of error once, when polled, instead of a line each try."""
    heard = {KafkaError._ALL_BROKERS_DOWN}  # noqa: SLF001 -- a constant of librdkafka, which says nothing more

    def once(error: KafkaError) -> None:
        if error.code() not in heard:
            heard.add(error.code())
            told.warning("kafka: %s", error.str())

    properties: dict[str, Any] = {**kafka, "error_cb": once, "log_level": 2}
    return AdminClient(properties)
