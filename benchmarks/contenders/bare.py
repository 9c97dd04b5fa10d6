"""The limit: a loop of librdkafka alone that writes the very same bytes to the same topics, without rules."""

import pickle

from confluent_kafka import Consumer, Producer

from benchmarks.contenders.common import BATCH, PRODUCER, Stopwatch, task


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
    watch = Stopwatch(told.count)
    while True:
        messages = consumer.consume(BATCH, 0.03)
        if not messages:
            continue
        watch.begin()
        for message in messages:
            for topic, key, value in outputs[message.key()]:
                producer.produce(topic, value, key)
            producer.poll(0)
        producer.flush()
        consumer.commit(asynchronous=False)
        if watch.done(len(messages)):
            break
    consumer.close()


if __name__ == "__main__":
    main()
