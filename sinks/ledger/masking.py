"""Keeps where each event was masked: kinds and places, never the text; the audit trail proves it."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Column, Connection, Select, String, Table, Text, select

from sinks.ledger import audit
from sinks.ledger.audit import Entry, Note
from sinks.ledger.tables import metadata
from sinks.ledger.upsert import chunks, insert_into, row_of
from streams.domain.stages import Masking

masking = Table(
    "masking",
    metadata,
    Column("event_id", String, primary_key=True),
    Column("places", Text, nullable=False, comment="JSON: column, start, end, kind, reason of each"),
)


def keep(connection: Connection, told: Sequence[tuple[Masking, datetime]]) -> None:
    """Put maskings on file and on the audit trail, each once, in the caller's transaction."""
    if not told:
        return
    ids = [str(one.event_id) for one, _ in told]
    known: set[str] = set()
    for some in chunks(ids):
        known.update(connection.scalars(select(masking.c.event_id).where(masking.c.event_id.in_(some))))
    rows: dict[str, dict[str, str]] = {}
    notes = []
    for one, at in told:
        if one.event_id in known or one.event_id in rows:
            continue
        places = orjson.dumps([row_of(place) for place in one.places]).decode()
        rows[one.event_id] = {"event_id": one.event_id, "places": places}
        about = hashlib.sha256(places.encode()).hexdigest()
        notes.append(Note(entry=Entry.MASKED, event_id=one.event_id, about=about, at=at))
    if rows:
        connection.execute(insert_into(connection, masking), list(rows.values()))
        audit.append(connection, notes)


def places_of(ids: Sequence[str]) -> Select[Any]:
    """Return the question for the places of these events, a row an event."""
    return select(masking.c.event_id, masking.c.places).where(masking.c.event_id.in_(ids))
