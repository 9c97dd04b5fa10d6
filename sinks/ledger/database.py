"""Opens the ledger on SQLite or PostgreSQL, brings its tables up to date, and gives out transactions."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from sinks.ledger.reasons import away
from streams.domain.errors import ConfigurationError, UnavailableError
from streams.durable import make_folder

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_S = 15
CONNECT_S = 5
MIGRATION_LOCK = 7_031_001
CHAIN_LOCK = 7_031_002
WRITE = "gongshi_write"


def open_ledger(url: str, *, create: bool = False) -> Engine:
    """Return the engine of a ledger: `sqlite:///<path>` or `postgresql://user:password@host/name`.

    Nothing is connected yet. With `create` SQLite's file and folder are made where they are missing; without,
    a missing one is a ledger that is away. Raises `ConfigurationError` for any other URL, or where
    the folder cannot be made.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError(
            "the ledger's URL is none; write sqlite:///<path> or postgresql://…"
        ) from error
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        return _postgresql(parsed)
    if backend == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return _sqlite(parsed, create=create)
    raise ConfigurationError(f"no ledger on {backend}; write sqlite:///<path> or postgresql://…")


def migrate(url: str) -> None:
    """Bring the tables up to date, SQLite's file made if need be; safe when several processes do so at once.

    Raises `UnavailableError` while the database is away, `ConfigurationError` as `open_ledger`.
    """
    engine = open_ledger(url, create=True)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        with writing(engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that only reads.

    Raises `UnavailableError` while the database is away.
    """
    with _edge(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine, *, chained: bool = False) -> Iterator[Connection]:
    """Give a transaction that is committed at the end; `chained` ones, which audit, run one by one.

    The chain's lock is taken first, so that no two transactions wait for each other in a circle.
    Raises `UnavailableError` while the database is away: nothing was written then.
    """
    with _edge(), engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        if chained and connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(CHAIN_LOCK)))
        yield connection


@contextmanager
def _edge() -> Iterator[None]:
    try:
        yield
    except PoolTimeoutError as error:
        raise UnavailableError("the ledger has no connection left") from error
    except DBAPIError as error:
        if reason := away(error):
            raise UnavailableError(f"the ledger is away: {reason}") from error
        raise


def _postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            pool_size=5,
            max_overflow=5,
            hide_parameters=True,
            connect_args={"connect_timeout": CONNECT_S, "keepalives_idle": 10},
        )
    except NoSuchModuleError as error:
        raise ConfigurationError("psycopg is missing; install gongshi with its dependencies") from error
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    from psycopg.types.array import ListBinaryDumper  # noqa: PLC0415 -- who is on SQLite needs no driver

    # as text every item of an array would be escaped by itself, which takes longer than all else
    connection.adapters.register_dumper(list, ListBinaryDumper)


def _sqlite(url: URL, *, create: bool) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite"), hide_parameters=True, connect_args={"timeout": BUSY_S}
    )
    if create:
        make_folder(Path(str(url.database)).parent, "the database's folder")
    else:
        event.listen(engine, "do_connect", _if_there)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _if_there(dialect: Any, _record: Any, arguments: list[Any], settings: dict[str, Any]) -> Any:
    """Have SQLite open existing files only: who looks at a ledger must not make an empty one."""
    if settings.get("uri"):
        return None  # the address says itself how it is opened
    return dialect.connect(f"file:{quote(arguments[0])}?mode=rw", **{**settings, "uri": True})


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin in `_begin_sqlite`
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "temp_store=MEMORY", "cache_size=-16384"):
        connection.execute(f"PRAGMA {pragma}").close()
    _wal(connection)


def _wal(connection: Any) -> None:
    @retry(
        retry=retry_if_exception_type(sqlite3.OperationalError),
        wait=wait_fixed(0.05),
        stop=stop_after_delay(BUSY_S),
        reraise=True,
    )
    def switch() -> None:
        # the busy timeout does not cover this switch while another process makes it
        connection.execute("PRAGMA journal_mode=WAL").close()

    switch()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get(WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
