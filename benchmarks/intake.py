"""How fast spreadsheets get to the topic, on a real broker: `python -m benchmarks intake [ROWS]`.

Writes a workbook and a .csv of so many rows (100,000) and all 30 columns, starts a broker on this machine, and
hands each file in, in a process of its own, by what `gongshi submit` is made of, with the time on the clock of
each part; then by `gongshi submit` itself. A row counts when the broker has acknowledged it. The parts are
reading (file to row), making the event of the row, the rules (with catalogue and signs of secrecy), and
producing (encoding, sending, waiting for the broker).
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.admin import AdminClient

from benchmarks.reading import MIB, ROWS, apart
from connectors.desk import Desk
from connectors.files import read
from connectors.row import Row
from connectors.sender import Sender
from streams.domain.stages import Origin
from streams.embedded.broker import Broker
from streams.engine import topic_admin
from streams.intake import make_desk
from streams.records import Output
from streams.settings import Settings
from streams.topics import CATALOGUE, SUBMITTED
from streams.world import codec_of


class Clocks:
    """Seconds on the clock by part."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(("reading", "rules", "producing"), 0.0)

    def timed(self, part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return `work` with its time counted for `part`."""

        def run(*told: Any) -> Any:
            begun = time.perf_counter()
            try:
                return work(*told)
            finally:
                self.seconds[part] += time.perf_counter() - begun

        return run

    def rows(self, source: Iterable[Row]) -> Iterator[Row]:
        """Pass rows on, counting the time that reading them takes."""
        take = self.timed("reading", iter(source).__next__)
        while True:
            try:
                yield take()
            except StopIteration:
                return


class Encoding:
    """A codec whose encoding counts as producing."""

    def __init__(self, codec: Any, clocks: Clocks) -> None:
        self.encode_submitted = clocks.timed("producing", codec.encode_submitted)


class Sending:
    """A sender whose time is counted."""

    def __init__(self, sender: Sender, clocks: Clocks) -> None:
        self._send = clocks.timed("producing", sender.send)

    def send(self, outputs: Sequence[Output]) -> None:
        """Return once the broker has all of them."""
        self._send(outputs)


def _desk(bootstrap_servers: str, clocks: Clocks) -> Desk:
    settings = Settings(bootstrap_servers=bootstrap_servers)
    sending = Sending(Sender(settings.kafka()), clocks)
    desk = make_desk(settings, sender=sending, codec=codec_of(settings))
    encoding: Any = Encoding(desk.codec, clocks)
    return replace(desk, codec=encoding, judge=clocks.timed("rules", desk.judge))


def measure(file: Path, bootstrap_servers: str) -> dict[str, float]:
    """Hand a file in, in this process."""
    clocks = Clocks()
    desk = _desk(bootstrap_servers, clocks)
    origin = Origin(connector="file", department="", reference=file.name)
    begun = time.perf_counter()
    lines = accepted = 0
    for line in desk.hand_in(clocks.rows(read(file)), lambda _row: origin):
        lines += line.sent
        accepted += line.ok
    total = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    return {"sent": lines, "accepted": accepted, "total": total, "peak": peak, **clocks.seconds}


def command(file: Path, bootstrap_servers: str) -> tuple[float, float]:
    """Run `gongshi submit` on a file; return seconds on the clock and its peak of memory in MiB."""
    script = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    gongshi = Path(sys.executable).with_name("gongshi")
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, gongshi, "submit", file],
        env={**os.environ, "GONGSHI_BOOTSTRAP_SERVERS": bootstrap_servers},
        capture_output=True,
        text=True,
        check=True,
    )
    return time.monotonic() - begun, int(done.stdout) / MIB


def on_topic(bootstrap_servers: str) -> int:
    """Return how many records the topic has."""
    consumer = Consumer({"bootstrap.servers": bootstrap_servers, "group.id": "count"})
    places = [TopicPartition(SUBMITTED.name, number) for number in range(SUBMITTED.partitions)]
    count = sum(consumer.get_watermark_offsets(place, 30)[1] for place in places)
    consumer.close()
    return count


def _alone(file: Path, bootstrap_servers: str) -> dict[str, float]:
    """Measure in a process of its own, whose peak of memory is that of the intake alone."""
    program = (sys.executable, "-m", "benchmarks.intake", "measure", str(file), bootstrap_servers)
    told: dict[str, float] = json.loads(
        subprocess.run(program, capture_output=True, text=True, check=True).stdout
    )
    return told


def main(count: int) -> None:
    """Write the files, start the broker, and print a line for each."""
    cache = Path(os.environ.get("GONGSHI_CACHE", "~/.cache/gongshi")).expanduser()
    with tempfile.TemporaryDirectory() as folder:
        broker = Broker(data=Path(folder) / "broker", cache=cache)
        broker.start()
        try:
            servers = broker.bootstrap_servers
            topic_admin.apply(AdminClient({"bootstrap.servers": servers}), (SUBMITTED, CATALOGUE))
            print(
                f"{'':6}{'rows/s':>8}{'reading':>9}{'event':>7}{'rules':>7}{'producing':>11}{'peak MiB':>10}"
            )
            sent = 0
            for name in ("a.csv", "a.xlsx"):
                file = Path(folder) / name
                apart("write", file, count)
                told = _alone(file, servers)
                total, parts = told["total"], (told["reading"], told["rules"], told["producing"])
                reading, rules, producing = (part / total for part in parts)
                print(
                    f"{file.suffix[1:]:6}{told['sent'] / total:>8,.0f}{reading:>9.0%}"
                    f"{1 - reading - rules - producing:>7.0%}{rules:>7.0%}{producing:>11.0%}{told['peak']:>10.0f}"
                    f"   {told['accepted']:,.0f} accepted"
                )
                seconds, peak = command(file, servers)
                print(f"gongshi submit {name}: {count / seconds:,.0f} rows/s on the clock, {peak:.0f} MiB")
                sent += 2 * count
                assert on_topic(servers) == sent, "rows are missing on the topic"  # noqa: S101 -- a figure of lost rows is none
        finally:
            broker.stop()


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "measure":
        print(json.dumps(measure(Path(sys.argv[2]), sys.argv[3])))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
