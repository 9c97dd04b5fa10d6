"""The deliveries as a queue in SQL: claim with a lease, count what waits."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, func, literal, select, true, update
from sqlalchemy.sql.expression import bindparam

from sinks.ledger.bulk import insert_all, one_of
from sinks.ledger.tables import attempt, decision, delivery
from sinks.ports import Delivery, Verdict
from sinks.states import SETTLED, State
from streams.domain.stages import Action, DecisionKey, EventId, PortalId


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A delivery that is this process's to try, until its lease ends."""

    id: int
    lease: str
    delivery: Delivery
    attempts: int
    """Counting the one that begins."""
    first_try_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What waits for one portal."""

    portal: PortalId
    waiting: int
    oldest: timedelta
    dead: int


MOST_AT_ONCE = 5_000
"""Deliveries in one claim: what SQLite takes as parameters, and what is tried within a lease."""
LOST = "the process that tried has not said what became of it"
"""On the attempt log, of a try whose lease has ended."""
_CLAIMED = tuple(
    delivery.c[name]
    for name in (
        "id",
        "portal",
        "decision_key",
        "revision",
        "event_id",
        "action",
        "body",
        "attempts",
        "first_try_at",
    )
)


def due(connection: Connection, portals: Iterable[PortalId], now: datetime) -> bool:
    """Tell whether anything may be claimed; a cheap look before a writing transaction."""
    return any(connection.execute(_claimable(portal, now).limit(1)).first() for portal in portals)


def claim(
    connection: Connection, free: Mapping[PortalId, int], *, lease: str, now: datetime, until: datetime
) -> list[Claim]:
    """Lease up to `free[portal]` of each portal, the longest waiting first; some thousands at once."""
    found: list[Row[Any]] = []
    for portal, limit in sorted(free.items(), key=lambda one: one[1]):  # single probes first
        few = min(limit, MOST_AT_ONCE - len(found))
        if few > 0:
            asked = _claimable(portal, now).order_by(delivery.c.next_try_at, delivery.c.id).limit(few)
            found += connection.execute(asked.with_for_update(skip_locked=True))
    if not found:
        return []
    ids = [row.id for row in found]
    insert_all(connection, attempt, [_lost(row, now, until - now) for row in found if row.lease])
    rows = connection.execute(
        update(delivery)
        .where(one_of(connection, ids, delivery.c.id))
        .values(
            next_try_at=until,
            lease=lease,
            attempts=delivery.c.attempts + 1,
            first_try_at=func.coalesce(delivery.c.first_try_at, bindparam("now", now)),
        )
        .returning(*_CLAIMED)
    )
    return [
        Claim(
            id=row.id,
            lease=lease,
            attempts=row.attempts,
            first_try_at=row.first_try_at,
            delivery=Delivery(
                portal=PortalId(row.portal),
                key=DecisionKey(row.decision_key),
                revision=row.revision,
                event_id=EventId(row.event_id),
                action=Action(row.action),
                body=row.body,
                idempotency_key=f"{row.portal}:{row.event_id}",
            ),
        )
        for row in sorted(rows, key=lambda row: row.id)
    ]


def backlogs(connection: Connection, portals: Collection[PortalId], now: datetime) -> list[Backlog]:
    """Return what waits for each of `portals`, and for others that nobody delivers to any more."""
    waiting = {
        row.portal: row
        for row in connection.execute(
            select(
                delivery.c.portal,
                func.count().label("waiting"),
                func.min(delivery.c.created_at).label("oldest"),
            )
            .where(_is(State.WAITING))
            .group_by(delivery.c.portal)
        )
    }
    died = select(delivery.c.portal, func.count()).where(_is(State.DEAD))
    dead: dict[str, int] = dict(connection.execute(died.group_by(delivery.c.portal)).all())
    return [
        Backlog(
            portal=PortalId(portal),
            waiting=waiting[portal].waiting if portal in waiting else 0,
            oldest=max(now - waiting[portal].oldest, timedelta()) if portal in waiting else timedelta(),
            dead=dead.get(portal, 0),
        )
        for portal in sorted({*portals, *waiting, *dead})
    ]


def statuses(connection: Connection) -> dict[str, int]:
    """Return decision status → number of decisions."""
    counted = select(decision.c.status, func.count()).group_by(decision.c.status)
    return dict(connection.execute(counted).all())


def _lost(row: Row[Any], now: datetime, lease: timedelta) -> dict[str, object]:
    """Return the try of a process that is gone, or has been silent for longer than its lease."""
    return {
        "delivery_id": row.id,
        "number": row.attempts,
        "started_at": row.next_try_at - lease,
        "seconds": (now - row.next_try_at + lease).total_seconds(),
        "verdict": Verdict.INDETERMINATE,
        "status": 0,
        "reason": LOST,
    }


def _is(state: State, table: FromClause = delivery) -> ColumnElement[bool]:
    # written out, as a prepared statement with a parameter could not use the partial indexes
    return table.c.state == literal(state, literal_execute=True)


def _claimable(portal: PortalId, now: datetime) -> Select[Any]:
    earlier = delivery.alias()
    # a scalar subquery and no EXISTS: without fresh statistics PostgreSQL makes that a join of everything.
    # "Not settled" and no "waiting": else it looks through the index of all that waits, for every row.
    blocked = (
        select(true())
        .where(
            earlier.c.decision_key == delivery.c.decision_key,
            earlier.c.portal == delivery.c.portal,
            earlier.c.revision < delivery.c.revision,
            earlier.c.state.not_in(SETTLED),
        )
        .limit(1)
        .scalar_subquery()
    )
    asked = select(delivery.c.id, delivery.c.lease, delivery.c.attempts, delivery.c.next_try_at)
    return asked.where(
        delivery.c.portal == portal,
        _is(State.WAITING),
        delivery.c.next_try_at <= now,
        blocked.is_not(true()),  # taken for as likely as not: so the index is read in order, up to the limit
    )
