"""The deliveries as a queue in SQL: claim with a lease, settle, count."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, insert, literal, select, update
from sqlalchemy.sql.expression import bindparam

from sinks.codecs import ReceiptCodec
from sinks.ledger import audit
from sinks.ledger.audit import Entry, Note
from sinks.ledger.tables import attempt, decision, delivery, outgoing
from sinks.ledger.upsert import insert_into
from sinks.ports import Answer, Delivery
from sinks.states import State
from streams.domain.events import Receipt
from streams.domain.stages import Action, DecisionKey, EventId, PortalId
from streams.topics import RECEIPT


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
class Result:
    """What became of a claim."""

    claim: Claim
    answer: Answer
    started_at: datetime
    ended_at: datetime
    state: State
    next_try_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What waits for one portal."""

    portal: PortalId
    waiting: int
    oldest: timedelta
    dead: int


def due(connection: Connection, portals: Iterable[PortalId], now: datetime) -> bool:
    """Tell whether anything may be claimed; a cheap look before a writing transaction."""
    return any(connection.execute(_claimable(portal, now).limit(1)).first() for portal in portals)


def claim(
    connection: Connection, free: Mapping[PortalId, int], *, lease: str, now: datetime, until: datetime
) -> list[Claim]:
    """Lease up to `free[portal]` deliveries of each portal, the longest waiting first."""
    ids = [
        row.id
        for portal, limit in free.items()
        if limit > 0
        for row in connection.execute(
            _claimable(portal, now)
            .order_by(delivery.c.next_try_at, delivery.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    ]
    if not ids:
        return []
    rows = connection.execute(
        update(delivery)
        .where(delivery.c.id.in_(ids))
        .values(
            next_try_at=until,
            lease=lease,
            attempts=delivery.c.attempts + 1,
            first_try_at=func.coalesce(delivery.c.first_try_at, bindparam("now", now)),
        )
        .returning(*delivery.columns)
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


def settle(connection: Connection, results: Sequence[Result], codec: ReceiptCodec) -> None:
    """Log every attempt; move on those deliveries whose lease still stands, with receipt and audit.

    Needs `writing(…, chained=True)`.
    """
    connection.execute(insert(attempt), [_attempt(result) for result in results])
    leases = {result.claim.id: result for result in results}
    held = connection.execute(
        select(delivery.c.id, delivery.c.lease)
        .where(delivery.c.id.in_(list(leases)), delivery.c.state == State.WAITING)
        .order_by(delivery.c.id)
        .with_for_update()
    )
    mine = [leases[row.id] for row in held if row.lease == leases[row.id].claim.lease]
    if not mine:
        return
    connection.execute(
        update(delivery).where(delivery.c.id == bindparam("delivery_id")),
        [_settled(result) for result in mine],
    )
    accepted = [result for result in mine if result.state is State.ACCEPTED]
    if accepted:
        rows = [_outgoing(receipt_of(result), codec) for result in accepted]
        connection.execute(insert_into(connection, outgoing).on_conflict_do_nothing(), rows)
    audit.append(connection, [_note(result) for result in mine if result.state is not State.WAITING])


def receipt_of(result: Result) -> Receipt:
    """Return the receipt of an accepted delivery; the same delivery always gives the same event id."""
    delivered = result.claim.delivery
    return Receipt(
        event_id=EventId(str(uuid5(NAMESPACE_URL, f"receipt:{delivered.idempotency_key}"))),
        decision_event_id=delivered.event_id,
        key=delivered.key,
        portal=delivered.portal,
        revision=delivered.revision,
        action=delivered.action,
        status=result.answer.status,
        remote_id=result.answer.remote_id,
        attempts=result.claim.attempts,
        accepted_at=result.ended_at,
    )


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


def _is(state: State, table: FromClause = delivery) -> ColumnElement[bool]:
    # written out, as a prepared statement with a parameter could not use the partial indexes
    return table.c.state == literal(state, literal_execute=True)


def _claimable(portal: PortalId, now: datetime) -> Select[int]:
    earlier = delivery.alias()
    # a scalar subquery and no EXISTS: without fresh statistics PostgreSQL makes that a join of everything
    blocked_by = (
        select(earlier.c.id)
        .where(
            earlier.c.decision_key == delivery.c.decision_key,
            earlier.c.portal == delivery.c.portal,
            earlier.c.revision < delivery.c.revision,
            _is(State.WAITING, earlier),
        )
        .limit(1)
        .scalar_subquery()
    )
    return select(delivery.c.id).where(
        delivery.c.portal == portal,
        _is(State.WAITING),
        delivery.c.next_try_at <= now,
        blocked_by.is_(None),
    )


def _attempt(result: Result) -> dict[str, object]:
    return {
        "delivery_id": result.claim.id,
        "number": result.claim.attempts,
        "started_at": result.started_at,
        "seconds": (result.ended_at - result.started_at).total_seconds(),
        "verdict": result.answer.verdict,
        "status": result.answer.status,
        "reason": result.answer.reason,
    }


def _settled(result: Result) -> dict[str, object]:
    return {
        "delivery_id": result.claim.id,
        "state": result.state,
        "next_try_at": result.next_try_at,
        "lease": "",
        "settled_at": None if result.state is State.WAITING else result.ended_at,
        "status": result.answer.status,
        "reason": result.answer.reason,
        "remote_id": result.answer.remote_id,
    }


def _outgoing(receipt: Receipt, codec: ReceiptCodec) -> dict[str, object]:
    return {
        "topic": RECEIPT.name,
        "key": receipt.key,
        "event_id": receipt.event_id,
        "payload": codec.encode_receipt(receipt),
        "created_at": receipt.accepted_at,
    }


def _note(result: Result) -> Note:
    delivered = result.claim.delivery
    entry = Entry.ACCEPTED if result.state is State.ACCEPTED else Entry.DEAD
    return Note(entry=entry, event_id=delivered.event_id, portal=delivered.portal, at=result.ended_at)
