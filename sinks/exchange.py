"""The exchange database (前置库): four official tables that a platform reads, written through SQLAlchemy."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    Date,
    Engine,
    MetaData,
    Numeric,
    String,
    Table,
    create_engine,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy import Column as Field
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    SQLAlchemyError,
)

from sinks.ports import Answer, Delivery, Verdict
from streams.domain.columns import TEMPLATES, Column, Form, Publicity
from streams.domain.errors import ConfigurationError
from streams.domain.stages import Action, Kind, SubjectClass

TABLES: Mapping[tuple[Kind, bool], str] = {
    (Kind.LICENCE, False): "frxzxk",
    (Kind.LICENCE, True): "zrrxzxk",
    (Kind.PENALTY, False): "frxzcf",
    (Kind.PENALTY, True): "zrrxzcf",
}
"""(kind, a natural person's) → table, as such databases name them (`domain.md` 5)."""
STATUS_NEW = "0"
"""未读取; the platform writes its own into SJZT when it has read the row, and its words into SJZT_SM."""
_NUMERIC = Numeric(18, 6)
_KEY_LENGTH, _SHORT, _WORDS = 600, 64, 1000


class ExchangeDatabase:
    """Upserts one row a decision, by its key; a withdrawal empties the row and marks it as cancelled.

    Beside the official columns a row has JDBS (decision key), XDH (revision), SFCX (cancelled), SJZT and
    SJZT_SM (the platform's status and words). A revision that is not above the row's changes nothing,
    so that a try whose answer was lost may be made again. Only plain SQL: any dialect of SQLAlchemy will do.
    """

    def __init__(self, url: str, *, create: bool = False) -> None:
        """Take the database's URL; with `create` missing tables are made. Raises `ConfigurationError`."""
        try:
            self._engine: Engine = create_engine(url, pool_pre_ping=True)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise ConfigurationError("an exchange database's address is no SQLAlchemy URL") from error
        self._metadata = MetaData()
        self._tables = {which: _table(name, *which, self._metadata) for which, name in TABLES.items()}
        self._create = create

    async def deliver(self, delivery: Delivery) -> Answer:
        """Write once; see `Adaptor.deliver`."""
        return await asyncio.to_thread(self._deliver, delivery)

    async def close(self) -> None:
        """Let go of connections."""
        await asyncio.to_thread(self._engine.dispose)

    def status(self, kind: Kind, key: str) -> tuple[str, str] | None:
        """Return the platform's status and words for a decision, None where no row is there.

        Raises SQLAlchemy's errors.
        """
        with self._engine.connect() as connection:
            for table in self._of(kind):
                row = connection.execute(select(table.c.SJZT, table.c.SJZT_SM).where(_is(table, key))).first()
                if row:
                    return row.SJZT, row.SJZT_SM
        return None

    def _deliver(self, delivery: Delivery) -> Answer:
        content = orjson.loads(delivery.body)
        kind = Kind(content["kind"])
        table = self._tables[kind, content["subject_class"] == SubjectClass.NATURAL]
        try:
            if self._create:
                self._metadata.create_all(self._engine)
                self._create = False
            with self._engine.begin() as connection:
                _write(connection, table, delivery, _values(kind, content["columns"]))
                for other in self._of(kind):
                    if other is not table:  # the decision was on a person's template, and is on a company's
                        _cancel(connection, other, delivery)
        except DBAPIError as error:
            verdict = Verdict.REFUSED if _is_lasting(error) else Verdict.RETRY
            return Answer(verdict=verdict, reason=type(error).__name__)
        except SQLAlchemyError as error:
            return Answer(verdict=Verdict.RETRY, reason=type(error).__name__)
        return Answer(verdict=Verdict.ACCEPTED, remote_id=f"{table.name}:{delivery.revision}")

    def _of(self, kind: Kind) -> tuple[Table, ...]:
        return tuple(table for (its_kind, _), table in self._tables.items() if its_kind is kind)


def _write(connection: Connection, table: Table, delivery: Delivery, values: Mapping[str, Any]) -> None:
    row = {
        **{code: values.get(code) for code in _official(table)},
        "XDH": delivery.revision,
        "SFCX": delivery.action is Action.WITHDRAW,
        "SJZT": STATUS_NEW,
        "SJZT_SM": "",
    }
    known = connection.execute(
        select(table.c.XDH).where(_is(table, delivery.key)).with_for_update()
    ).scalar_one_or_none()
    if known is None:
        connection.execute(insert(table).values(JDBS=delivery.key, **row))
    elif known < delivery.revision:
        connection.execute(update(table).where(_is(table, delivery.key)).values(**row))


def _cancel(connection: Connection, table: Table, delivery: Delivery) -> None:
    row = {"XDH": delivery.revision, "SFCX": True, "SJZT": STATUS_NEW, "SJZT_SM": ""}
    connection.execute(
        update(table)
        .where(_is(table, delivery.key), table.columns["XDH"] < delivery.revision)
        .values(**dict.fromkeys(_official(table)), **row)
    )


def _is(table: Table, key: str) -> ColumnElement[bool]:
    column = table.columns["JDBS"]
    return column == literal(key)


def _official(table: Table) -> tuple[str, ...]:
    return tuple(name for name in table.columns.keys() if "_" in name and name != "SJZT_SM")  # noqa: SIM118 -- of SQLAlchemy


def _table(name: str, kind: Kind, natural: bool, metadata: MetaData) -> Table:  # noqa: FBT001 -- which template
    columns = (
        column
        for column in TEMPLATES[kind].values()
        if column.publicity is not Publicity.RESTRICTED and (column.natural if natural else column.legal)
    )
    return Table(
        name,
        metadata,
        Field("JDBS", String(_KEY_LENGTH), primary_key=True),
        Field("XDH", BigInteger, nullable=False),
        Field("SFCX", Boolean, nullable=False),
        Field("SJZT", String(_SHORT), nullable=False),
        Field("SJZT_SM", String(_WORDS), nullable=False),
        *(Field(column.code, _type(column)) for column in columns),
    )


def _type(column: Column) -> Any:
    return {Form.DAY: Date(), Form.AMOUNT: _NUMERIC, Form.TEXT: String(column.length)}[column.form]


def _values(kind: Kind, columns: Mapping[str, str]) -> dict[str, Any]:
    read: Mapping[Form, Callable[[str], Any]] = {
        Form.DAY: date.fromisoformat,
        Form.AMOUNT: Decimal,
        Form.TEXT: str,
    }
    return {code: read[TEMPLATES[kind][code].form](text) for code, text in columns.items()}


def _is_lasting(error: DBAPIError) -> bool:
    """Tell whether the database refuses the row itself: too long, of the wrong type, against a rule."""
    return isinstance(error, DataError | IntegrityError) and not error.connection_invalidated
