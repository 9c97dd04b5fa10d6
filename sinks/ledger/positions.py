"""Kafka positions that stand beside the rows that were made of the records before them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select, tuple_

from sinks.ledger.tables import kafka_offset
from sinks.ledger.upsert import insert_into
from streams.domain.errors import StalePositionError
from streams.records import Span

Place = tuple[str, int]


def stored(connection: Connection, group: str, places: Sequence[Place]) -> dict[Place, int]:
    """Return (topic, partition) → next offset, of those that are known."""
    table = kafka_offset.c
    rows = connection.execute(
        select(table.topic, table.partition, table.next_offset).where(
            table.consumer_group == group, tuple_(table.topic, table.partition).in_(places)
        )
    )
    return {(row.topic, row.partition): row.next_offset for row in rows}


def advance(connection: Connection, group: str, spans: Mapping[Place, Span]) -> None:
    """Move the positions on in the caller's transaction.

    A position may stand before a span's first offset, as transactions leave gaps, and never after it:
    raises `StalePositionError` then, as another follower was there.
    """
    if not spans:
        return
    table = kafka_offset.c
    insert = insert_into(connection, kafka_offset)
    places = sorted(spans)
    connection.execute(
        insert.on_conflict_do_nothing(),
        [
            {"consumer_group": group, "topic": topic, "partition": partition, "next_offset": 0}
            for topic, partition in places
        ],
    )
    held = connection.execute(
        select(table.topic, table.partition, table.next_offset)
        .where(table.consumer_group == group, tuple_(table.topic, table.partition).in_(places))
        .order_by(table.topic, table.partition)
        .with_for_update()
    )
    for row in held:
        if row.next_offset > spans[row.topic, row.partition].first:
            raise StalePositionError(f"{row.topic}/{row.partition} has moved on to {row.next_offset}")
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=["consumer_group", "topic", "partition"],
            set_={"next_offset": insert.excluded.next_offset},
        ),
        [
            {"consumer_group": group, "topic": topic, "partition": partition, "next_offset": span.next}
            for (topic, partition), span in spans.items()
        ],
    )
