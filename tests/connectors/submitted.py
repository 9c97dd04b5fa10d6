"""Reads decision.submitted on the tests' broker, where several tests hand in."""

from uuid import uuid4

from confluent_kafka import Consumer, TopicPartition

from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.domain.stages import Submitted
from streams.embedded.broker import Broker
from streams.topics import SUBMITTED

CODEC = Codec(RepositoryStore())


def submitted(broker: Broker, reference: str) -> list[Submitted]:
    """Return the events whose origin's reference begins so, in the order of their partitions."""
    consumer = Consumer(
        {
            "bootstrap.servers": broker.bootstrap_servers,
            "group.id": uuid4().hex,
            "enable.auto.commit": False,
            "log_level": 0,
        }
    )
    partitions = consumer.list_topics(SUBMITTED.name, timeout=30).topics[SUBMITTED.name].partitions
    begin = [TopicPartition(SUBMITTED.name, number, 0) for number in partitions]
    ends = {place.partition: consumer.get_watermark_offsets(place)[1] for place in begin}
    consumer.assign(begin)
    found = []
    left = {number for number, end in ends.items() if end}
    while left:
        for message in consumer.consume(5000, 1.0):
            assert message.error() is None
            event = CODEC.decode_submitted(message.value())
            if event.origin.reference.startswith(reference):
                found.append(event)
            if message.offset() + 1 >= ends[message.partition()]:
                left.discard(message.partition())
    consumer.close()
    return found
