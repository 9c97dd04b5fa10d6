"""How a decision's revisions stand at each portal: expected, delivered, seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from sinks.ledger.sightings import sighting
from sinks.ledger.tables import delivery, publication
from sinks.states import State

Place = tuple[str, int]
"""Portal and revision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalLine:
    """How one revision stands at one portal."""

    portal: str
    revision: int
    state: str
    """`waiting`, `accepted`, `dead` or `superseded`; `expected` before the outbox has it."""
    accepted_at: datetime | None
    remote_id: str
    attempts: int
    reason: str
    sight: str
    """What the portal was seen to show, see `sinks.probing.ports.Sight`; empty: nobody has looked."""
    seen_at: datetime | None
    """When it was first seen as it was sent."""
    found_at: datetime | None
    """Since when it is a finding that it is not."""
    differs: tuple[str, ...]
    """Official codes of the columns that read otherwise there."""


def portal_lines(connection: Connection, key: str) -> tuple[PortalLine, ...]:
    """Merge what the topics told with what the outbox did and what was seen: none need have come yet."""
    published, delivered, seen = (
        _by_place(connection, table, key) for table in (publication, delivery, sighting)
    )
    return tuple(
        _portal_line(place, published.get(place), delivered.get(place), seen.get(place))
        for place in sorted(published.keys() | delivered.keys())
    )


def _by_place(connection: Connection, table: Table, key: str) -> dict[Place, Row[Any]]:
    rows = connection.execute(select(table).where(table.c.decision_key == key))
    return {(row.portal, row.revision): row for row in rows}


def _portal_line(
    place: Place, told: Row[Any] | None, done: Row[Any] | None, seen: Row[Any] | None
) -> PortalLine:
    accepted_at = told.accepted_at if told else None
    state = State.ACCEPTED if accepted_at else "expected"
    return PortalLine(
        portal=place[0],
        revision=place[1],
        state=done.state if done else state,
        accepted_at=accepted_at or (done.settled_at if done and done.state == State.ACCEPTED else None),
        remote_id=(told.remote_id if told else "") or (done.remote_id if done else ""),
        attempts=done.attempts if done else (told.attempts if told else 0),
        reason=done.reason if done else "",
        sight=seen.sight if seen else "",
        seen_at=seen.seen_at if seen else None,
        found_at=seen.found_at if seen else None,
        differs=tuple(seen.differs.split()) if seen else (),
    )
