"""Gives a source's rows their event ids and revisions: the same on every try."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC

from connectors.database.cells import milliseconds, moment_of, text_of
from connectors.database.config import Mode, Source
from connectors.database.position import Position
from connectors.database.reading import SourceRow
from connectors.desk import Identity
from connectors.identity import Revisions, derived_event_id


def name_rows(
    source: Source, rows: Sequence[SourceRow], position: Position, now_ms: int
) -> tuple[tuple[Identity, ...], Position]:
    """Return the rows' identities, and the position that has to be kept before they are sent.

    A row with a time has a revision by it, in milliseconds, those of one millisecond counted up in order.
    Any other row is promised one, that of one decision's rows rises.
    """
    identities = []
    ties, before = position.ties, _last_moment(source, position)
    revisions = Revisions(max(now_ms, position.last_revision + 1))
    promised: dict[str, int] = {}
    for row in rows:
        event_id = derived_event_id("database", source.name, *_key(source, row), _version(source, row))
        if row.moment is not None:
            moment = milliseconds(row.moment)
            ties = ties + 1 if moment == before else 0
            before = moment
            revision = moment + ties
        else:
            revision = position.promised.get(event_id) or revisions.next(_texts(source, row))
            promised[event_id] = revision
        identities.append(Identity(event_id=event_id, revision=revision))
    last = max(position.last_revision, revisions.last) if promised else position.last_revision
    return tuple(identities), replace(position, last_revision=last, promised=promised, ties=ties)


def _key(source: Source, row: SourceRow) -> tuple[str, ...]:
    return tuple(text_of(value, source.zone) for value in row.key)


def _version(source: Source, row: SourceRow) -> str:
    """Return what tells one state of a row from its next: its time, or else its content."""
    if row.moment is not None:
        return row.moment.astimezone(UTC).isoformat()
    return hashlib.sha256(json.dumps(_texts(source, row)).encode()).hexdigest()


def _texts(source: Source, row: SourceRow) -> dict[str, str]:
    return {code: text_of(row.values[name], source.zone) for code, name in sorted(source.columns.items())}


def _last_moment(source: Source, position: Position) -> int | None:
    if source.mode is not Mode.TIMESTAMP or not position.after:
        return None
    return milliseconds(moment_of(position.after[0], source.zone))
