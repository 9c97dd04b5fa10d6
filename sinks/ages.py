"""For how long the ledger has waited: for a person who looks at a decision, for Kafka to take an event."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, func, select

from sinks.ledger.database import reading
from sinks.ledger.tables import decision, outgoing
from sinks.settling import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """How old the oldest is of what waits, zero where nothing does."""

    held: timedelta
    """Decisions that a person must look at."""
    outgoing: timedelta
    """Receipts, alerts and withdrawals of the ledger that are to go out to Kafka."""


def ages(engine: Engine, now: datetime) -> Ages:
    """Return what has waited longest. Raises `UnavailableError` while the ledger is away."""
    held = select(func.min(decision.c.received_at)).where(decision.c.status == Status.HELD)
    unsent = (
        select(outgoing.c.created_at).where(outgoing.c.sent_at.is_(None)).order_by(outgoing.c.id).limit(1)
    )
    with reading(engine) as connection:
        oldest = [connection.execute(asked).scalar() for asked in (held, unsent)]
    waits = [max(now - moment, timedelta()) if moment else timedelta() for moment in oldest]
    return Ages(held=waits[0], outgoing=waits[1])
