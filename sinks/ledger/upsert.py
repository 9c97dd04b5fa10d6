"""`INSERT … ON CONFLICT`, which SQLite and PostgreSQL write alike and SQLAlchemy keeps apart."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")

PARAMETERS = 500
"""Values in one `IN` list: short enough for every database."""


def insert_into(connection: Connection, table: Table) -> sqlite.Insert:
    """Return the database's own insert, which knows `on_conflict_do_nothing` and `…_do_update`."""
    if connection.dialect.name == "postgresql":
        # the two dialects' inserts have the same methods and no common type
        return postgresql.insert(table)  # type: ignore[return-value]
    return sqlite.insert(table)


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut `values` into pieces of at most `PARAMETERS`."""
    for start in range(0, len(values), PARAMETERS):
        yield values[start : start + PARAMETERS]


def row_of(value: Any) -> dict[str, Any]:
    """Return a flat value with slots as a row; `asdict` would copy every field deeply."""
    return {name: getattr(value, name) for name in value.__slots__}
