"""How each portal is doing, for people; and switching it off and on, on the audit trail."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Engine

from sinks.breaking import WELL, Condition
from sinks.ledger import audit, breakers
from sinks.ledger.audit import Entry, Note
from sinks.ledger.database import reading, writing
from sinks.queue import backlogs
from sinks.settlement import hasten
from streams.domain.stages import PortalId


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalLine:
    """One portal."""

    portal: PortalId
    condition: str
    failing_since: datetime | None
    next_try_at: datetime | None
    waiting: int
    oldest: timedelta
    dead: int


def portal_lines(engine: Engine, portals: Collection[PortalId], now: datetime) -> tuple[PortalLine, ...]:
    """Return how each of `portals` is doing, and others for which something waits."""
    with reading(engine) as connection:
        waits = backlogs(connection, portals, now)
        states = breakers.load(connection, [one.portal for one in waits])
    return tuple(
        PortalLine(
            portal=one.portal,
            condition=states[one.portal].condition.value,
            failing_since=states[one.portal].failing_since,
            next_try_at=states[one.portal].next_try_at,
            waiting=one.waiting,
            oldest=one.oldest,
            dead=one.dead,
        )
        for one in waits
    )


def switch(engine: Engine, portal: PortalId, *, on: bool, by: str, now: datetime) -> bool:
    """Switch a portal on or off, whatever condition it is in; return whether that changes anything.

    Switched on, it is tried at once with all that waits for it. Off, nothing is tried or given up.
    """
    with writing(engine, chained=True) as connection:
        before = breakers.load(connection, [portal], lock=True)[portal]
        after = WELL if on else replace(before, condition=Condition.OFF, next_try_at=None)
        if after == before:
            return False
        breakers.save(connection, {portal: after}, now)
        if on:
            hasten(connection, [portal], now)
        entry = Entry.SWITCHED_ON if on else Entry.SWITCHED_OFF
        audit.append(connection, [Note(entry=entry, event_id="", portal=portal, by=by, at=now)])
    return True
