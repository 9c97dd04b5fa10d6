"""Reads a decision's rows in the exchange database (前置库) back."""

import asyncio
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, Connection, Date, Numeric, Row, Select, String, create_engine, literal, select
from sqlalchemy import column as field
from sqlalchemy import table as relation
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from sinks.probing.ports import Look, Sent
from sinks.templates import NAMES
from streams.domain.columns import TEMPLATES, Form, Publicity
from streams.domain.errors import ConfigurationError
from streams.domain.stages import Kind

_TYPES: Mapping[Form, Any] = {Form.DAY: Date(), Form.AMOUNT: Numeric(18, 6), Form.TEXT: String()}


class ExchangeRows:
    """Looks in both tables of the decision's kind; a row that is marked as cancelled is not shown."""

    def __init__(self, url: str) -> None:
        """Take the database's SQLAlchemy URL. Raises `ConfigurationError`."""
        try:
            self._engine = create_engine(url, pool_pre_ping=True)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise ConfigurationError("an exchange database's address is no SQLAlchemy URL") from error

    async def look(self, sent: Sent) -> Look:
        """Look once; see `Probe.look`."""
        return await asyncio.to_thread(self._look, sent)

    async def close(self) -> None:
        """Let go of connections."""
        await asyncio.to_thread(self._engine.dispose)

    def _look(self, sent: Sent) -> Look:
        try:
            with self._engine.connect() as connection:
                rows = [row for natural in (False, True) for row in _rows(connection, sent, natural=natural)]
        except DBAPIError as error:
            return Look(reason=type(error.orig).__name__)
        except SQLAlchemyError as error:
            return Look(reason=type(error).__name__)
        return Look(records=tuple(_record(row) for row in rows if not row.SFCX))


def _rows(connection: Connection, sent: Sent, *, natural: bool) -> list[Row[Any]]:
    return list(connection.execute(_query(sent.kind, sent.key, natural=natural)))


def _query(kind: Kind, key: str, *, natural: bool) -> Select[Any]:
    public = (
        field(column.code, _TYPES[column.form])
        for column in TEMPLATES[kind].values()
        if column.publicity is not Publicity.RESTRICTED and (column.natural if natural else column.legal)
    )
    rows = relation(NAMES[kind, natural], field("JDBS", String()), field("SFCX", Boolean()), *public)
    return select(rows).where(literal(key) == rows.c.JDBS)


def _record(row: Row[Any]) -> Mapping[str, str]:
    return {code: "" if value is None else str(value) for code, value in row._asdict().items() if "_" in code}
