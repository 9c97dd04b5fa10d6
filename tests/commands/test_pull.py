"""`gongshi pull`, as a department runs it, between a real PostgreSQL and a real broker."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from confluent_kafka.admin import AdminClient
from sqlalchemy import func

from streams.embedded.broker import Broker
from streams.engine import topic_admin
from streams.topics import SUBMITTED
from tests.connectors.database.exchange import COLUMNS, Exchange, numbers, row
from tests.connectors.folder.office import CODE
from tests.connectors.submitted import submitted

GONGSHI = str(Path(sys.executable).with_name("gongshi"))
ROWS, KILLS = 300, 5


@pytest.fixture
def exchange(postgres_url: str, tmp_path: Path) -> Iterator[Exchange]:
    database = Exchange(url=postgres_url, folder=tmp_path)
    yield database
    database.close()


@pytest.fixture
def name() -> str:
    return f"scjg-{uuid4().hex[:8]}"


@pytest.fixture
def command(exchange: Exchange, tmp_path: Path, name: str) -> list[str]:
    config = tmp_path / "scjg.toml"
    columns = "\n".join(f'{code} = "{column}"' for code, column in COLUMNS.items())
    config.write_text(
        f"""
name = "{name}"
department = "{CODE}"
url_env = "SCJG_URL"
mode = "timestamp+incrementing"
table = "xzcf"
key = "id"
timestamp = "changed_at"
incrementing = "id"
delay_s = 1
poll_s = 0.05
batch_rows = 20
[columns]
{columns}
""",
        encoding="utf-8",
    )
    return [GONGSHI, "pull", str(config), "--state", str(tmp_path / "state")]


@pytest.fixture
def environment(broker: Broker, exchange: Exchange) -> dict[str, str]:
    topic_admin.apply(AdminClient({"bootstrap.servers": broker.bootstrap_servers}), (SUBMITTED,))
    return {
        **os.environ,
        "GONGSHI_BOOTSTRAP_SERVERS": broker.bootstrap_servers,
        "SCJG_URL": exchange.url,
    }


def _fill(exchange: Exchange) -> None:
    for number in range(ROWS):
        exchange.add(row(number, changed_at=func.now()))
        time.sleep(0.02)


def test_killed_again_and_again(
    exchange: Exchange, command: list[str], environment: dict[str, str], broker: Broker, name: str
) -> None:
    """Though the process is killed while rows come in, each is in the topic, under one event id."""
    chance = random.Random()  # noqa: S311 -- chooses instants
    writer = threading.Thread(target=_fill, args=(exchange,))
    writer.start()
    for _ in range(KILLS):
        puller = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            time.sleep(chance.uniform(1.0, 3.0))
        finally:
            puller.kill()
            puller.wait()
    writer.join()
    done = subprocess.run([*command, "--once"], env=environment, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    ids: dict[str, set[str]] = {}
    for event in submitted(broker, name):
        ids.setdefault(event.columns["CF_WSH"], set()).add(event.event_id)
    assert set(ids) == set(numbers(range(ROWS)))
    assert {len(one) for one in ids.values()} == {1}


def test_database_away(
    exchange: Exchange, command: list[str], environment: dict[str, str], broker: Broker, name: str
) -> None:
    """While the database lets nobody in the process waits; afterwards it goes on by itself."""
    puller = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    assert puller.stderr
    server, _, database = exchange.url.replace("+psycopg", "").rpartition("/")
    lines = []
    try:
        exchange.add(row(1, changed_at=func.now()))
        lines.append(_await(puller, "1 rows handed in"))
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false".encode())
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (database,)
            )
            lines.append(_await(puller, "the database is away"))
            admin.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true".encode())
        exchange.engine.dispose()
        exchange.add(row(2, changed_at=func.now()))
        lines.append(_await(puller, "1 rows handed in"))
        puller.send_signal(signal.SIGTERM)
        assert puller.wait(60) == 0
    finally:
        puller.kill()
        puller.wait()
        puller.stderr.close()
    assert exchange.url not in "".join(lines)
    assert {event.columns["CF_WSH"] for event in submitted(broker, name)} == set(numbers([1, 2]))


def _await(puller: subprocess.Popen[str], words: str) -> str:
    """Return what the process tells up to a line with these words."""
    assert puller.stderr
    told = ""
    for line in puller.stderr:
        told += line
        if words in line:
            return told
    pytest.fail(f"it ended without saying {words!r}: {told}")


def test_misuse(tmp_path: Path, environment: dict[str, str]) -> None:
    """A wrong file is misuse, told in one line that says what is wrong."""
    config = tmp_path / "a.toml"
    config.write_text('name = "a"\n', encoding="utf-8")
    done = subprocess.run(
        [GONGSHI, "pull", str(config)], env=environment, capture_output=True, check=False, text=True
    )
    assert done.returncode == 2
    assert "department: Field required" in done.stderr
    assert done.stderr.count("\n") == 1
