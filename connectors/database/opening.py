"""Opens a source's database through SQLAlchemy, and tells its drivers' errors in this project's words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection as PostgresConnection
from psycopg import DataError
from psycopg.types.datetime import DateLoader, TimestampLoader, TimestamptzLoader
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InterfaceError,
    InternalError,
    NoSuchModuleError,
    OperationalError,
    SQLAlchemyError,
)

from streams.databases import left_open, with_driver
from streams.domain.errors import ConfigurationError, RefusedError, UnavailableError

CONNECT_S = 10
_WAITS = {
    "psycopg": {"connect_timeout": CONNECT_S, "keepalives_idle": CONNECT_S},
    "pymysql": {"connect_timeout": CONNECT_S, "read_timeout": 120, "write_timeout": 120},
}
"""Driver → seconds that it waits for a silent server, where the address does not say."""
_AWAY = (OperationalError, InterfaceError, InternalError)


def open_source(name: str, url: str) -> Engine:
    """Return the engine of a source; nothing is connected yet. Raises `ConfigurationError`."""
    try:
        parsed = make_url(url)
        engine = _engine(parsed)
    except ArgumentError:
        raise ConfigurationError(
            f"{name}: the URL is none; write such as postgresql://user@host/name"
        ) from None
    except (NoSuchModuleError, ImportError) as error:
        driver = parsed.drivername
        raise ConfigurationError(f"{name}: install the driver for {driver} beside gongshi") from error
    if engine.dialect.driver == "psycopg":
        event.listen(engine, "connect", _read_every_day)
    return engine


@contextmanager
def reading(name: str, engine: Engine) -> Iterator[Connection]:
    """Give a connection that only reads. Raises `UnavailableError` and `RefusedError`."""
    with _edge(name), engine.connect() as connection:
        yield connection


@contextmanager
def writing(name: str, engine: Engine) -> Iterator[Connection]:
    """Give a transaction that is committed at the end. Raises `UnavailableError` and `RefusedError`."""
    with _edge(name), engine.begin() as connection:
        yield connection


@contextmanager
def probing(name: str, engine: Engine) -> Iterator[Connection]:
    """Give a transaction that is undone, for statements that touch no row.

    Raises `UnavailableError` when there is no connection, `ConfigurationError` when a statement is wrong.
    """
    with reading(name, engine) as connection:
        try:
            yield connection
        except DBAPIError as error:
            if error.connection_invalidated:
                raise
            # no row was touched, so that the database's own words can only be about the configuration
            raise ConfigurationError(f"{name}: the database says: {_first_line(error)}") from error
        finally:
            connection.rollback()


def _engine(url: URL) -> Engine:
    url = with_driver(url)
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
        connect_args=left_open(url, _WAITS),
    )


@contextmanager
def _edge(name: str) -> Iterator[None]:
    # only an error's name goes on: the driver's own words can quote rows and credentials
    try:
        yield
    except DBAPIError as error:
        what = type(error.orig).__name__
        if error.connection_invalidated or isinstance(error, _AWAY):
            raise UnavailableError(f"{name}: the database is away ({what})") from error
        raise RefusedError(f"{name}: the database refuses ({what})") from error
    except SQLAlchemyError as error:
        raise RefusedError(f"{name}: the database refuses ({type(error).__name__})") from error


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().partition("\n")[0]


def _read_every_day(connection: PostgresConnection[Any], _record: object) -> None:
    """Let days that Python has not, such as infinity, arrive as text: the rules say what is wrong then."""
    for name, loader in (("date", _Day), ("timestamp", _Timestamp), ("timestamptz", _Timestamptz)):
        connection.adapters.register_loader(name, loader)


class _Day(DateLoader):
    def load(self, data: Any) -> Any:
        try:
            return super().load(data)
        except DataError:
            return bytes(data).decode()


class _Timestamp(TimestampLoader):
    def load(self, data: Any) -> Any:
        try:
            return super().load(data)
        except DataError:
            return bytes(data).decode()


class _Timestamptz(TimestamptzLoader):
    def load(self, data: Any) -> Any:
        try:
            return super().load(data)
        except DataError:
            return bytes(data).decode()
