"""The outbox: takes what a portal's topic says into the ledger, as deliveries to be made."""

import logging
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, Engine, exists, select, update

from sinks.codecs import PublicCodec
from sinks.ledger import positions
from sinks.ledger.bulk import insert_all, one_of
from sinks.ledger.database import reading, writing
from sinks.ledger.tables import delivery
from sinks.ledger.unreadables import note_unreadable
from sinks.reading import Expected, read_public
from sinks.states import State
from streams.domain.stages import Public
from streams.records import Record, Span

log = logging.getLogger(__name__)

Render = Callable[[Public], bytes]


class Outbox:
    """A `streams.records.Handler` of `portal.<id>` topics.

    A (portal, decision, revision) becomes one delivery, however often it is read. A revision that comes
    after a newer one is never sent: it is `superseded` from the start.
    """

    def __init__(
        self,
        engine: Engine,
        group: str,
        codec: PublicCodec,
        render: Render,
        added: Callable[[], None] = lambda: None,
    ) -> None:
        """Take what renders a body; `added` is called when deliveries stand in the ledger."""
        self._engine = engine
        self._group = group
        self._codec = codec
        self._render = render
        self._added = added

    def positions(self, partitions: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], int]:
        """Return the next offset of each partition that is in the outbox."""
        with reading(self._engine) as connection:
            return positions.stored(connection, self._group, partitions)

    def apply(self, records: Sequence[Record], spans: Mapping[tuple[str, int], Span]) -> None:
        """Take a batch in; see `Handler.apply`."""
        expected, unreadable = read_public(records, self._codec)
        if unreadable:
            log.error("%d records of portal topics are no decisions", len(unreadable))
        rows = [self._row(one) for one in expected]
        with writing(self._engine) as connection:
            positions.advance(connection, self._group, spans)
            note_unreadable(connection, self._group, unreadable)
            if rows:
                insert_all(connection, delivery, rows, known=True)
                _supersede(connection, sorted({one.event.key for one in expected}))
        if rows:
            self._added()

    def _row(self, expected: Expected) -> dict[str, object]:
        event = expected.event
        return {
            "portal": expected.portal,
            "decision_key": event.key,
            "revision": event.revision,
            "event_id": event.event_id,
            "action": event.action,
            "body": self._render(event),
            "state": State.WAITING,
            "attempts": 0,
            "created_at": expected.seen_at,
            "next_try_at": expected.seen_at,
            "lease": "",
            "status": 0,
            "reason": "",
            "remote_id": "",
        }


def _supersede(connection: Connection, keys: Sequence[str]) -> None:
    newer = delivery.alias()
    late = exists(
        select(newer.c.id).where(
            newer.c.decision_key == delivery.c.decision_key,
            newer.c.portal == delivery.c.portal,
            newer.c.revision > delivery.c.revision,
            newer.c.id < delivery.c.id,
        )
    )
    connection.execute(
        update(delivery)
        .where(one_of(connection, keys, delivery.c.decision_key), delivery.c.state == State.WAITING, late)
        .values(state=State.SUPERSEDED)
    )
