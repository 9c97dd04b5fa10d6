"""The limit: a loop of librdkafka alone that writes the very same bytes to the same topics, without rules."""

import pickle
import time

from confluent_kafka import Consumer, Producer

from benchmarks.contenders.common import BATCH, PRODUCER, Progress, task


def main() -> None:
    """Carry every record."""
    told = task()
    outputs = pickle.loads(told.outputs.read_bytes())  # noqa: S301 -- written by the benchmark itself
    consumer = Consumer(
        {
            "bootstrap.servers": told.bootstrap,
            "group.id": told.group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
        }
    )
    producer = Producer({"bootstrap.servers": told.bootstrap, **PRODUCER})
    consumer.subscribe([told.source])
    progress = Progress(told)
    while True:
        messages = consumer.consume(BATCH, 0.03)
        if not messages:
            continue
        started = time.perf_counter()
        for message in messages:
            for topic, key, value in outputs[message.key()]:
                producer.produce(topic, value, key)
            producer.poll(0)
        producer.flush()
        consumer.commit(asynchronous=False)
        progress.batch(len(messages), time.perf_counter() - started)


if __name__ == "__main__":
    main()
