"""Real deadline agents, killed again and again while they raise: every alert comes out exactly once."""

import os
import random
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.admin import AdminClient
from sqlalchemy import Engine, text

from benchmarks.deadlines import MAKE_LATE, fill
from schemas.codec import Codec
from schemas.store import RepositoryStore
from sinks.ledger.audit import verify
from sinks.ledger.database import migrate, open_ledger, reading, writing
from streams.embedded.broker import Broker
from streams.engine import topic_admin
from streams.topics import ALERT, ALL
from tests.chaos.town import GONGSHI
from tests.monitoring.watchers import taking
from tests.waiting import until

LATE = 6_000
AGENTS = 2
KILLS = 4
PATIENCE_S = 240

pytestmark = pytest.mark.timeout(600)


class Agents:
    """Processes of `gongshi worker deadline` on one ledger."""

    def __init__(self, environment: Mapping[str, str], logs: Path) -> None:
        self._environment = {**os.environ, **environment}
        self._logs = logs
        self._running: list[subprocess.Popen[bytes]] = []
        self._random = random.Random()  # noqa: S311 -- chooses whom to kill
        self.kills = 0

    def add(self) -> None:
        """Start one."""
        command = [GONGSHI, "worker", "deadline"]
        with self._logs.open("ab") as log:
            self._running.append(subprocess.Popen(command, env=self._environment, stdout=log, stderr=log))

    def kill_one(self) -> None:
        """Kill one with SIGKILL after a moment, whatever it does just then, and start another."""
        time.sleep(self._random.uniform(0, 0.2))
        victim = self._running.pop(self._random.randrange(len(self._running)))
        victim.kill()
        victim.wait()
        self.kills += 1
        self.add()

    def end(self) -> None:
        """Kill all."""
        for process in self._running:
            process.kill()
            process.wait()


@contextmanager
def running(environment: Mapping[str, str], logs: Path) -> Iterator[Agents]:
    """Run agents meanwhile."""
    agents = Agents(environment, logs)
    try:
        for _ in range(AGENTS):
            agents.add()
        yield agents
    finally:
        agents.end()


def count(ledger: Engine, what: str) -> int:
    """Return how many rows there are."""
    with reading(ledger) as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {what}")).scalar_one())  # noqa: S608 -- its own


def kill_until(ledger: Engine, agents: Agents, what: str, wanted: int) -> None:
    """Kill an agent whenever alerts have come, until all have."""
    seen, most = count(ledger, what), agents.kills + KILLS

    def all_are_there() -> bool:
        nonlocal seen
        now = count(ledger, what)
        if seen < now < wanted and agents.kills < most:
            agents.kill_one()  # the next piece is under way: somewhere in it
        seen = now
        return now >= wanted

    assert until(all_are_there, PATIENCE_S, every_s=0.01), f"{seen} of {wanted} {what}"


def told_on_kafka(broker: Broker) -> Counter[str]:
    """Return the ids of all alerts on the topic, with how often each is there."""
    consumer = Consumer(
        {"bootstrap.servers": broker.bootstrap_servers, "group.id": "look", "enable.auto.commit": False}
    )
    places = [TopicPartition(ALERT.name, number, 0) for number in range(ALERT.partitions)]
    left = sum(consumer.get_watermark_offsets(place, 60)[1] for place in places)
    consumer.assign(places)
    codec, found = Codec(RepositoryStore()), Counter[str]()
    while left > 0:
        for message in consumer.consume(1_000, 1):
            assert message.error() is None
            found[codec.decode_alert(message.value() or b"").event_id] += 1
            left -= 1
    consumer.close()
    return found


def test_agents_killed_while_they_raise(broker: Broker, postgres_url: str, tmp_path: Path) -> None:
    """Killed in the middle of ticks, two agents raise each step of each decision once, and tell of all."""
    topic_admin.apply(AdminClient({"bootstrap.servers": broker.bootstrap_servers}), ALL)
    migrate(postgres_url)
    ledger = open_ledger(postgres_url)
    notices = tmp_path / "notices.toml"
    environment = {
        "GONGSHI_BOOTSTRAP_SERVERS": broker.bootstrap_servers,
        "GONGSHI_DATABASE_URL": postgres_url,
        "GONGSHI_DEADLINE_INTERVAL_S": "0.2",
        "GONGSHI_NOTICES": str(notices),
        "GONGSHI_STATE_DIR": str(tmp_path),
    }
    day = (datetime.now(UTC) - timedelta(days=40)).date()
    fill(ledger, MAKE_LATE, LATE, due=day)
    with taking() as (port, calls):
        notices.write_text(f'[alertmanager]\nurl = "http://127.0.0.1:{port}"\n', encoding="utf-8")
        with running(environment, tmp_path / "agents.log") as agents:
            kill_until(ledger, agents, "alert", LATE)
            assert agents.kills
            with writing(ledger) as connection:
                connection.execute(text("UPDATE decision SET open = false, open_portals = '' WHERE open"))
            kill_until(ledger, agents, "alert WHERE kind = 'resolved'", LATE)
            with writing(ledger) as connection:  # what the killed had in hand is let go of at once
                connection.execute(text("UPDATE outgoing SET leased_until = NULL WHERE sent_at IS NULL"))
                connection.execute(text("UPDATE notice SET not_before = created_at WHERE state = 'waiting'"))
            assert until(lambda: count(ledger, "outgoing WHERE sent_at IS NULL") == 0)
            assert until(lambda: count(ledger, "notice WHERE state = 'waiting'") == 0)

    with reading(ledger) as connection:
        rows = connection.execute(text("SELECT identity, kind, days_past, event_id FROM alert")).all()
    raised = Counter((row.identity, row.kind, row.days_past) for row in rows)
    late = [f"late-{number}" for number in range(1, LATE + 1)]
    steps = (("overdue", 7), ("resolved", 0))
    assert raised == {(name, *step): 1 for name in late for step in steps}
    assert verify(ledger).broken_at is None
    # a relay that is killed between sending and noting sends again, under the same id
    own = {row.event_id for row in rows}
    assert own == {event_id for event_id in told_on_kafka(broker) if event_id in own}
    shown = {one["labels"]["decision"] for _, body in calls for one in body}
    assert len(shown) == LATE
    ledger.dispose()
