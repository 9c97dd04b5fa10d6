"""Reads a source's next rows, leaving those that a slow transaction may still put others before."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from connectors.database.cells import moment_of
from connectors.database.config import Mode, Source
from connectors.database.opening import reading
from connectors.database.statements import Statements


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One row as the driver gives it."""

    values: Mapping[str, Any]
    """The source's column → value."""
    key: tuple[Any, ...]
    order: tuple[Any, ...]
    moment: datetime | None
    """When it was changed last, aware; None in other modes than timestamp+incrementing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is to be handed in next."""

    rows: tuple[SourceRow, ...]
    drained: bool
    """Whether nothing more can be read at present."""


class Reader:
    """Reads batches, each in a transaction of its own: no cursor stays open while Kafka is waited for."""

    def __init__(
        self,
        source: Source,
        statements: Statements,
        engine: Engine,
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float],
    ) -> None:
        """Take a source; `now` is aware, `clock` steady and in seconds."""
        self._source, self._statements, self._engine = source, statements, engine
        self._now, self._clock = now, clock
        self._highest: deque[tuple[float, Any]] = deque()
        """(when, highest number then), the oldest first; one that is old enough is the horizon."""

    def batch(self, after: Sequence[Any]) -> Batch:
        """Return the rows after a position.

        Raises `UnavailableError`, `RefusedError` and `ConfigurationError`.
        """
        with reading(self._source.name, self._engine) as connection:
            match self._source.mode:
                case Mode.TIMESTAMP:
                    return self._older(connection, after)
                case Mode.INCREMENTING:
                    return self._below(connection, after)
                case Mode.OUTBOX:
                    return self._batch(self._rows(connection, after))

    def _older(self, connection: Connection, after: Sequence[Any]) -> Batch:
        # the time is taken before the rows are: what commits in between is younger than the delay
        horizon = self._time(connection) - timedelta(seconds=self._source.delay_s)
        rows = self._rows(connection, after)
        for place, row in enumerate(rows):
            if row.moment is not None and row.moment > horizon:
                return Batch(rows=rows[:place], drained=True)
        return self._batch(rows)

    def _below(self, connection: Connection, after: Sequence[Any]) -> Batch:
        """Read up to the highest number of some time ago: a gap below it will not be filled any more."""
        highest = connection.execute(self._statements.highest()).scalar()
        at = self._clock()
        if highest is not None:
            self._highest.append((at, highest))
        while len(self._highest) > 1 and at - self._highest[1][0] >= self._source.delay_s:
            self._highest.popleft()
        if not self._highest or at - self._highest[0][0] < self._source.delay_s:
            return Batch(rows=(), drained=True)
        return self._batch(self._rows(connection, after, self._highest[0][1]))

    def _batch(self, rows: tuple[SourceRow, ...]) -> Batch:
        return Batch(rows=rows, drained=len(rows) < self._source.batch_rows)

    def _rows(
        self, connection: Connection, after: Sequence[Any], last: object = None
    ) -> tuple[SourceRow, ...]:
        found = connection.execute(self._statements.batch(after, last)).mappings().all()
        return tuple(self._row(values) for values in found)

    def _row(self, values: Mapping[Any, Any]) -> SourceRow:
        source = self._source
        timed = source.mode is Mode.TIMESTAMP
        return SourceRow(
            values=dict(values),
            key=tuple(values[name] for name in source.key),
            order=tuple(values[name] for name in self._statements.order),
            moment=moment_of(values[source.timestamp], source.zone) if timed else None,
        )

    def _time(self, connection: Connection) -> datetime:
        """Return the database's own time where it tells its zone, so that clocks need not agree."""
        told = connection.execute(select(func.current_timestamp())).scalar()
        return told if isinstance(told, datetime) and told.tzinfo else self._now()
