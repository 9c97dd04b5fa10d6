"""The outbox of the shared topic: takes full decisions into a ledger of their own, sealed."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, func, select

from schemas.framing import UndecodableError
from sinks.body import render_shared
from sinks.ledger import positions
from sinks.ledger.database import reading, writing
from sinks.ledger.tables import delivery
from sinks.ledger.unreadables import note_unreadable
from sinks.ledger.upsert import chunks, insert_into
from sinks.reading import Unreadable
from sinks.sharing.sealing import Seal
from sinks.states import State
from streams.domain.stages import Shared
from streams.records import Record, Span
from streams.topics import PLATFORM

log = logging.getLogger(__name__)

GROUP = "share"


class SharedCodec(Protocol):
    """Reads `share.credit-platform`."""

    def decode_shared(self, value: bytes | None) -> Shared:
        """Return the event. Raises `UndecodableError`, or `UnavailableError` while the registry is away."""
        ...


class ShareOutbox:
    """A `streams.records.Handler` of `share.credit-platform`.

    A (decision, revision) becomes one delivery, however often it is read. A revision that comes after a newer
    one is never sent.
    """

    def __init__(self, engine: Engine, codec: SharedCodec, seal: Seal) -> None:
        """Take the share's own ledger, never the one of the portals."""
        self._engine = engine
        self._codec = codec
        self._seal = seal

    def positions(self, partitions: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], int]:
        """Return the next offset of each partition that is in the outbox."""
        with reading(self._engine) as connection:
            return positions.stored(connection, GROUP, partitions)

    def apply(self, records: Sequence[Record], spans: Mapping[tuple[str, int], Span]) -> None:
        """Take a batch in; see `Handler.apply`."""
        events, unreadable = self._read(records)
        if unreadable:
            log.error("%d records of the shared topic are no decisions", len(unreadable))
        with writing(self._engine) as connection:
            positions.advance(connection, GROUP, spans)
            note_unreadable(connection, GROUP, unreadable)
            if events:
                newest = _newest(connection, sorted({event.key for event, _ in events}))
                rows = []
                for event, seen_at in events:
                    late = newest.get(event.key, event.revision) > event.revision
                    rows.append(self._row(event, seen_at, State.SUPERSEDED if late else State.WAITING))
                    newest[event.key] = max(newest.get(event.key, event.revision), event.revision)
                connection.execute(insert_into(connection, delivery).on_conflict_do_nothing(), rows)

    def _read(
        self, records: Sequence[Record]
    ) -> tuple[list[tuple[Shared, datetime]], tuple[Unreadable, ...]]:
        events, unreadable = [], []
        for record in records:
            if record.value is None:
                continue
            try:
                events.append((self._codec.decode_shared(record.value), record.timestamp))
            except UndecodableError as error:
                unreadable.append(Unreadable(record, error.code))
        return events, tuple(unreadable)

    def _row(self, event: Shared, seen_at: datetime, state: State) -> dict[str, Any]:
        return {
            "portal": PLATFORM,
            "decision_key": event.key,
            "revision": event.revision,
            "event_id": event.event_id,
            "action": event.action,
            "body": self._seal.close(render_shared(event), event.event_id),
            "state": state,
            "attempts": 0,
            "created_at": seen_at,
            "next_try_at": seen_at,
            "lease": "",
            "status": 0,
            "reason": "",
            "remote_id": "",
        }


def _newest(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in chunks(keys):
        known = select(delivery.c.decision_key, func.max(delivery.c.revision))
        known = known.where(delivery.c.decision_key.in_(some)).group_by(delivery.c.decision_key)
        found |= dict(connection.execute(known).all())
    return found
