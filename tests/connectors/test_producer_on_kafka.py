"""The producer on a real broker: its documented example, and a program that is killed again and again."""

import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest
from confluent_kafka.admin import AdminClient

from connectors.producer import UnavailableError, open_producer
from streams.embedded.broker import Broker
from streams.embedded.ports import LOOPBACK, free_port
from streams.engine import topic_admin
from streams.topics import CATALOGUE, SUBMITTED
from tests.connectors.folder.office import CODE, numbered
from tests.connectors.submitted import submitted

DOCUMENT = Path(__file__).parents[2] / "docs" / "producer.md"
DECISIONS, KILLS = 400, 4
PROGRAM = """
import sys
from datetime import UTC, datetime
from connectors.producer import HandIn, open_producer, penalty
from tests.connectors.folder.office import numbered
changed_at = datetime(2026, 9, 22, tzinfo=UTC)
with open_producer(department="{code}", system=sys.argv[1]) as producer:
    print("open", flush=True)
    for number, row in enumerate(numbered({count})):
        receipt = producer.publish(penalty(**row), reference=str(number), changed_at=changed_at)
        assert receipt.ok, receipt.findings
        print(receipt.event_id, flush=True)
"""


@pytest.fixture
def environment(broker: Broker) -> dict[str, str]:
    admin = AdminClient({"bootstrap.servers": broker.bootstrap_servers})
    topic_admin.apply(admin, (SUBMITTED, CATALOGUE))
    return {**os.environ, "GONGSHI_BOOTSTRAP_SERVERS": broker.bootstrap_servers}


def test_the_documented_example(environment: dict[str, str], broker: Broker) -> None:
    """The example in docs/producer.md runs as it stands, and both of its events are in the topic."""
    found = re.search(r"```python\n(.+?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    system = f"cases-{uuid4().hex[:8]}"
    program = found[1].replace("scjg-cases", system)
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=False, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    key, event_id, ok = done.stdout.splitlines()[0].split(" ")
    assert ok == "True"
    events = submitted(broker, f"{system}:case-118")
    assert [(one.key, one.action) for one in events] == [(key, "publish"), (key, "withdraw")]
    assert events[0].event_id == event_id


def test_killed_again_and_again(environment: dict[str, str], broker: Broker) -> None:
    """A program that is killed and runs again from its beginning hands in each decision as one event."""
    chance = random.Random()  # noqa: S311 -- chooses instants
    system = f"cases-{uuid4().hex[:8]}"
    command = [sys.executable, "-c", PROGRAM.format(code=CODE, count=DECISIONS), system]
    for _ in range(KILLS):
        program = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert program.stdout
        try:
            assert program.stdout.readline() == "open\n"
            program.stdout.readline()
            time.sleep(chance.uniform(0.05, 1.0))
        finally:
            program.kill()
            program.wait()
            program.stdout.close()
    done = subprocess.run(command, env=environment, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    told = done.stdout.splitlines()[1:]
    events = submitted(broker, f"{system}:")
    assert len(told) == DECISIONS
    assert len(events) > DECISIONS, "no kill met a decision that was sent"
    assert {one.event_id for one in events} == set(told)
    assert len({(one.key, one.revision) for one in events}) == DECISIONS
    assert {one.columns["CF_WSH"] for one in events} == {one["CF_WSH"] for one in numbered(DECISIONS)}


def test_no_broker() -> None:
    """Without a broker opening fails within its patience, with what to look at."""
    nowhere = f"{LOOPBACK}:{free_port()}"
    with (
        pytest.raises(UnavailableError, match="is the broker running"),
        open_producer(department=CODE, system="cases", bootstrap_servers=nowhere, patience_s=0.1),
    ):
        pytest.fail("it opened")
