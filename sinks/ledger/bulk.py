"""Many rows at once: PostgreSQL takes each column as an array, SQLite, in this process, row by row."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    FromClause,
    Table,
    any_,
    bindparam,
    column,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import ARRAY

from sinks.ledger.upsert import insert_into

Row = Mapping[str, Any]


def insert_all(connection: Connection, table: Table, rows: Sequence[Row], *, known: bool = False) -> None:
    """Insert rows, which all name the same columns, in their order; with `known` what is there stays."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(_insert(table, tuple(rows[0]), known=known), _columns(rows))
    else:
        statement = insert_into(connection, table).on_conflict_do_nothing() if known else insert(table)
        connection.execute(statement, list(rows))


def update_all(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Set what the rows say in those with their `id`; all name the same columns."""
    if not rows:
        return
    names = tuple(rows[0])
    if connection.dialect.name == "postgresql":
        connection.execute(_update(table, names), _columns(rows))
    else:
        named: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names if name != "id"}
        statement = update(table).where(table.c.id == bindparam("new_id")).values(named)
        connection.execute(statement, [{f"new_{name}": row[name] for name in names} for row in rows])


def one_of(connection: Connection, values: Sequence[Any], of: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition that `of` is one of `values`, which are at most some thousands."""
    if connection.dialect.name == "postgresql":
        # one parameter instead of one each, and a statement that is always the same
        return of == any_(bindparam(None, list(values), type_=ARRAY(of.type)))
    return of.in_(values)


@cache
def _insert(table: Table, names: tuple[str, ...], *, known: bool) -> Executable:
    given = _given(table, names)
    ordered = select(*(given.c[name] for name in names)).order_by(given.c.place)
    statement = postgresql.insert(table).from_select(list(names), ordered)
    return statement.on_conflict_do_nothing() if known else statement


@cache
def _update(table: Table, names: tuple[str, ...]) -> Executable:
    given = _given(table, names)
    new = {name: given.c[name] for name in names if name != "id"}
    return update(table).where(table.c.id == given.c.id).values(new)


def _given(table: Table, names: tuple[str, ...]) -> FromClause:
    arrays = [bindparam(f"all_{name}", type_=ARRAY(table.c[name].type)) for name in names]
    columns = [column(name, table.c[name].type) for name in names]
    return func.unnest(*arrays).table_valued(*columns, with_ordinality="place").render_derived(name="given")


def _columns(rows: Sequence[Row]) -> dict[str, list[Any]]:
    return {f"all_{name}": [row[name] for row in rows] for name in rows[0]}
