"""The engine against the bare loop of librdkafka, Faust's own topics and Quix Streams, side by side.

`make bench ARGS=engine`: every round runs each contender once, in turn, on one real broker; what counts
is the ratio within a round.
"""

import argparse
import json
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from confluent_kafka import KafkaException, Producer
from confluent_kafka.admin import AdminClient, NewTopic

from benchmarks.contenders.common import PRODUCER, TODAY, rules
from benchmarks.decisions import decision
from benchmarks.environments import quix_python
from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.embedded.broker import Broker
from streams.topics import ALL, MIB, SUBMITTED

ROOT = Path(__file__).parent.parent
SMALL = "benchmark.small"
"""The first records of decision.submitted once more, for the contender that needs minutes for all of them."""
NAMES = {
    "bare": "bare librdkafka loop, no rules",
    "gongshi": "gongshi, exactly once",
    "quix": "Quix Streams, same rules",
    "faust_topic": "Faust topic agent, same rules",
}


def main() -> None:
    """Run the rounds and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=20_000, help="decisions a run (20000)")
    options.add_argument("--small", type=int, default=1_000, help="decisions for Faust's topics (1000)")
    options.add_argument("--rounds", type=int, default=5, help="rounds (5)")
    options.add_argument("--only", nargs="*", choices=NAMES, default=list(NAMES))
    chosen = options.parse_args()
    cache = Path(os.environ.get("GONGSHI_CACHE", "~/.cache/gongshi")).expanduser()
    pythons = dict.fromkeys(NAMES, Path(sys.executable))
    if "quix" in chosen.only:
        pythons["quix"] = quix_python(cache)
    with tempfile.TemporaryDirectory() as folder:
        broker = Broker(data=Path(folder) / "broker", cache=cache)
        broker.start()
        try:
            outputs = Path(folder) / "outputs"
            fill(broker.bootstrap_servers, chosen.count, chosen.small, outputs)
            rates: dict[str, list[float]] = {name: [] for name in chosen.only}
            for number in range(chosen.rounds):
                for name in chosen.only[number % len(rates) :] + chosen.only[: number % len(rates)]:
                    source, count = (
                        (SMALL, chosen.small) if name == "faust_topic" else (SUBMITTED.name, chosen.count)
                    )
                    told = {
                        "bootstrap": broker.bootstrap_servers,
                        "group": f"{name}-{number}",
                        "source": source,
                        "count": count,
                        "outputs": str(outputs),
                    }
                    rates[name].append(count / run(name, pythons[name], told))
        finally:
            broker.stop()
    tell(rates)


def fill(bootstrap: str, count: int, small: int, outputs: Path) -> None:
    """Make the topics, write the decisions, and keep what the rules make of each for the bare loop."""
    admin = AdminClient({"bootstrap.servers": bootstrap})
    topics = [
        NewTopic(topic.name, topic.partitions, 1, config={"max.message.bytes": str(32 * MIB)})
        for topic in ALL
    ]
    for future in admin.create_topics([*topics, NewTopic(SMALL, SUBMITTED.partitions, 1)]).values():
        future.result(30)
    codec, review = Codec(RepositoryStore()), rules()
    # uncompressed: Faust's own client has no lz4
    producer = Producer({"bootstrap.servers": bootstrap, **PRODUCER, "compression.type": "none"})
    kept = {}
    for number in range(count):
        event = decision(number, TODAY)
        value = codec.encode_submitted(event)
        for topic in (SUBMITTED.name, SMALL)[: 1 + (number < small)]:
            producer.produce(topic, value, event.key)
        kept[event.key.encode()] = [(o.topic, o.key, o.value) for o in review(value)]
        producer.poll(0)
    producer.flush()
    outputs.write_bytes(pickle.dumps(kept))


def run(name: str, python: Path, told: Mapping[str, object]) -> float:
    """Return the seconds that one contender takes from its first record to the last one committed."""
    admin = AdminClient({"bootstrap.servers": str(told["bootstrap"])})
    with suppress(KafkaException):  # nobody has been in the group yet
        admin.delete_consumer_groups(["review"])["review"].result(30)
    done = subprocess.run(
        [python, "-m", f"benchmarks.contenders.{name}"],
        cwd=ROOT,
        env={**os.environ, "CONTEST": json.dumps(told), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"seconds"')]
    if not lines:
        sys.exit(f"{name} ended without a result:\n{done.stderr[-2000:]}")
    return float(json.loads(lines[-1])["seconds"])


def tell(rates: Mapping[str, list[float]]) -> None:
    """Print decisions a second, and the ratio to the bare loop of the same round."""
    print(f"{'':34s}{'decisions/s':>12s}{'ratio to bare':>16s}{'min':>8s}{'max':>8s}")
    for name, found in rates.items():
        ratios = [mine / bare for mine, bare in zip(found, rates.get("bare", found), strict=True)]
        print(
            f"{NAMES[name]:34s}{statistics.median(found):12,.0f}{statistics.median(ratios):16.3f}"
            f"{min(ratios):8.3f}{max(ratios):8.3f}"
        )


if __name__ == "__main__":
    main()
