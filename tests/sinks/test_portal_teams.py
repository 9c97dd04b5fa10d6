"""The example in docs/portal-teams.md, as it stands, on a real broker."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from confluent_kafka import Producer

from streams.domain.stages import Public
from streams.embedded.broker import Broker
from tests.conftest import Topics
from tests.sinks import make
from tests.sinks.deliveries import withdrawal
from tests.sinks.make import CODEC

DOCUMENT = Path(__file__).parents[2] / "docs" / "portal-teams.md"


def program(topic: str) -> str:
    """Return the page's example for another topic, and a group that need not wait for a killed member."""
    found = re.search(r"```python\n(.+?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    assert 'TOPIC = "portal.city-portal"' in found[1]
    return found[1].replace("portal.city-portal", topic).replace('"city-portal"', f'"{uuid4().hex}"')


def write(broker: Broker, topic: str, *events: Public, undo: bool = False) -> None:
    """Write events in a transaction, which is committed or taken back."""
    producer = Producer(
        {"bootstrap.servers": broker.bootstrap_servers, "transactional.id": uuid4().hex, "log_level": 0}
    )
    producer.init_transactions(90)
    producer.begin_transaction()
    for event in events:
        producer.produce(topic, CODEC.encode_public(event), event.key.encode())
    producer.flush(90)
    (producer.abort_transaction if undo else producer.commit_transaction)(90)


def start(source: str, broker: Broker, folder: Path) -> "subprocess.Popen[bytes]":
    """Start the example in a folder of its own."""
    environment = {**os.environ, "GONGSHI_BOOTSTRAP_SERVERS": broker.bootstrap_servers}
    return subprocess.Popen([sys.executable, "-c", source], cwd=folder, env=environment)


def kept(folder: Path) -> dict[str, tuple[int, int, bool]]:
    """Return what the example keeps: key → revision, withdrawn, whether there is content."""
    file = folder / "portal.db"
    if not file.exists():
        return {}
    with closing(sqlite3.connect(file, timeout=30)) as db:
        try:
            rows = db.execute("SELECT key, revision, withdrawn, content <> '' FROM decision").fetchall()
        except sqlite3.OperationalError:
            return {}  # it has not made its tables yet
    return {key: (revision, withdrawn, bool(content)) for key, revision, withdrawn, content in rows}


def until(condition: Callable[[], bool], process: "subprocess.Popen[bytes]") -> None:
    """Wait for a condition while the process lives."""
    end = time.monotonic() + 120
    while not condition():
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_documented_example(broker: Broker, topics: Topics, tmp_path: Path) -> None:
    """The example keeps what is public, also when it is killed, and never sees what was taken back."""
    topic = topics("portal", partitions=2)
    write(broker, topic, *(make.public(number) for number in range(20)))
    write(broker, topic, make.public(99), undo=True)
    reader = start(program(topic), broker, tmp_path)
    try:
        until(lambda: len(kept(tmp_path)) >= 5, reader)
    finally:
        reader.kill()
        reader.wait()

    write(broker, topic, *(make.public(number, 2) for number in range(10)), withdrawal(3, 3))
    expected = {make.key_of(number): (1 + (number < 10), 0, True) for number in range(20)}
    expected[make.key_of(3)] = (3, 1, False)
    reader = start(program(topic), broker, tmp_path)
    try:
        until(lambda: kept(tmp_path) == expected, reader)
    finally:
        reader.kill()
        reader.wait()
