"""The table of records that are no events, by their place; their content is not kept."""

from collections.abc import Iterable

from sqlalchemy import BigInteger, Column, Connection, Integer, String, Table

from sinks.ledger.tables import metadata
from sinks.ledger.types import Moment
from sinks.ledger.upsert import insert_into
from sinks.reading import Unreadable

unreadable = Table(
    "unreadable",
    metadata,
    Column("consumer_group", String, primary_key=True),
    Column("topic", String, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("record_offset", BigInteger, primary_key=True),
    Column("code", String, nullable=False),
    Column("seen_at", Moment, nullable=False),
)


def note_unreadable(connection: Connection, group: str, records: Iterable[Unreadable]) -> None:
    """Put records that are no events on file."""
    rows = [
        {
            "consumer_group": group,
            "topic": bad.record.topic,
            "partition": bad.record.partition,
            "record_offset": bad.record.offset,
            "code": bad.code,
            "seen_at": bad.record.timestamp,
        }
        for bad in records
    ]
    if rows:
        connection.execute(insert_into(connection, unreadable).on_conflict_do_nothing(), rows)
