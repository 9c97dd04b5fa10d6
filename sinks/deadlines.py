"""The deadlines in the ledger: whose due day is near or past, and who has been told."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, literal, select, update

from sinks.codecs import AlertCodec
from sinks.due_counts import DueCount, due_counts
from sinks.ledger import audit
from sinks.ledger.alerts import alert
from sinks.ledger.audit import Entry, Note
from sinks.ledger.database import reading, writing
from sinks.ledger.tables import decision, outgoing
from sinks.ledger.upsert import chunks, insert_into
from sinks.notices import queue as notices
from streams.domain.alerting import Reach, Step, step_at, step_of
from streams.domain.events import Alert, AlertKind
from streams.domain.stages import DecisionKey, EventId, PortalId
from streams.topics import ALERT

WRITTEN_ZERO = literal(0, literal_execute=True)
"""Written out, as a prepared statement with a parameter could not use the partial index."""
AT_ONCE = 2_000
"""Decisions whose alerts make one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom an alert is for, as the catalogue has it; empty texts where it has nothing."""

    department: str = ""
    responsible: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TickResult:
    """How many alerts one tick has raised."""

    raised_due_soon: int = 0
    raised_due_today: int = 0
    raised_overdue: int = 0
    """Of every step past the due day."""
    resolved: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is to be said of one decision."""

    row: Any
    """Of the `decision` table."""
    step: Step | None
    """None: what was said before has ended."""
    due_on: date
    """The due day that is spoken of; of an end, that which was spoken of last."""

    @property
    def kind(self) -> AlertKind:
        """What kind of alert it makes."""
        return self.step.kind if self.step else AlertKind.RESOLVED

    @property
    def alert_key(self) -> str:
        """Its name, the same whoever finds it."""
        past = f"+{self.step.days_past}" if self.step and self.step.days_past else ""
        return f"{self.kind}{past}|{self.due_on.isoformat()}|{self.row.identity}"


def nobody(_department_code: str) -> Contact:
    """Return the contact where no catalogue is at hand."""
    return Contact()


class Deadlines:
    """Raises each alert once, whatever number of agents look, in one transaction with its event.

    An alert is for one decision, kind and due day. `contact` gives department code → whom it is for.
    """

    def __init__(
        self,
        engine: Engine,
        codec: AlertCodec,
        contact: Callable[[str], Contact] = nobody,
        channels: Collection[str] = (),
    ) -> None:
        """Take the ledger; each alert is also put up for every one of `channels`, see `sinks.notices`."""
        self._channels = channels
        self._engine = engine
        self._codec = codec
        self._contact = contact

    def tick(self, now: datetime, at: Sequence[Reach]) -> TickResult:
        """Raise for every decision the furthest step that it has come to, where that was not raised yet.

        `at` is what `alerting.reaches` tells of today; the steps that an agent was away for are not made
        up for. Where a due day has moved, what was said of the old one ends, and the next tick speaks of the
        new one. `AT_ONCE` decisions make a transaction, so that a tick after a long absence needs no more
        memory than another, and whoever kills it loses no more than that. Raises `UnavailableError` while
        the ledger is away: what was raised by then stays raised.
        """
        table = decision.c
        further = [
            and_(table.open, table.alert_stage == reach.step.stage - 1, table.due_on <= reach.until)
            for reach in at
        ]
        ended = and_(~table.open, table.alert_stage > WRITTEN_ZERO)
        moved = and_(table.open, table.alert_stage < 0)
        raised: Counter[AlertKind] = Counter()
        with reading(self._engine) as connection:  # nearly always: nothing, and no lock to be waited for
            waiting = [which for which in (*further, ended, moved) if _any(connection, which)]
        for which in waiting:
            while self._some(which, at, now, raised) == AT_ONCE:
                pass
        return TickResult(
            raised_due_soon=raised[AlertKind.DUE_SOON],
            raised_due_today=raised[AlertKind.DUE_TODAY],
            raised_overdue=raised[AlertKind.OVERDUE],
            resolved=raised[AlertKind.RESOLVED],
        )

    def counts(self, today: date, until: date) -> tuple[DueCount, ...]:
        """Return what is open past its due day, and due up to `until`."""
        return due_counts(self._engine, today, until)

    def _some(
        self, which: ColumnElement[bool], at: Sequence[Reach], now: datetime, raised: Counter[AlertKind]
    ) -> int:
        """Raise what the first `AT_ONCE` decisions have come to, and count it; return how many there were."""
        with writing(self._engine, chained=True) as connection:
            rows = _rows(connection, which, AT_ONCE)
            new = self._raise(connection, _found(connection, rows, at), now)
        raised.update(new)
        return len(rows)

    def _raise(self, connection: Connection, found: Sequence[Found], now: datetime) -> Counter[AlertKind]:
        """Raise what was found, and return how many alerts were new, by kind."""
        if not found:
            return Counter()
        alerts = {one.alert_key: self._alert(one, now) for one in found}
        rows = [_row(key, raised) for key, raised in alerts.items()]
        insert = insert_into(connection, alert).on_conflict_do_nothing().returning(alert.c.alert_key)
        new = [alerts[row.alert_key] for row in connection.execute(insert, rows)]
        reached: dict[int, list[str]] = {}
        for one in found:
            reached.setdefault(one.step.stage if one.step else 0, []).append(one.row.identity)
        for stage, identities in reached.items():
            for some in chunks(identities):
                connection.execute(
                    update(decision).where(decision.c.identity.in_(some)).values(alert_stage=stage)
                )
        self._tell(connection, new)
        events = {one.row.identity: one.row.event_id for one in found}
        notes = [Note(entry=Entry(raised.kind), event_id=events[raised.key], at=now) for raised in new]
        audit.append(connection, notes)
        return Counter(raised.kind for raised in new)

    def _alert(self, found: Found, now: datetime) -> Alert:
        row, contact = found.row, self._contact(found.row.department_code)
        said = found.step or step_at(abs(row.alert_stage))
        return Alert(
            event_id=EventId(str(uuid5(NAMESPACE_URL, f"alert:{found.alert_key}"))),
            key=DecisionKey(row.identity),
            kind=found.kind,
            department=row.department or contact.department,
            department_code=row.department_code,
            responsible=contact.responsible,
            decided_on=row.decided_on,
            due_on=found.due_on,
            portals=tuple(PortalId(portal) for portal in row.open_portals.split()),
            raised_at=now,
            days_past=said.days_past,
            addressee=said.addressee,
        )

    def _tell(self, connection: Connection, alerts: Sequence[Alert]) -> None:
        encoded = [(raised, self._codec.encode_alert(raised)) for raised in alerts]
        rows = [
            {
                "topic": ALERT.name,
                "key": raised.key,
                "event_id": raised.event_id,
                "payload": payload,
                "created_at": raised.raised_at,
            }
            for raised, payload in encoded
        ]
        if rows:
            connection.execute(insert_into(connection, outgoing).on_conflict_do_nothing(), rows)
        notices.put(connection, self._channels, encoded)


def _any(connection: Connection, which: ColumnElement[bool]) -> bool:
    return connection.execute(_ordered(select(decision.c.identity), which).limit(1)).first() is not None


def _rows(connection: Connection, which: ColumnElement[bool], most: int) -> Sequence[Any]:
    return connection.execute(_ordered(select(decision), which).limit(most)).all()


def _ordered(asked: Select[Any], which: ColumnElement[bool]) -> Select[Any]:
    # in the index's order: for any rows PostgreSQL may else read the whole table, hoping to meet some soon
    return asked.where(which).order_by(decision.c.alert_stage, decision.c.due_on)


def _found(connection: Connection, rows: Sequence[Any], at: Sequence[Reach]) -> list[Found]:
    """Return what is to be said of decisions; what ends is what was said last, of whichever due day."""
    void = [row.identity for row in rows if not row.open or row.alert_stage < 0]
    said: dict[str, date] = {}
    for some in chunks(void):
        last = select(alert.c.identity, alert.c.due_on).where(
            alert.c.identity.in_(some), alert.c.kind != AlertKind.RESOLVED
        )
        said.update(
            (identity, due_on) for identity, due_on in connection.execute(last.order_by(alert.c.raised_at))
        )
    ends = frozenset(void)
    return [
        Found(row=row, step=None, due_on=said.get(row.identity, row.due_on))
        if row.identity in ends
        else Found(row=row, step=step_of(row.due_on, at), due_on=row.due_on)
        for row in rows
    ]


def _row(alert_key: str, raised: Alert) -> dict[str, object]:
    return {
        "alert_key": alert_key,
        "event_id": raised.event_id,
        "identity": raised.key,
        "kind": raised.kind,
        "due_on": raised.due_on,
        "days_past": raised.days_past if raised.kind is AlertKind.OVERDUE else 0,
        "department_code": raised.department_code,
        "raised_at": raised.raised_at,
    }
