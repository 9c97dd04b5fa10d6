"""Writes back to an outbox table what became of its rows."""

import logging
from collections.abc import Sequence

from sqlalchemy import Connection, Engine

from connectors.database.config import Outbox, Source
from connectors.database.opening import writing
from connectors.database.reading import SourceRow
from connectors.database.statements import Statements
from connectors.desk import Line
from streams.domain.errors import ConfigurationError

log = logging.getLogger(__name__)


class Marker:
    """Marks rows that the broker has."""

    def __init__(self, source: Source, outbox: Outbox, statements: Statements, engine: Engine) -> None:
        self._source, self._outbox, self._statements, self._engine = source, outbox, statements, engine

    def mark(self, rows: Sequence[SourceRow], lines: Sequence[Line]) -> None:
        """Mark every row that still says what was sent; one that was changed meanwhile waits again.

        Raises `UnavailableError`, `RefusedError`, and `ConfigurationError` when the key is not unique.
        """
        with writing(self._source.name, self._engine) as connection:
            marked = [self._mark(connection, row, line) for row, line in zip(rows, lines, strict=True)]
            if not any(marked) and self._still_waits(connection, rows[0]):
                raise ConfigurationError(
                    f"{self._source.name}: rows wait on after they were marked; "
                    "name a key whose columns compare equal to what they hold"
                )

    def _mark(self, connection: Connection, row: SourceRow, line: Line) -> bool:
        outbox = self._outbox
        refused = outbox.accepted if outbox.refused is None else outbox.refused
        message = "；".join(one.message for one in line.findings)[: outbox.message_length]
        status = outbox.accepted if line.ok else refused
        done = connection.execute(self._statements.mark(row.key, status, message or None))
        if done.rowcount > 1:
            raise ConfigurationError(
                f"{self._source.name}: several rows have one key; name more columns in key"
            )
        if done.rowcount == 0:
            return False
        # the row is locked now: what it says cannot change any more before this transaction ends
        said = connection.execute(self._statements.again(row.key)).mappings().one()
        if any(not _same(value, row.values[name]) for name, value in said.items()):
            log.info("%s: a row was changed while it was handed in; it waits again", self._source.name)
            connection.execute(self._statements.unmark(row.key))
        return True

    def _still_waits(self, connection: Connection, row: SourceRow) -> bool:
        first = connection.execute(self._statements.batch(())).mappings().first()
        return first is not None and tuple(first[name] for name in self._source.key) == row.key


def _same(one: object, other: object) -> bool:
    return one == other or (one != one and other != other)  # noqa: PLR0124 -- NaN is not equal to itself
