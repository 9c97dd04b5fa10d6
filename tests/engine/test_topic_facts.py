"""Questions about topics, to a broker that goes away and comes back."""

import time
from pathlib import Path

import pytest
from confluent_kafka import KafkaException, Producer
from confluent_kafka.admin import AdminClient, NewTopic

from streams.embedded.broker import Broker
from streams.engine.topic_facts import EARLIEST, LATEST, TopicFacts


def ends(facts: TopicFacts) -> tuple[int, int] | None:
    """Return where the topic begins and ends, None where the broker does not tell."""
    try:
        return facts.offset("t", 0, EARLIEST), facts.offset("t", 0, LATEST)
    except KafkaException:
        return None


@pytest.mark.timeout(180)
def test_a_new_leader_is_asked(cache: Path, tmp_path: Path) -> None:
    """After a crash of the broker, which begins a new epoch of every leader, the ends are told again."""
    broker = Broker(data=tmp_path, cache=cache)
    broker.start()
    try:
        kafka = {"bootstrap.servers": broker.bootstrap_servers, "log_level": 0}
        admin = AdminClient(kafka)
        admin.create_topics([NewTopic("t", 1, 1)])["t"].result(30)
        producer = Producer(kafka)
        producer.produce("t", b"1")
        assert producer.flush(30) == 0
        facts = TopicFacts(kafka)
        until = time.monotonic() + 60
        while ends(facts) is None and time.monotonic() < until:
            time.sleep(0.2)
        assert ends(facts) == (0, 1)

        broker.kill()
        assert ends(facts) is None
        broker.start()

        until = time.monotonic() + 60
        while ends(facts) is None and time.monotonic() < until:
            time.sleep(0.2)
        assert ends(facts) == (0, 1)
    finally:
        broker.kill()
