"""Deliveries that wait for a person, as a portal refused them or never answered; sent again on demand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, bindparam, func, literal, or_, select, update

from sinks.ledger import audit
from sinks.ledger.audit import Entry, Note
from sinks.ledger.database import reading, writing
from sinks.ledger.tables import decision, delivery
from sinks.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which dead letters; what is empty does not narrow."""

    name: str = ""
    """Decision key, document number or event id."""
    portal: str = ""
    reason: str = ""
    """Part of the portal's words."""
    since: datetime | None = None
    until: datetime | None = None
    """When it became a dead letter: not before `since`, before `until`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """One delivery that waits for a person."""

    id: int
    portal: str
    key: str
    revision: int
    action: str
    event_id: str
    attempts: int
    first_try_at: datetime | None
    died_at: datetime
    status: int
    """The portal's last answer: HTTP status, 0 where there was none."""
    reason: str
    """The portal's own words, cut to 500 characters."""
    overtaken: bool
    """Whether the portal has accepted a newer revision since: sent now, it would be out of order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """Dead letters of one portal with the same words."""

    portal: str
    status: int
    reason: str
    count: int
    oldest: datetime
    newest: datetime
    """When the first and the last of them became one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What came of sending again."""

    sent_again: int
    overtaken: int
    """Settled without sending, as the portal has a newer revision."""


def dead_letters(engine: Engine, selection: Selection) -> tuple[DeadLetter, ...]:
    """Return the dead letters of `selection`, the oldest first. Raises `UnavailableError`."""
    with reading(engine) as connection:
        return _selected(connection, selection)


def heaps(letters: Iterable[DeadLetter]) -> tuple[Heap, ...]:
    """Return dead letters by portal and reason, the largest heap first."""
    found: dict[tuple[str, int, str], list[datetime]] = {}
    for one in letters:
        found.setdefault((one.portal, one.status, one.reason), []).append(one.died_at)
    made = [
        Heap(portal=portal, status=status, reason=reason, count=len(died), oldest=min(died), newest=max(died))
        for (portal, status, reason), died in found.items()
    ]
    return tuple(sorted(made, key=lambda heap: (-heap.count, heap.portal, heap.reason)))


def replay(
    engine: Engine, selection: Selection, *, by: str, now: datetime, rate: float | None = None
) -> Replayed:
    """Send the dead letters of `selection` again, at most `rate` a second, with their own idempotency keys.

    The days of retrying begin anew. What the portal has a newer revision of is settled as superseded instead.
    Everything stands on the audit trail, with who asked. Raises `UnavailableError`.
    """
    with writing(engine, chained=True) as connection:
        letters = _selected(connection, selection, lock=True)
        again = [letter for letter in letters if not letter.overtaken]
        overtaken = [letter for letter in letters if letter.overtaken]
        step = timedelta(seconds=1 / rate) if rate else timedelta()
        _wait(connection, again, now, step)
        _supersede(connection, overtaken, now)
        audit.append(
            connection,
            [
                Note(entry=entry, event_id=one.event_id, portal=one.portal, by=by, at=now)
                for entry, some in ((Entry.REPLAYED, again), (Entry.OVERTAKEN, overtaken))
                for one in some
            ],
        )
    return Replayed(sent_again=len(again), overtaken=len(overtaken))


def _selected(connection: Connection, selection: Selection, *, lock: bool = False) -> tuple[DeadLetter, ...]:
    newer = delivery.alias()
    overtaken = (
        select(func.count())
        .where(
            newer.c.decision_key == delivery.c.decision_key,
            newer.c.portal == delivery.c.portal,
            newer.c.revision > delivery.c.revision,
            newer.c.state == State.ACCEPTED,
        )
        .scalar_subquery()
    )
    query = (
        select(
            *(delivery.c[name] for name in ("id", "portal", "revision", "action", "event_id", "attempts")),
            *(delivery.c[name] for name in ("first_try_at", "status", "reason")),
            delivery.c.decision_key.label("key"),
            delivery.c.settled_at.label("died_at"),
            overtaken.label("newer"),
        )
        .where(*_narrowing(selection))
        .order_by(delivery.c.settled_at, delivery.c.id)
    )
    rows = connection.execute(query.with_for_update(of=delivery) if lock else query).mappings()
    return tuple(
        DeadLetter(**{k: v for k, v in row.items() if k != "newer"}, overtaken=row["newer"] > 0)
        for row in rows
    )


def _narrowing(selection: Selection) -> list[ColumnElement[bool]]:
    # written out, for the partial index
    found: list[ColumnElement[bool]] = [delivery.c.state == literal(State.DEAD, literal_execute=True)]
    if selection.name:
        known = select(decision.c.identity).where(decision.c.document_number == selection.name)
        found.append(
            or_(
                delivery.c.decision_key == selection.name,
                delivery.c.event_id == selection.name,
                delivery.c.decision_key.in_(known),
            )
        )
    if selection.portal:
        found.append(delivery.c.portal == selection.portal)
    if selection.reason:
        found.append(delivery.c.reason.contains(selection.reason, autoescape=True))
    if selection.since:
        found.append(delivery.c.settled_at >= selection.since)
    if selection.until:
        found.append(delivery.c.settled_at < selection.until)
    return found


def _wait(connection: Connection, letters: Sequence[DeadLetter], now: datetime, step: timedelta) -> None:
    if letters:
        connection.execute(
            update(delivery)
            .where(delivery.c.id == bindparam("letter"))
            .values(
                state=State.WAITING,
                next_try_at=bindparam("moment"),
                first_try_at=None,
                settled_at=None,
                lease="",
            ),
            [{"letter": one.id, "moment": now + step * place} for place, one in enumerate(letters)],
        )


def _supersede(connection: Connection, letters: Sequence[DeadLetter], now: datetime) -> None:
    if letters:
        connection.execute(
            update(delivery)
            .where(delivery.c.id == bindparam("letter"))
            .values(state=State.SUPERSEDED, settled_at=now),
            [{"letter": one.id} for one in letters],
        )
