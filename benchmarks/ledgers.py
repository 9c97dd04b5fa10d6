"""A new ledger on each database, for a benchmark."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import Engine

from benchmarks.postgres import postgres
from sinks.ledger.database import migrate, open_ledger

BACKENDS = ("postgresql", "sqlite")


@contextmanager
def ledger(backend: str) -> Iterator[Engine]:
    """Give a ledger with its tables: on PostgreSQL, with fsync, or on SQLite."""
    with ExitStack() as left:
        if backend == "sqlite":
            folder = left.enter_context(tempfile.TemporaryDirectory())
            url = f"sqlite:///{Path(folder) / 'ledger.db'}"
        else:
            address = left.enter_context(postgres(fsync=True))
            with psycopg.connect(f"postgresql://{address}/postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE ledger")
            url = f"postgresql+psycopg://{address}/ledger"
        migrate(url)
        engine = open_ledger(url)
        left.callback(engine.dispose)
        yield engine
