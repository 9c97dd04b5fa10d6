"""Keeps what each portal was seen to show of what it has accepted."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, select, text

from sinks.ledger.tables import metadata
from sinks.ledger.types import Moment
from sinks.ledger.upsert import chunks, insert_into

sighting = Table(
    "sighting",
    metadata,
    Column("decision_key", String, primary_key=True),
    Column("portal", String, primary_key=True),
    Column("revision", BigInteger, primary_key=True),
    Column("event_id", String, nullable=False),
    Column("sight", String, nullable=False, comment="by the last look that had an answer"),
    Column("looks", Integer, nullable=False),
    Column("tries", Integer, nullable=False, comment="looks in a row that did not see it"),
    Column("calm", Integer, nullable=False, comment="looks in a row that saw it"),
    Column("looked_at", Moment),
    Column("seen_at", Moment, comment="first"),
    Column("last_seen_at", Moment),
    Column("unseen_since", Moment, comment="while it is not seen"),
    Column("found_at", Moment, comment="since when it is a finding"),
    Column("differs", String, nullable=False, comment="column codes, with blanks between"),
    Column("reason", String, nullable=False, comment="why the last look had no answer"),
    Index(
        "ix_sighting_found",
        "portal",
        "sight",
        sqlite_where=text("found_at IS NOT NULL"),
        postgresql_where=text("found_at IS NOT NULL"),
    ),
)


def save(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows, each all of the table's columns, over what stands there."""
    if not rows:
        return
    insert = insert_into(connection, sighting)
    keys = [column.name for column in sighting.primary_key]
    newer = {c.name: insert.excluded[c.name] for c in sighting.columns if c.name not in keys}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=newer), rows)


def seen(connection: Connection, keys: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """Return decision key → portal and revision of all that is seen now."""
    found: dict[str, list[tuple[str, int]]] = {}
    table = sighting.c
    wanted = select(table.decision_key, table.portal, table.revision)
    for some in chunks(keys):
        rows = connection.execute(
            wanted.where(
                table.decision_key.in_(some), table.unseen_since.is_(None), table.seen_at.is_not(None)
            )
        )
        for key, portal, revision in rows:
            found.setdefault(key, []).append((portal, revision))
    return found
