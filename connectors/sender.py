"""Sends records to Kafka and waits until the broker has them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from confluent_kafka import KafkaError, KafkaException, Message, Producer

from streams.domain.errors import RefusedError, UnavailableError
from streams.records import Output
from streams.topics import SUBMITTED

PATIENCE_S = 30.0
"""How long a record may wait for the broker before the call says that it is away."""


class Sender:
    """An idempotent producer; one per process, its calls from one thread at a time."""

    def __init__(self, kafka: Mapping[str, Any], *, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._producer = Producer(
            {
                **kafka,
                "enable.idempotence": True,
                "linger.ms": 5,
                "message.max.bytes": SUBMITTED.max_message_bytes,  # else librdkafka's own limit of 1 MB holds
                "compression.type": "lz4",
                "delivery.timeout.ms": int(patience_s * 1000),
                "error_cb": lambda _error: None,  # told by each record's own delivery report
                "log_level": 2,  # librdkafka writes a line a second to stderr while a broker is away
            }
        )

    def send(self, outputs: Sequence[Output], acknowledged: Callable[[int], None] | None = None) -> None:
        """Return once the broker has every record; `acknowledged` is called with the count so far.

        Raises `UnavailableError` when the broker did not take all of them in time (some may be there:
        send all again, with the same event ids) and `RefusedError` when it never will.
        """
        errors: list[KafkaError] = []
        arrived = 0

        def delivered(error: KafkaError | None, _message: Message) -> None:
            nonlocal arrived
            if error is not None:
                errors.append(error)
            else:
                arrived += 1

        for output in outputs:
            self._produce(output, delivered)
            if acknowledged is not None:
                acknowledged(arrived)
        left = self._producer.flush(self._patience_s)
        if acknowledged is not None:
            acknowledged(arrived)
        if errors:
            raise _mapped(errors[0])
        if left:
            raise UnavailableError("Kafka did not take the records in time; is the broker running?")

    def reach(self, timeout_s: float = 5.0) -> None:
        """Return when the broker answers. Raises `UnavailableError` when it does not in time."""
        try:
            self._producer.list_topics(SUBMITTED.name, timeout=timeout_s)
        except KafkaException as error:
            raise _mapped(error.args[0]) from error

    def _produce(self, output: Output, delivered: Callable[[KafkaError | None, Message], None]) -> None:
        while True:
            try:
                self._producer.produce(
                    output.topic, output.value, output.key, output.partition, on_delivery=delivered
                )
            except BufferError:
                self._producer.poll(0.1)
            except KafkaException as error:
                raise _mapped(error.args[0]) from error
            else:
                self._producer.poll(0)
                return


def _mapped(error: KafkaError) -> UnavailableError | RefusedError:
    if error.code() in (KafkaError.MSG_SIZE_TOO_LARGE, KafkaError.TOPIC_AUTHORIZATION_FAILED):
        return RefusedError(f"Kafka refuses the record: {error.name()}")
    return UnavailableError(f"Kafka did not take the records: {error.name()}; is the broker running?")
