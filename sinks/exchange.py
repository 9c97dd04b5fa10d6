"""The exchange database (前置库): four official tables that a platform reads, written through SQLAlchemy."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    MetaData,
    Table,
    bindparam,
    create_engine,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    SQLAlchemyError,
)

from sinks.exchange_tables import STATUS_NEW, Which, content_of, official, row_of, tables_in
from sinks.ledger.upsert import chunks
from sinks.ports import Answer, Delivery, Verdict
from streams.databases import left_open, with_driver
from streams.domain.errors import ConfigurationError
from streams.domain.stages import Kind

T = TypeVar("T")
THREADS = 8
_WAITS: Mapping[str, Mapping[str, str | int]] = {
    "psycopg": {
        "connect_timeout": 5,
        "options": "-c statement_timeout=20000 -c lock_timeout=10000",
        "tcp_user_timeout": 20_000,
    },
    "pymysql": {"connect_timeout": 5, "read_timeout": 20, "write_timeout": 20},
    "pysqlite": {"timeout": 10},
}
"""Driver → how long it waits, where the address does not say; others' are given in their address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the platform says of one row."""

    key: str
    revision: int
    status: str
    """SJZT, in the platform's own codes; `0`: not read yet."""
    words: str


class ExchangeDatabase:
    """Upserts one row a decision, by its key; a withdrawal empties the row and marks it as cancelled.

    Beside the official columns a row has JDBS (decision key), XDH (revision), SFCX (cancelled), SJZT and
    SJZT_SM (the platform's status and words). A revision that is not above the row's changes nothing,
    so that a try whose answer was lost may be made again. Only plain SQL: any dialect of SQLAlchemy will do.
    Its threads are its own: a database that hangs holds up no other portal.
    """

    def __init__(self, url: str, *, create: bool = False) -> None:
        """Take the database's URL; with `create` missing tables are made. Raises `ConfigurationError`."""
        try:
            address = with_driver(make_url(url))
            self._engine: Engine = create_engine(
                address, pool_pre_ping=True, connect_args=left_open(address, _WAITS), **_isolation(address)
            )
        except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
            raise ConfigurationError("an exchange database's address is no SQLAlchemy URL") from error
        self._metadata = MetaData()
        self._tables = tables_in(self._metadata)
        self._create = create
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="exchange")

    async def deliver(self, delivery: Delivery) -> Answer:
        """Write once; see `Adaptor.deliver`."""
        return (await self.deliver_batch([delivery]))[0]

    async def deliver_batch(self, deliveries: Sequence[Delivery]) -> Sequence[Answer]:
        """Write once, in one transaction; see `BatchAdaptor`.

        Where the database refuses a row, each half is written by itself, until the bad one is found.
        """
        return await self._in_thread(lambda: self._deliver(deliveries))

    async def close(self) -> None:
        """Let go of connections."""
        await asyncio.to_thread(self._engine.dispose)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def status(self, kind: Kind, key: str) -> tuple[str, str] | None:
        """Return the platform's status and words for a decision, None where no row is there.

        Raises SQLAlchemy's errors.
        """
        told = self.told(key=key, kind=kind)
        return (told[0].status, told[0].words) if told else None

    def told(self, *, key: str = "", kind: Kind | None = None, most: int = 1_000) -> tuple[Told, ...]:
        """Return what the platform has written into the status columns: of a decision, or of all with words.

        Raises SQLAlchemy's errors.
        """
        found: list[Told] = []
        with self._engine.connect() as connection:
            for (its_kind, _), table in self._tables.items():
                if kind in (None, its_kind):
                    own = _is(table, key) if key else table.c.SJZT_SM != ""
                    names = (table.c.JDBS, table.c.XDH, table.c.SJZT, table.c.SJZT_SM)
                    rows = connection.execute(select(*names).where(own).order_by(table.c.JDBS).limit(most))
                    found += (Told(key=k, revision=r, status=s, words=w) for k, r, s, w in rows)
        return tuple(found[:most])

    def counts(self) -> Mapping[str, int]:
        """Return the platform's status → number of rows. Raises SQLAlchemy's errors."""
        counted: dict[str, int] = {}
        with self._engine.connect() as connection:
            for table in self._tables.values():
                for status, rows in connection.execute(
                    select(table.c.SJZT, func.count()).group_by(table.c.SJZT)
                ):
                    counted[status] = counted.get(status, 0) + rows
        return counted

    def _deliver(self, deliveries: Sequence[Delivery], *, again: bool = True) -> list[Answer]:
        try:
            tables = self._write(deliveries)
        except DBAPIError as error:
            if not _is_lasting(error):
                return [Answer(verdict=Verdict.RETRY, reason=type(error).__name__)] * len(deliveries)
            if len(deliveries) > 1:
                middle = len(deliveries) // 2
                return [*self._deliver(deliveries[:middle]), *self._deliver(deliveries[middle:])]
            if again and isinstance(error, IntegrityError):
                return self._deliver(deliveries, again=False)  # another process may have just written it
            return [Answer(verdict=Verdict.REFUSED, reason=type(error).__name__)]
        except SQLAlchemyError as error:
            return [Answer(verdict=Verdict.RETRY, reason=type(error).__name__)] * len(deliveries)
        return [
            Answer(verdict=Verdict.ACCEPTED, remote_id=f"{table}:{delivery.revision}")
            for table, delivery in zip(tables, deliveries, strict=True)
        ]

    def _write(self, deliveries: Sequence[Delivery]) -> list[str]:
        """Write all in one transaction, and return the name of each one's table."""
        if self._create:
            self._metadata.create_all(self._engine)
            self._create = False
        read = [(delivery, *content_of(delivery)) for delivery in deliveries]
        rows: dict[Which, dict[str, dict[str, Any]]] = {}
        for delivery, which, content in read:
            row = row_of(delivery, self._tables[which], content)
            rows.setdefault(which, {})[delivery.key] = row
        with self._engine.begin() as connection:
            for which, some in sorted(rows.items()):
                _upsert(connection, self._tables[which], some)
                for other, table in self._tables.items():
                    if other[0] is which[0] and other != which:
                        # the decision was on a person's template, and is on a company's
                        _cancel(connection, table, some)
        return [self._tables[which].name for _, which, _ in read]

    async def _in_thread(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)


def _upsert(connection: Connection, table: Table, rows: Mapping[str, Mapping[str, Any]]) -> None:
    known = _revisions(connection, table, rows.keys())
    new = [row for key, row in sorted(rows.items()) if key not in known]
    newer = [row for key, row in sorted(rows.items()) if key in known and known[key] < row["XDH"]]
    if new:
        connection.execute(insert(table), new)
    if newer:
        names = [name for name in table.columns.keys() if name != "JDBS"]  # noqa: SIM118 -- of SQLAlchemy
        connection.execute(
            update(table)
            .where(_is(table, bindparam("key")))
            .values({name: bindparam(f"new_{name}") for name in names}),
            [{"key": row["JDBS"], **{f"new_{name}": row[name] for name in names}} for row in newer],
        )


def _cancel(connection: Connection, table: Table, rows: Mapping[str, Mapping[str, Any]]) -> None:
    known = _revisions(connection, table, rows.keys())
    older = [{"key": k, "revision": rows[k]["XDH"]} for k in sorted(known) if known[k] < rows[k]["XDH"]]
    if older:
        state = {"SFCX": True, "SJZT": STATUS_NEW, "SJZT_SM": ""}
        connection.execute(
            update(table)
            .where(_is(table, bindparam("key")))
            .values({**dict.fromkeys(official(table)), **state, "XDH": bindparam("revision")}),
            older,
        )


def _is(table: Table, key: object) -> ColumnElement[bool]:
    column = table.columns["JDBS"]
    return column == key


def _revisions(connection: Connection, table: Table, keys: Iterable[str]) -> dict[str, int]:
    """Return key → revision of the rows that are there, and hold them until the transaction ends."""
    found: dict[str, int] = {}
    for some in chunks(sorted(keys)):
        rows = select(table.c.JDBS, table.c.XDH).where(table.c.JDBS.in_(some)).order_by(table.c.JDBS)
        found |= dict(connection.execute(rows.with_for_update()).all())
    return found


def _isolation(address: URL) -> dict[str, str]:
    """Have MySQL lock as others do: by itself it locks what is not there, and two inserts block."""
    return {"isolation_level": "READ COMMITTED"} if address.get_backend_name() in ("mysql", "mariadb") else {}


def _is_lasting(error: DBAPIError) -> bool:
    """Tell whether the database refuses the row itself: too long, of the wrong type, against a rule."""
    return isinstance(error, DataError | IntegrityError) and not error.connection_invalidated
