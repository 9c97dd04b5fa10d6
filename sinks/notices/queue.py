"""The notices as queues in SQL, one a channel: strictly in order, one process at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, literal, select, update

from sinks.ledger.notices import notice
from sinks.ledger.upsert import chunks, insert_into
from streams.domain.events import Alert

WAITING, SENT, DEAD = "waiting", "sent", "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A notice that is this process's to try, until its lease ends."""

    id: int
    payload: bytes
    attempts: int
    """Counting the one that begins."""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What waits for a channel."""

    count: int
    oldest: timedelta


def put(connection: Connection, channels: Collection[str], alerts: Sequence[tuple[Alert, bytes]]) -> None:
    """Have `alerts` told on every channel; in the transaction in which they were raised."""
    rows = [
        {
            "channel": channel,
            "event_id": alert.event_id,
            "payload": payload,
            "state": WAITING,
            "attempts": 0,
            "created_at": alert.raised_at,
            "not_before": alert.raised_at,
            "reason": "",
        }
        for alert, payload in alerts
        for channel in channels
    ]
    if rows:
        connection.execute(insert_into(connection, notice).on_conflict_do_nothing(), rows)


def due(connection: Connection, channel: str, now: datetime) -> bool:
    """Tell whether the first that waits may be tried; a cheap look before a writing transaction."""
    first = connection.execute(
        select(notice.c.not_before).where(*_waiting(channel)).order_by(notice.c.id).limit(1)
    ).scalar()
    return first is not None and first <= now


def claim(
    connection: Connection, channel: str, *, most: int, now: datetime, until: datetime
) -> tuple[Claim, ...]:
    """Lease the first `most` that wait; none while the first of all is leased or put off.

    So nothing overtakes: that a decision is public is never told before that it is overdue.
    """
    found = connection.execute(
        select(notice).where(*_waiting(channel)).order_by(notice.c.id).limit(most).with_for_update()
    ).all()
    if not found or found[0].not_before > now:
        return ()
    for some in chunks([row.id for row in found]):
        connection.execute(
            update(notice)
            .where(notice.c.id.in_(some))
            .values(not_before=until, attempts=notice.c.attempts + 1)
        )
    return tuple(
        Claim(id=row.id, payload=row.payload, attempts=row.attempts + 1, created_at=row.created_at)
        for row in found
    )


def settle(
    connection: Connection, ids: Sequence[int], *, state: str, now: datetime, reason: str = ""
) -> None:
    """End notices: they were sent, or never will be."""
    for some in chunks(ids):
        connection.execute(
            update(notice)
            .where(notice.c.id.in_(some), notice.c.state == WAITING)
            .values(state=state, settled_at=now, reason=reason)
        )


def put_off(connection: Connection, ids: Sequence[int], *, until: datetime, reason: str = "") -> None:
    """Have notices tried again from `until` on."""
    for some in chunks(ids):
        connection.execute(
            update(notice).where(notice.c.id.in_(some)).values(not_before=until, reason=reason)
        )


def backlogs(connection: Connection, channels: Collection[str], now: datetime) -> Mapping[str, Backlog]:
    """Return what waits for each channel."""
    counted = {
        row.channel: Backlog(count=row.waiting, oldest=max(now - row.oldest, timedelta()))
        for row in connection.execute(
            select(
                notice.c.channel, func.count().label("waiting"), func.min(notice.c.created_at).label("oldest")
            )
            .where(_is_waiting())
            .group_by(notice.c.channel)
        )
    }
    nothing = Backlog(count=0, oldest=timedelta())
    return {channel: counted.get(channel, nothing) for channel in channels}


def _waiting(channel: str) -> tuple[ColumnElement[bool], ...]:
    return (notice.c.channel == channel, _is_waiting())


def _is_waiting() -> ColumnElement[bool]:
    # written out, as a prepared statement with a parameter could not use the partial index
    return notice.c.state == literal(WAITING, literal_execute=True)
