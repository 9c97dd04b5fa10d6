"""Ends publicity: hands in the withdrawal of every decision whose period is over."""

from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Engine, select, update

from sinks.codecs import SubmittedCodec
from sinks.ledger import audit
from sinks.ledger.audit import Entry, Note
from sinks.ledger.database import reading, writing
from sinks.ledger.tables import decision, outgoing
from sinks.ledger.upsert import chunks, insert_into
from streams.domain.roles import ROLES
from streams.domain.stages import Action, DecisionKey, EventId, Kind, Origin, Submitted
from streams.topics import SUBMITTED

REASON = "公示期满"
ORIGIN = Origin(connector="platform", department="", reference=REASON)
AT_ONCE = 1_000
"""Withdrawals in one transaction."""


class Expiry:
    """Asks for each withdrawal once, whatever number of agents look, and however often."""

    def __init__(self, engine: Engine, codec: SubmittedCodec) -> None:
        self._engine = engine
        self._codec = codec

    def tick(self, now: datetime, today: date) -> int:
        """Hand in the withdrawals of what was to be public until yesterday; return how many are new.

        Raises `UnavailableError` while the ledger is away; nothing was handed in then.
        """
        over = select(decision).where(decision.c.public_until < today).order_by(decision.c.public_until)
        with reading(self._engine) as connection:
            rows = connection.execute(over.limit(AT_ONCE)).all()
        if not rows:
            return 0
        return self._hand_in([(row, _withdrawal(row, now)) for row in rows], now)

    def _hand_in(self, found: list[tuple[Any, Submitted]], now: datetime) -> int:
        rows = [
            {
                "topic": SUBMITTED.name,
                "key": asked.key,
                "event_id": asked.event_id,
                "payload": self._codec.encode_submitted(asked),
                "created_at": now,
            }
            for _, asked in found
        ]
        with writing(self._engine, chained=True) as connection:
            insert = insert_into(connection, outgoing).on_conflict_do_nothing()
            new = {row.event_id for row in connection.execute(insert.returning(outgoing.c.event_id), rows)}
            asked_for = [row.identity for row, _ in found]
            for some in chunks(asked_for):
                connection.execute(
                    update(decision).where(decision.c.identity.in_(some)).values(public_until=None)
                )
            notes = [
                Note(entry=Entry.PERIOD_OVER, event_id=row.event_id, at=now)
                for row, asked in found
                if asked.event_id in new
            ]
            audit.append(connection, notes)
        return len(new)


def _withdrawal(row: Any, now: datetime) -> Submitted:
    """Return the withdrawal of a decision; its key tells all that a withdrawal has to tell."""
    authority, document, subject = row.identity.split("|")
    kind = Kind(row.kind)
    roles = ROLES[kind]
    columns = {roles.authority_code: authority, roles.document: document, roles.subject: subject}
    if row.decided_on:
        columns[roles.decided] = row.decided_on.isoformat()
    return Submitted(
        event_id=EventId(str(uuid5(NAMESPACE_URL, f"period:{row.identity}:{row.revision}"))),
        key=DecisionKey(row.identity),
        revision=max(int(now.timestamp() * 1000), row.revision + 1),
        action=Action.WITHDRAW,
        kind=kind,
        columns=columns,
        reason=REASON,
        origin=ORIGIN,
        submitted_at=now,
    )
