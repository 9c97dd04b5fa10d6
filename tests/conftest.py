"""The real servers that tests meet: Kafka, the schema registry, databases; a missing one is a failure."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pymysql
import pytest
from confluent_kafka.admin import AdminClient, NewTopic

from benchmarks.mariadb import mariadb as real_mariadb
from benchmarks.postgres import postgres as real_postgres
from streams.embedded.broker import Broker
from streams.embedded.registry import Registry


class Topics:
    """Creates topics with names of their own on the test's broker."""

    def __init__(self, broker: Broker) -> None:
        self._admin = AdminClient({"bootstrap.servers": broker.bootstrap_servers, "log_level": 0})

    def __call__(self, prefix: str = "t", *, partitions: int = 4, **config: str) -> str:
        """Create one topic and return its name; `config` are topic settings with `_` for `.`."""
        name = f"{prefix}-{uuid4().hex[:12]}"
        settings = {key.replace("_", "."): value for key, value in config.items()}
        self._admin.create_topics([NewTopic(name, partitions, 1, config=settings)])[name].result(30)
        while not self._known(name, partitions):
            time.sleep(0.02)
        return name

    def _known(self, name: str, partitions: int) -> bool:
        # The controller has it at once, what clients are told follows a moment later.
        about = self._admin.list_topics(name, timeout=10).topics[name]
        leaders = [partition.leader for partition in about.partitions.values()]
        return len(leaders) == partitions and min(leaders) >= 0


@pytest.fixture(scope="session")
def cache() -> Path:
    """Return the folder that holds Kafka's and the registry's files between test runs."""
    return Path(os.environ.get("GONGSHI_CACHE", "~/.cache/gongshi")).expanduser()


@pytest.fixture(scope="session")
def broker(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Run one real broker for the whole session; a test that hurts its broker starts one of its own."""
    server = Broker(data=tmp_path_factory.mktemp("broker"), cache=cache)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def registry(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """Run one real schema registry for the whole session; subjects are for each test to name."""
    server = Registry(data=tmp_path_factory.mktemp("registry"), cache=cache)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def topics(broker: Broker) -> Topics:
    """Return what creates topics of a test's own."""
    return Topics(broker)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Run one real PostgreSQL for the session and return its address, `user@host:port`."""
    with real_postgres(fsync=False) as address:
        yield address


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """Return the SQLAlchemy URL of a new, empty database that is dropped after the test."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(f"postgresql://{postgres}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy".encode())
        yield f"postgresql+psycopg://{postgres}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
def mariadb() -> Iterator[str]:
    """Run one real MariaDB for the session and return its address, `user@host:port`."""
    with real_mariadb() as address:
        yield address


@pytest.fixture
def mariadb_url(mariadb: str) -> Iterator[str]:
    """Return the SQLAlchemy URL of a new, empty database that is dropped after the test."""
    name = f"test_{uuid4().hex}"
    user, _, server = mariadb.partition("@")
    host, _, port = server.partition(":")
    with pymysql.connect(host=host, port=int(port), user=user) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        yield f"mysql+pymysql://{mariadb}/{name}"
        cursor.execute(f"DROP DATABASE {name}")
