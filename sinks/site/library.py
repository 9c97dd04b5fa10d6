"""The site's database, asked from the event loop without holding it up."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, event

from sinks.ledger.database import open_ledger, reading

P = ParamSpec("P")
T = TypeVar("T")

READERS = 4
"""Queries at the same time; the database's own pool has five connections and five more."""


def open_site(url: str) -> Engine:
    """Return the engine of the site's database, see `open_ledger`.

    SQLite overwrites what is deleted: of a withdrawn decision nothing stays in the file.
    """
    engine = open_ledger(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA secure_delete=ON"))
    return engine


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
