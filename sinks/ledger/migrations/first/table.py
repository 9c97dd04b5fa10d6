"""A table of the ledger's first revision with its indexes, which are made and dropped together."""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index, of all rows or of those for which a condition holds, as each database writes it."""

    name: str
    columns: tuple[str, ...]
    sqlite: str = ""
    postgresql: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstTable:
    """A table and its indexes."""

    name: str
    columns: Callable[[], tuple[SchemaItem, ...]]
    """Columns and constraints, new ones on each call: SQLAlchemy binds each to the table it is made in."""
    indexes: tuple[Index, ...] = ()

    def create(self) -> None:
        """Create the table, then its indexes."""
        op.create_table(self.name, *self.columns())
        for index in self.indexes:
            op.create_index(
                op.f(index.name),
                self.name,
                list(index.columns),
                unique=False,
                sqlite_where=sa.text(index.sqlite) if index.sqlite else None,
                postgresql_where=sa.text(index.postgresql) if index.postgresql else None,
            )

    def drop(self) -> None:
        """Drop its indexes, the last first, then the table."""
        for index in reversed(self.indexes):
            op.drop_index(op.f(index.name), table_name=self.name)
        op.drop_table(self.name)
