"""The SQL of one source: names are quoted by SQLAlchemy, values are bound, no SQL is glued together."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    FromClause,
    Select,
    TableClause,
    Update,
    and_,
    bindparam,
    column,
    false,
    func,
    or_,
    select,
    table,
    text,
    update,
)

from connectors.database.config import Mode, Outbox, Source


class Statements:
    """What is asked of a source and written to it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        wanted = (*self.order, *source.key, *source.columns.values(), source.timestamp)
        if source.outbox:
            wanted = (*wanted, source.outbox.status)
        self._names = tuple(dict.fromkeys(filter(None, wanted)))
        self._from = self._selectable()

    @property
    def order(self) -> tuple[str, ...]:
        """Columns that rows are read in the order of."""
        source = self._source
        if source.mode is Mode.TIMESTAMP:
            return (source.timestamp, source.incrementing)
        return (source.incrementing,) if source.incrementing else source.key

    def nothing(self) -> Select[Any]:
        """Return a SELECT of every column that is needed, and of no row."""
        return self._all().where(false())

    def batch(self, after: Sequence[Any], last: object = None) -> Select[Any]:
        """Return the next rows: those after a position, or that still wait, at most a batch.

        `last`, where it is given, is the highest number that may be read.
        """
        asked = self._all().order_by(*map(column, self.order)).limit(self._source.batch_rows)
        if self._source.outbox:
            return asked.where(_is(self._source.outbox.status, self._source.outbox.pending))
        asked = asked.where(*(column(name).is_not(None) for name in self.order))
        if after:
            asked = asked.where(_beyond(self.order, after))
        if last is not None:
            asked = asked.where(column(self._source.incrementing) <= _bound(last))
        return asked

    def highest(self) -> Select[Any]:
        """Return the highest number of all rows."""
        return select(func.max(column(self._source.incrementing))).select_from(self._from)

    def timeless(self) -> Select[Any]:
        """Return a row whose time is NULL: such rows are never read."""
        return select(column(self._source.timestamp)).select_from(self._from).where(
            column(self._source.timestamp).is_(None)
        ).limit(1)  # fmt: skip

    def again(self, key: Sequence[Any]) -> Select[Any]:
        """Return what is handed in of one row; not its time, which marking it may change."""
        return _columns(self._source.columns.values(), self._from).where(self._row(key))

    def mark(self, key: Sequence[Any], status: object, message: str | None) -> Update:
        """Return the UPDATE of a waiting row's status."""
        outbox = self._outbox()
        return self._update(status, message).where(self._row(key), _is(outbox.status, outbox.pending))

    def unmark(self, key: Sequence[Any]) -> Update:
        """Return the UPDATE that lets a row wait again."""
        return self._update(self._outbox().pending, None).where(self._row(key))

    def mark_nothing(self) -> Update:
        """Return an UPDATE of no row, to see whether one is allowed."""
        return self._update(self._outbox().accepted, None).where(false())

    def _all(self) -> Select[Any]:
        return _columns(self._names, self._from)

    def _update(self, status: object, message: str | None) -> Update:
        outbox = self._outbox()
        values = {outbox.status: status}
        if outbox.message:
            values[outbox.message] = message
        return update(self._table(tuple(values))).values(values)

    def _outbox(self) -> Outbox:
        if self._source.outbox is None:
            raise TypeError("only an outbox is written to")
        return self._source.outbox

    def _row(self, key: Sequence[Any]) -> ColumnElement[bool]:
        return and_(*(_is(name, value) for name, value in zip(self._source.key, key, strict=True)))

    def _selectable(self) -> FromClause:
        if self._source.table:
            return self._table(())
        # a colon in the query is a colon, and never the name of a parameter
        query = text(self._source.query.strip().rstrip(";").replace(":", r"\:"))
        return query.columns(*(column(name) for name in self._names)).subquery("source")

    def _table(self, further: Sequence[str]) -> TableClause:
        names = dict.fromkeys((*self._names, *further))
        return table(self._source.table, *map(column, names), schema=self._source.table_schema)


def _columns(names: Iterable[str], rows: FromClause) -> Select[Any]:
    wanted: list[ColumnElement[Any]] = [column(name) for name in dict.fromkeys(names)]
    return select(*wanted).select_from(rows)


def _is(name: str, value: object) -> ColumnElement[bool]:
    return column(name).is_(None) if value is None else column(name) == _bound(value)


def _beyond(names: Sequence[str], values: Sequence[Any]) -> ColumnElement[bool]:
    """Return the condition of standing behind `values` in the order of `names`."""
    alternatives = []
    for place, name in enumerate(names):
        same = [column(one) == _bound(value) for one, value in zip(names[:place], values, strict=False)]
        alternatives.append(and_(*same, column(name) > _bound(values[place])))
    return or_(*alternatives)


def _bound(value: object) -> Any:
    if isinstance(value, datetime):
        return bindparam(None, value, type_=DateTime(timezone=value.tzinfo is not None))
    return bindparam(None, value)
