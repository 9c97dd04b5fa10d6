"""The site's database, asked from the event loop without holding it up."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, event

from sinks.ledger.database import open_ledger, reading

P = ParamSpec("P")
T = TypeVar("T")

READERS = 4
"""Queries at the same time; the database's own pool has five connections and five more."""
CACHE_KIB = 65_536
"""Of SQLite's pages that a connection may keep: searches read the same pages of the index again."""


def open_site(url: str) -> Engine:
    """Return the engine of the site's database, see `open_ledger`; SQLite's file is made.

    SQLite overwrites what is deleted: of a withdrawn decision nothing stays in the file. PostgreSQL starts no
    further processes for a page, and compiles nothing: either takes longer than the queries do.
    """
    engine = open_ledger(url, create=True)
    event.listen(engine, "connect", _set_up_sqlite if engine.dialect.name == "sqlite" else _set_up_postgresql)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")


def _set_up_postgresql(connection: Any, _record: object) -> None:
    connection.execute("SET max_parallel_workers_per_gather = 0")
    connection.execute("SET jit = off")
    connection.commit()


class Library:
    """Asks the store's queries in threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="site-read")

    async def ask(
        self, query: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return what `query` answers on a connection. Raises `UnavailableError`."""

        def run() -> T:
            with reading(self._engine) as connection:
                return query(connection, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._threads, run)

    def close(self) -> None:
        """Let go of the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)
