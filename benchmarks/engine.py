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
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from confluent_kafka import OFFSET_END, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from benchmarks.contenders.common import PRODUCER, TODAY, rules
from benchmarks.decisions import decision
from benchmarks.environments import quix_python
from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.embedded.broker import Broker
from streams.topics import ALL, MIB, REGISTER, SUBMITTED

ROOT = Path(__file__).parent.parent
SMALL = "benchmark.small"
"""The first records of decision.submitted once more, for the contender that needs minutes for all of them."""
LONGEST_S = 150
NAMES = {
    "bare": "bare librdkafka loop, no rules",
    "gongshi": "gongshi, one worker",
    "gongshi_all": "gongshi, a worker a core",
    "quix": "Quix Streams, same rules, one worker",
    "faust_topic": "Faust topic agent, same rules, one worker",
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
                        "progress": str(Path(folder) / f"progress-{name}-{number}"),
                        "outputs": str(outputs),
                    }
                    rates[name].append(count / run(name, pythons[name], told, count))
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


def run(name: str, python: Path, told: Mapping[str, str], count: int) -> float:
    """Return the seconds from the first record that a contender reads to the last one that it commits."""
    admin = AdminClient({"bootstrap.servers": told["bootstrap"]})
    forget_group(admin)
    forget_decisions(admin)
    module = name.removesuffix("_all")
    progress = Path(told["progress"])
    progress.touch()
    workers = [
        subprocess.Popen(
            [python, "-m", f"benchmarks.contenders.{module}"],
            cwd=ROOT,
            env={**os.environ, "CONTEST": json.dumps(told), "PYTHONPATH": str(ROOT)},
            stderr=None if os.environ.get("LOUD") else subprocess.DEVNULL,
        )
        for _ in range((os.cpu_count() or 1) if name.endswith("_all") else 1)
    ]
    try:
        return awaited(progress, count, workers)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def forget_group(admin: AdminClient) -> None:
    """Delete the review's positions once the broker has noticed that the last round's workers are gone."""
    while True:
        try:
            admin.delete_consumer_groups(["review"])["review"].result(30)
        except KafkaException as error:
            if error.args[0].code() == KafkaError.GROUP_ID_NOT_FOUND:
                return
            time.sleep(0.2)
        else:
            return


def forget_decisions(admin: AdminClient) -> None:
    """Empty the register, so that the decisions are new again."""
    places = [
        TopicPartition(REGISTER.name, partition, OFFSET_END) for partition in range(REGISTER.partitions)
    ]
    for future in admin.delete_records(places).values():
        future.result(30)


def awaited(progress: Path, count: int, workers: Sequence[subprocess.Popen[bytes]]) -> float:
    """Return the seconds that the workers took, once they have told of `count` records."""
    deadline = time.monotonic() + LONGEST_S
    while time.monotonic() < deadline and all(worker.poll() is None for worker in workers):
        lines = [line.split() for line in progress.read_text("utf-8").splitlines() if line.count(" ") == 2]
        if sum(int(records) for _, _, records in lines) >= count:
            return max(float(end) for _, end, _ in lines) - min(float(begin) for begin, _, _ in lines)
        time.sleep(0.05)
    sys.exit(f"{' '.join(map(str, workers[0].args))} did not carry {count} records in {LONGEST_S} s")


def tell(rates: Mapping[str, list[float]]) -> None:
    """Print decisions a second, and the ratio to the bare loop of the same round."""
    print(f"{'':42s}{'decisions/s':>12s}{'ratio to bare':>16s}{'min':>8s}{'max':>8s}")
    for name, found in rates.items():
        ratios = [mine / bare for mine, bare in zip(found, rates.get("bare", found), strict=True)]
        print(
            f"{NAMES[name]:42s}{statistics.median(found):12,.0f}{statistics.median(ratios):16.3f}"
            f"{min(ratios):8.3f}{max(ratios):8.3f}"
        )


if __name__ == "__main__":
    main()
