"""Brings a catalogue onto its topic, with every change on the ledger's audit trail."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from schemas.catalogue import CatalogueCodec
from sinks.ledger import audit
from sinks.ledger.database import writing
from streams.domain.catalogue import Catalogue
from streams.domain.catalogue_entries import Entry, catalogue_from, changes, entries_of
from streams.engine import compacted
from streams.topics import CATALOGUE

OWNER = "operations-catalogue"
"""Transactional id of whoever changes the catalogue."""

Changes = Mapping[str, Entry | None]
"""Key → the entry as it is to stand, None where it is to go."""


def standing(kafka: Mapping[str, Any], codec: CatalogueCodec) -> Catalogue | None:
    """Return the catalogue on the topic, None while nothing stands there.

    Raises `UnavailableError`, and `RefusedError` where the cluster has no such topic.
    """
    return catalogue_from(_decoded(compacted.read_whole(kafka, CATALOGUE.name), codec).values())


def planned(kafka: Mapping[str, Any], codec: CatalogueCodec, catalogue: Catalogue) -> Changes:
    """Return what `apply` would change. Raises as `standing` does."""
    return changes(_decoded(compacted.read_whole(kafka, CATALOGUE.name), codec), entries_of(catalogue))


def apply(
    kafka: Mapping[str, Any],
    codec: CatalogueCodec,
    catalogue: Catalogue,
    *,
    ledger: Engine | None,
    now: datetime,
    by: str = "",
) -> Changes:
    """Write what differs in one Kafka transaction, note each entry on the audit trail, and return it.

    The notes, which say who did it, are written before Kafka is asked to commit and committed after it did:
    without the ledger nothing is changed. Raises as `standing` does.
    """
    made: dict[str, Entry | None] = {}

    with _trail(ledger, now, by) as note:

        def decide(values: compacted.Values) -> Mapping[str, bytes | None]:
            made.update(changes(_decoded(values, codec), entries_of(catalogue)))
            records = {
                key: None
                if entry is None
                else codec.encode(entry, catalogue=catalogue.version, changed_at=now)
                for key, entry in made.items()
            }
            note(records)
            return records

        compacted.change(kafka, CATALOGUE.name, decide, owner=OWNER)
    return made


def _decoded(values: compacted.Values, codec: CatalogueCodec) -> Mapping[str, Entry]:
    return {key: codec.decode(value) for key, value in values.items()}


@contextmanager
def _trail(
    ledger: Engine | None, now: datetime, by: str
) -> Iterator[Callable[[Mapping[str, bytes | None]], None]]:
    """Give what notes records on the audit trail: each by its key and the hash of what was written."""
    if ledger is None:
        yield lambda _records: None
        return
    with writing(ledger, chained=True) as connection:
        yield lambda records: _note(connection, records, now, by)


def _note(connection: Connection, records: Mapping[str, bytes | None], now: datetime, by: str) -> None:
    notes = []
    for key, value in records.items():
        entry = audit.Entry.CATALOGUE_REMOVED if value is None else audit.Entry.CATALOGUE_SET
        digest = "" if value is None else f"#{hashlib.sha256(value).hexdigest()[:16]}"
        notes.append(audit.Note(entry=entry, event_id=f"{key}{digest}", by=by, at=now))
    audit.append(connection, notes)
