"""Makes the site's tables, and makes them anew when they are of another version."""

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, delete, func, insert, inspect, select, text

from sinks.ledger.database import writing
from sinks.site.store.tables import VERSION, metadata, offsets, version

LOCK = 7_031_003
_FTS5 = """fts5(name, number, body, facets, content='', tokenize="ascii tokenchars '_'")"""
"""Contentless: the words can be told again from the decisions."""
_WORDS = {
    "sqlite": (f"CREATE VIRTUAL TABLE IF NOT EXISTS site_words USING {_FTS5}",),
    "postgresql": (
        "CREATE TABLE IF NOT EXISTS site_words (id bigint PRIMARY KEY, words tsvector NOT NULL)",
        # long texts stay in the row and unpacked: they are read far more often than written
        "ALTER TABLE site_words ALTER words SET STORAGE EXTERNAL, SET (toast_tuple_target = 8160)",
        # what waits to be put in is read through by every search
        (
            "CREATE INDEX IF NOT EXISTS site_words_words ON site_words USING gin (words)"
            " WITH (gin_pending_list_limit = 1024)"
        ),
    ),
}


def prepare(engine: Engine, group: str) -> None:
    """Bring the tables about; safe when several processes do so at once.

    Tables of another version are dropped with `group`'s positions: all is read from the topic again. Raises
    `UnavailableError` while the database is away.
    """
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        if _number(connection) not in (None, VERSION):
            _drop(connection, group)
        metadata.create_all(connection)
        for statement in words_of(connection):
            connection.execute(text(statement))
        if _number(connection) is None:
            connection.execute(insert(version).values(number=VERSION))


def words_of(connection: Connection) -> Sequence[str]:
    """Return the statements that make the full-text table."""
    return _WORDS[connection.dialect.name]


def _number(connection: Connection) -> int | None:
    if not inspect(connection).has_table(version.name):
        return None
    return connection.execute(select(version.c.number)).scalar()


def _drop(connection: Connection, group: str) -> None:
    connection.execute(text("DROP TABLE IF EXISTS site_words"))
    metadata.drop_all(connection, tables=[table for table in metadata.sorted_tables if table is not offsets])
    if inspect(connection).has_table(offsets.name):
        connection.execute(delete(offsets).where(offsets.c.consumer_group == group))
